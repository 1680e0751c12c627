import type { numbers as english } from "../en/numbers.js";
import type { Translation } from "../texts.js";

export const numbers: Translation<typeof english> = {
  title: "Zahlen",
  empty: "Sobald Dokumente gelesen wurden, zeigt diese Seite, wie schnell es ging, wie viel Speicher es brauchte und wie oft du einen Wert berichtigt hast.",
};
