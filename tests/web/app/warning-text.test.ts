import { afterEach, describe, expect, it } from "vitest";
import { warningText } from "../../../web/src/app/i18n/errors.js";
import { chooseLanguage, startLanguage } from "../../../web/src/app/i18n/index.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { damagedPages, recognised, unread, withoutBody, withoutText } from "../../../web/src/readers/warnings.js";
import type { Warning } from "../../../web/src/shared/document.js";
import { DeviceError, ExcerptError } from "../../../web/src/shared/errors.js";

afterEach(() => startLanguage(memoryStore(), []));

const STOPPED = new DeviceError("reader-stopped/picture", "It stopped.", "Try again.");

const EACH: readonly (readonly [Warning, string])[] = [
  [recognised(null, 0.9), "Dieser Text wurde in einem Bild erkannt: Vergleiche, worauf es ankommt, mit dem Original."],
  [recognised([1, 3, 4, 5], 0.9), "Der Text von S. 1, 3–5 wurde in einem Bild erkannt: Vergleiche, worauf es ankommt, mit dem Original."],
  [recognised(null, 0.59), "Dieser Text war im Bild schwer zu erkennen: Rechne mit Fehlern. Ein schärferes, gerades Bild hilft."],
  [recognised([2], 0.59), "Der Text von S. 2 war im Bild schwer zu erkennen: Rechne mit Fehlern. Ein schärferes, gerades Bild hilft."],
  [withoutText([7]), "Kein Text gefunden auf S. 7."],
  [damagedPages([7, 9]), "Beschädigt und nicht gelesen: S. 7, 9."],
  [withoutBody(), "Die E-Mail selbst hat keinen Text."],
];

describe("a warning about a file", () => {
  it.each(EACH)("is told in English as the reader told it: %j", (warning) => {
    expect(warningText(structuredClone(warning))).toEqual({ message: warning.message, lang: "en" });
  });

  it.each(EACH)("is German on the German page: %j", async (warning, message) => {
    await chooseLanguage("de", memoryStore());
    expect(warningText(structuredClone(warning))).toEqual({ message, lang: "de" });
  });

  it("says why a page was passed over, in German too", async () => {
    const warning = unread([3], STOPPED);
    expect(warning).toMatchObject({ code: "reader-stopped", message: "Pictures without a text layer, and not read: page 3. It stopped. Try again." });
    await chooseLanguage("de", memoryStore());
    const { message, lang } = warningText(structuredClone(warning));
    expect(lang).toBe("de");
    expect(message).toMatch(/^Bilder ohne Textebene, nicht gelesen: S\. 3\. \S.+\S$/u);
    expect(message).not.toContain("It stopped.");
  });

  it("is wholly English where the language lacks the reason, the wording or a value", async () => {
    await chooseLanguage("de", memoryStore());
    const foreign = new ExcerptError({ kind: "device", code: "new", message: "New.", advice: "Wait." });
    const { message } = unread([3], foreign);
    expect(warningText(unread([3], foreign))).toEqual({ message, lang: "en" });
    for (const other of [{ code: "recognised", message: "Old." }, { code: "x", message: "Old.", wording: "x" }, { ...withoutText([1]), message: "Old.", values: {} }]) {
      expect(warningText(other)).toEqual({ message: "Old.", lang: "en" });
    }
  });
});
