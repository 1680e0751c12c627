/** What went over the network. */
export const trust = {
  title: "Network",
  empty: "0 bytes of documents sent",
} as const;
