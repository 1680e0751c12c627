import type { shell as english } from "../en/shell.js";
import type { Translation } from "../texts.js";

export const shell: Translation<typeof english> = {
  name: "Excerpt",
  promise: "Nichts, was du eingibst, verlässt dieses Gerät.",
  offline: "Offline",
  offlineReady: "Offline. Alles geht.",
  skip: "Zum Inhalt springen",
  screens: "Bereiche",
  work: "Dokument",
  batch: "Stapel",
  history: "Verlauf",
  models: "Modelle",
  numbers: "Zahlen",
  language: "Sprache",
  opening: "Wird geöffnet …",
  notOpened: "Dieser Teil der App konnte nicht geladen werden.",
  notOpenedAdvice: "Prüfe, ob du verbunden bist, und versuche es noch einmal.",
  tryAgain: "Noch einmal versuchen",
  updateReady: "Eine neue Version ist bereit. Lade neu, wann du willst.",
  updateWaits: "Ein anderer Tab arbeitet noch; die neue Version wartet auf ihn.",
  reload: "Neu laden",
  drop: "Zum Öffnen loslassen",
};
