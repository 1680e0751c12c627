/** Errors of files, of texts and of the model while it reads. */

import type { EngineWordings, ReaderWordings } from "../../../../shared/wordings.js";
import { textsOf } from "../../error-texts.js";

const REPORT = "Lade die Seite neu und versuche es noch einmal. Passiert es wieder, melde bitte den Code.";
const SHORTEN = "Kürze ihn auf den Teil, auf den es ankommt. Es wurde nichts verändert.";
const FREE_MEMORY = "Schließe andere Tabs, um Speicher frei zu machen, und lade dann die Seite neu.";
const STAYS = "Was vorher hier war, bleibt.";
const SPLIT_FILE = `Teile sie, und nimm den Teil, auf den es ankommt. ${STAYS}`;
const OTHER_FILE = "Wähle eine andere Datei, oder füge den Text ein.";
const OR_EMPTY = "Erlaube, dass das Feld leer bleibt (Typ mit „null“)";

export const engine = textsOf<EngineWordings>()({
  "binary-text": {
    message: "Das ist kein Text: Es enthält Nullbytes.",
    advice: "Wähle eine reine Textdatei, oder kopiere den Text aus seinem Programm.",
  },
  cancelled: { message: "Angehalten.", advice: "Drücke „Auslesen“, um neu zu beginnen." },
  "empty-text/nothing": { message: "Es ist kein Text zum Lesen da.", advice: "Füge zuerst einen Text ein, oder lege einen ab." },
  "engine-stopped": {
    message: "Das Modell hat aufgehört, bevor es fertig war.",
    advice: "Versuche es noch einmal: Es startet von selbst neu. Hört es wieder auf, schließe andere Tabs, um Speicher frei zu machen.",
  },
  "forward-failed": { message: "Das Modell ist beim Lesen stehen geblieben ({{reason}}).", advice: FREE_MEMORY },
  "missing-output": {
    message: "Das Modell gab unter „{{output}}“ keine Zahlen zurück.",
    advice: "Das Modell muss neu gebaut werden (`excerpt build`).",
  },
  "not-loaded": { message: "Das Modell ist noch nicht geladen.", advice: "Lade zuerst das Modell." },
  "nothing-to-answer/document": {
    message: "Was im Dokument steht, ergibt nicht, was das Schema verlangt.",
    advice: "Erlaube leere Felder (Typ mit „null“), oder prüfe, ob es das richtige Dokument ist.",
  },
  "nothing-to-answer/field": {
    message: "Im Dokument steht nichts, was in „{{field}}“ passt, und das Schema lässt es nicht leer.",
    advice: `${OR_EMPTY}, oder prüfe, ob es das richtige Dokument ist.`,
  },
  "nothing-to-answer/too-few": {
    message: "Im Dokument steht zu wenig, was in „{{field}}“ passt, und das Schema lässt es nicht leer.",
    advice: `${OR_EMPTY}, verlange weniger Einträge, oder prüfe, ob es das richtige Dokument ist.`,
  },
  "session-failed": { message: "Das Modell ließ sich in diesem Browser nicht starten ({{reason}}).", advice: FREE_MEMORY },
  "text-too-long/at-most": { message: "Der Text hat {{length}} Zeichen; höchstens {{most}} werden genommen.", advice: SHORTEN },
  "text-too-long/tokens": { message: "Der Text hat mehr als die {{most}} Tokens, die dieses Modell auf einmal liest.", advice: SHORTEN },
  "tokenizer-broken": {
    message: "Der Tokenizer des Modells lässt sich nicht lesen.",
    advice: "Bitte die, die diese Seite betreiben, das Modell neu zu bauen.",
  },
  unexpected: { message: "Etwas ist gescheitert, das nicht scheitern sollte ({{name}}).", advice: REPORT },
  "ungrounded/item": { message: "Eine Liste enthält einen Eintrag, den ihre Maske nicht hätte durchlassen dürfen.", advice: REPORT },
  "ungrounded/value": { message: "Es wurde ein Wert geschrieben, der nicht im Dokument steht.", advice: REPORT },
  "wrong-answer": {
    message: "Auf diesem Gerät hat das Modell {{wrong}} von {{of}} Fragen mit bekannter Antwort falsch beantwortet.",
    advice: "Aktualisiere den Browser und den Treiber des Grafikprozessors, oder lass den Prozessor die Arbeit tun.",
  },
});

export const readers = textsOf<ReaderWordings>()({
  "damaged-file": {
    message: "„{{name}}“ lässt sich nicht als {{format}} lesen: Die Datei ist beschädigt oder unvollständig.",
    advice: "Hole sie noch einmal von dort, woher sie kam, oder öffne sie anderswo, kopiere ihren Text und füge ihn hier ein.",
  },
  "empty-text/file": { message: "In „{{name}}“ steht kein Text.", advice: OTHER_FILE },
  "empty-text/page": {
    message: "„{{name}}“ hat keine Textebene, und auf der Seite ließ sich kein Text erkennen.",
    advice: `${OTHER_FILE} ${STAYS}`,
  },
  "empty-text/pages": {
    message: "„{{name}}“ hat keine Textebene, und auf keiner der {{pages}} Seiten ließ sich Text erkennen.",
    advice: `${OTHER_FILE} ${STAYS}`,
  },
  "file-too-large": {
    message: "„{{name}}“ hat {{size}} Byte; von dieser Art Datei werden höchstens {{most}} genommen.",
    advice: SPLIT_FILE,
  },
  "not-text": { message: "„{{name}}“ ist {{what}}.", advice: `{{mend}} ${STAYS}` },
  "password-needed": {
    message: "„{{name}}“ ist mit einem Passwort geschützt.",
    advice: "Gib es ein, um die Datei zu öffnen. Es bleibt auf diesem Gerät.",
  },
  "reader-stopped/file": {
    message: "Das Lesen von „{{name}}“ brach ab, bevor es fertig war.",
    advice: "Versuche es noch einmal. Bricht es wieder ab, schließe andere Tabs, um Speicher frei zu machen, oder mach die Datei kleiner.",
  },
  "reader-stopped/picture": {
    message: "Das Erkennen der Schrift in einem Bild brach ab, bevor es fertig war.",
    advice: "Versuche es noch einmal. Bricht es wieder ab, schließe andere Tabs, um Speicher frei zu machen, oder mach das Bild kleiner.",
  },
  "recogniser-missing": {
    message: "Was die Schrift in Bildern erkennt, ließ sich nicht laden.",
    advice: "Verbinde dich einmal mit dem Netz und versuche es noch einmal; danach bleibt es auf diesem Gerät.",
  },
  "text-too-long/pages": {
    message: "„{{name}}“ hat auf den ersten {{page}} von {{of}} Seiten schon mehr Text als die {{most}} Zeichen, die auf einmal genommen werden.",
    advice: SPLIT_FILE,
  },
  "text-too-long/piece": {
    message: "Dieser Text hat {{length}} Zeichen; auf einmal werden höchstens {{most}} genommen.",
    advice: `Teile ihn, und nimm den Teil, auf den es ankommt. ${STAYS}`,
  },
  "wrong-password": {
    message: "Das ist nicht das Passwort von „{{name}}“.",
    advice: "Prüfe Großbuchstaben und die Sprache der Tastatur, und versuche es noch einmal.",
  },
});
