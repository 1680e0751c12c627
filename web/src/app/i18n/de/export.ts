import type { exporting as english } from "../en/export.js";
import type { Translation } from "../texts.js";

export const exporting: Translation<typeof english> = {
  title: "Export",
  what_one: "{{count}} Ergebnis",
  what_other: "{{count}} Ergebnisse",
  format: "Format",
  xlsx: "Excel (XLSX)",
  csv: "CSV",
  json: "JSON",
  jsonl: "JSON Lines",
  withEvidence: "mit Fundstellen",
  withConfidence: "mit Sicherheit",
  download: "Herunterladen",
  copyTable: "Als Tabelle kopieren",
  copyJson: "JSON kopieren",
  copyLines: "JSON Lines kopieren",
  tableCopied: "Kopiert. In eine Tabellenkalkulation einfügen.",
  copied: "Kopiert.",
  notCopied: "Der Browser hat das Kopieren nicht erlaubt. Lade die Datei stattdessen herunter.",
  document: "Dokument",
  documents: "Dokumente",
  row: "Zeile",
  evidenceOf: "{{field}} (Fundstelle)",
  confidenceOf: "{{field}} (Sicherheit)",
  reviewedFields: "Geprüfte Felder",
};
