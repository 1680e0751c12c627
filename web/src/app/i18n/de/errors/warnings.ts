/** What is told of a file that was read. */

import type { WarningTexts } from "../../error-texts.js";

const COMPARE = "Vergleiche, worauf es ankommt, mit dem Original.";
const MISTAKES = "Rechne mit Fehlern. Ein schärferes, gerades Bild hilft.";

export const warnings: WarningTexts = {
  "hard-to-read/pages": `Der Text von S. {{pages}} war im Bild schwer zu erkennen: ${MISTAKES}`,
  "hard-to-read/text": `Dieser Text war im Bild schwer zu erkennen: ${MISTAKES}`,
  "no-body": "Die E-Mail selbst hat keinen Text.",
  "page-damaged": "Beschädigt und nicht gelesen: S. {{pages}}.",
  "page-unread": "Bilder ohne Textebene, nicht gelesen: S. {{pages}}.",
  "page-without-text": "Kein Text gefunden auf S. {{pages}}.",
  "recognised/pages": `Der Text von S. {{pages}} wurde in einem Bild erkannt: ${COMPARE}`,
  "recognised/text": `Dieser Text wurde in einem Bild erkannt: ${COMPARE}`,
};
