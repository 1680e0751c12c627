import type { batch as english } from "../en/batch.js";
import type { Translation } from "../texts.js";

export const batch: Translation<typeof english> = {
  title: "Stapel",
  empty: "Lege viele Dateien auf einmal ab: Sie werden nacheinander in eine Tabelle gelesen, eine Zeile für jedes Dokument, eine Spalte für jedes Feld.",
};
