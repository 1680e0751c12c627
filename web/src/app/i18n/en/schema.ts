/** What is looked for: fields and schemas. */
export const schema = {
  title: "What to look for",
  empty: "No field yet. Add one, and say in a few words what it is.",
} as const;
