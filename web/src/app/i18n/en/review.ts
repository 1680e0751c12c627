/** What was found, and what the person makes of it. */
export const review = {
  title: "What was found",
  empty: "Values appear here, each with its place in the document.",
} as const;
