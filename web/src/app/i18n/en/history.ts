/** Earlier results on this device. */
export const history = {
  title: "History",
  empty: "What you extract is kept here, on this device alone, until you delete it.",
} as const;
