/** What is told of a file that was read, and of the model. `reason` and `advice` are those of the error behind it. */

import type { NoticeTexts } from "../../error-texts.js";

const COMPARE = "Vergleiche, worauf es ankommt, mit dem Original.";
const MISTAKES = "Rechne mit Fehlern. Ein schärferes, gerades Bild hilft.";
const FETCHED_AGAIN = "beim nächsten Besuch wird es noch einmal geladen";
const STOPPED = "Das Modell blieb vor kurzem mitten in der Arbeit stehen";
const SLOWER = "Das Modell läuft auf einem einzigen Thread und ist darum langsamer, als es sein könnte";

export const notices: NoticeTexts = {
  "gpu-not-used": "Der Grafikprozessor wurde nicht benutzt: {{reason}}",
  "hard-to-read/pages": `Der Text von S. {{pages}} war im Bild schwer zu erkennen: ${MISTAKES}`,
  "hard-to-read/text": `Dieser Text war im Bild schwer zu erkennen: ${MISTAKES}`,
  "no-body": "Die E-Mail selbst hat keinen Text.",
  "not-kept/browser": `Dieser Browser behält für diese Seite keine Dateien ({{reason}}; ein privates Fenster oder keine sichere Verbindung). Das Modell bleibt nicht hier: ${FETCHED_AGAIN}.`,
  "not-kept/disk": `Das Modell ließ sich auf diesem Gerät nicht speichern ({{reason}}): ${FETCHED_AGAIN}.`,
  "not-kept/room": "Das Modell braucht {{missing}} MB mehr Speicher, als dieser Browser gibt ({{fits}} von {{needed}} MB passen): ein Teil wird beim nächsten Besuch noch einmal geladen. Gib Platz frei, um das zu ändern.",
  "one-thread/host": `${SLOWER}: die Seite ist nicht von anderen getrennt (ihr Server sendet die Kopfzeilen COOP und COEP nicht).`,
  "one-thread/processor": `${SLOWER}: dieses Gerät hat nur einen Prozessor.`,
  "page-damaged": "Beschädigt und nicht gelesen: S. {{pages}}.",
  "page-unread": "Bilder ohne Textebene, nicht gelesen: S. {{pages}}. {{reason}} {{advice}}",
  "page-without-text": "Kein Text gefunden auf S. {{pages}}.",
  "recognised/pages": `Der Text von S. {{pages}} wurde in einem Bild erkannt: ${COMPARE}`,
  "recognised/text": `Dieser Text wurde in einem Bild erkannt: ${COMPARE}`,
  "stale-version": "Das Modell auf diesem Gerät war bis {{until}} unterschrieben. Es arbeitet weiter, doch ein neueres sollte längst da sein.",
  "stopped-before/memory": `${STOPPED}. Schließe andere Tabs, wenn es wieder geschieht, damit Speicher frei wird.`,
  "stopped-before/threads": `${STOPPED}: jetzt läuft es auf {{threads}} von {{all}} Threads, das braucht weniger Speicher.`,
  "version-refused": "Die andere Fassung des Modells ließ sich nicht benutzen, darum bleibt die bisherige in Gebrauch. {{reason}}",
};
