/** The models page and the model's panel. */
export const models = {
  title: "Models",
  empty: "The models that this site offers, and how well each fits this device, are listed here.",
} as const;
