/** The table of documents and fields. */
export const batch = {
  title: "Batch",
  empty: "Drop many files at once, and they are read one after the other into one table: a row for each document, a column for each field.",
} as const;
