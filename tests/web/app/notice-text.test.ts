import { afterEach, describe, expect, it } from "vitest";
import { noticeText } from "../../../web/src/app/i18n/errors.js";
import { chooseLanguage, startLanguage } from "../../../web/src/app/i18n/index.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { damagedPages, recognised, unread, withoutBody, withoutText } from "../../../web/src/readers/warnings.js";
import type { Warning } from "../../../web/src/shared/document.js";
import { DeviceError, ExcerptError } from "../../../web/src/shared/errors.js";
import { notice } from "../../../web/src/shared/notice.js";

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
    expect(noticeText(structuredClone(warning))).toEqual({ message: warning.message, lang: "en" });
  });

  it.each(EACH)("is German on the German page: %j", async (warning, message) => {
    await chooseLanguage("de", memoryStore());
    expect(noticeText(structuredClone(warning))).toEqual({ message, lang: "de" });
  });

  it("says why a page was passed over, in German too", async () => {
    const warning = unread([3], STOPPED);
    expect(warning).toMatchObject({ code: "reader-stopped", message: "Pictures without a text layer, and not read: page 3. It stopped. Try again." });
    await chooseLanguage("de", memoryStore());
    const { message, lang } = noticeText(structuredClone(warning));
    expect(lang).toBe("de");
    expect(message).toMatch(/^Bilder ohne Textebene, nicht gelesen: S\. 3\. \S.+\S$/u);
    expect(message).not.toContain("It stopped.");
  });

  it("is wholly English where the language lacks the reason, the wording or a value", async () => {
    await chooseLanguage("de", memoryStore());
    const foreign = new ExcerptError({ kind: "device", code: "new", message: "New.", advice: "Wait." });
    const { message } = unread([3], foreign);
    expect(noticeText(unread([3], foreign))).toEqual({ message, lang: "en" });
    for (const other of [{ code: "recognised", message: "Old." }, { code: "x", message: "Old.", wording: "x" }, { ...withoutText([1]), message: "Old.", values: {} }]) {
      expect(noticeText(other)).toEqual({ message: "Old.", lang: "en" });
    }
  });
});

describe("a notice about the model", () => {
  it("names its values in the page's language", async () => {
    const told = notice("not-kept/room", { missing: 1.5, fits: 0.5, needed: 2 }, "It needs more.");
    expect(noticeText(told)).toEqual({ message: "It needs more.", lang: "en" });
    await chooseLanguage("de", memoryStore());
    const { message, lang } = noticeText(structuredClone(told));
    expect(lang).toBe("de");
    expect(message).toContain("1,5 MB mehr Speicher, als dieser Browser gibt (0,5 von 2 MB passen)");
  });

  it("ends with the error behind it, in the same language", async () => {
    const told = notice("gpu-not-used", {}, "The graphics processor was not used: It stopped.", STOPPED.toData());
    await chooseLanguage("de", memoryStore());
    const { message, lang } = noticeText(structuredClone(told));
    expect(lang).toBe("de");
    expect(message).toMatch(/^Der Grafikprozessor wurde nicht benutzt: \S.+\S$/u);
    expect(message).not.toContain("It stopped.");
  });
});
