/** Errors of the page itself. */

import type { PageWordings } from "../../../../shared/wordings.js";
import { textsOf } from "../../error-texts.js";
import { schema } from "../schema.js";

const REPORT = "Lade die Seite neu und versuche es noch einmal. Passiert es wieder, melde bitte den Code.";

export const page = textsOf<PageWordings>()({
  "document-gone": {
    message: "„{{name}}“ ist nicht mehr unter den geöffneten Dokumenten.",
    advice: "Öffne es noch einmal und lies es neu aus.",
  },
  "double-document": { message: "Zwei Dokumente haben die Kennung „{{id}}“.", advice: "Gib jedem Dokument eine eigene Kennung." },
  "empty-text/yet": {
    message: "Es ist noch kein Text da.",
    advice: "Füge einen Text ein oder tippe ihn, öffne eine Datei, oder probiere das Beispiel aus.",
  },
  "foreign-script": { message: "Ein Skript von einer fremden Adresse wurde abgelehnt ({{origin}}).", advice: REPORT },
  "history-file/line": {
    message: "Zeile {{line}} dieses Verlaufs ist falsch: {{fault}}. Es wurde nichts übernommen.",
    advice: "Exportiere den Verlauf dort noch einmal, wo er herkam.",
  },
  "history-file/no-history": {
    message: "Das ist kein Verlauf von Excerpt, oder die Datei ist beschädigt.",
    advice: "Wähle eine Datei, die aus dem Verlauf exportiert wurde.",
  },
  "history-version": {
    message: "Diese Datei wurde von einem neueren Excerpt geschrieben, in Version {{version}} des Formats, die dieses nicht kennt.",
    advice: "Lade die neueste Version dieser Seite und versuche es noch einmal.",
  },
  "no-original": { message: "Die Seiten eines Dokuments sollten gezeigt werden, dessen Datei nicht behalten ist.", advice: REPORT },
  "page-stopped": {
    message: "Die Seite hat zweimal aufgehört, während sie dieses Dokument las.",
    advice: "Vielleicht ist es zu viel für dieses Gerät. Schließe andere Tabs und versuche es noch einmal.",
  },
  "schema-incomplete/no-fields": { message: schema.problemNoFields, advice: schema.incompleteAdvice },
  "schema-incomplete/no-name": { message: schema.problemNoName, advice: schema.incompleteAdvice },
  "schema-incomplete/no-options": { message: schema.problemNoOptions, advice: schema.incompleteAdvice },
  "schema-incomplete/none": { message: schema.empty, advice: schema.incompleteAdvice },
  "schema-incomplete/same-name": { message: schema.problemSameName, advice: schema.incompleteAdvice },
  "schema-incomplete/unknown": { message: schema.incomplete, advice: schema.incompleteAdvice },
  "schema-not-json": { message: schema.notJson, advice: schema.notJsonAdvice },
  "screen-unknown": { message: "Den Bereich „{{screen}}“ gibt es nicht.", advice: "Geh zurück zum Dokument." },
});
