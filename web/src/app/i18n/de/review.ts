import type { review as english } from "../en/review.js";
import type { Translation } from "../texts.js";

export const review: Translation<typeof english> = {
  title: "Was gefunden wurde",
  empty: "Hier erscheinen die Werte, jeder mit seiner Stelle im Dokument.",
};
