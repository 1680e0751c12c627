/** The dashboard. */
export const numbers = {
  title: "Numbers",
  empty: "Once documents have been read, this page shows how fast it went, how much memory it took and how often you corrected a value.",
} as const;
