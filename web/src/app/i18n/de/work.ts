import type { work as english } from "../en/work.js";
import type { Translation } from "../texts.js";

export const work: Translation<typeof english> = {
  title: "Dokument",
  empty: "Füge hier einen Text ein oder tippe ihn, oder lege Dateien ab: PDF, Word, Excel, E-Mail, Webseiten, Fotos, Text.",
  pastedText: "Eingefügter Text",
};
