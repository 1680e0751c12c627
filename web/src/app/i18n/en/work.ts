/** The work screen: document and run. */
export const work = {
  title: "Document",
  empty: "Paste or type a text here, or drop files: PDF, Word, Excel, e-mail, web pages, photos, text.",
  pastedText: "Pasted text",
} as const;
