import { afterEach, describe, expect, it } from "vitest";
import * as german from "../../../web/src/app/i18n/de/index.js";
import * as english from "../../../web/src/app/i18n/en/index.js";
import { chooseLanguage, language, locale, startLanguage, t } from "../../../web/src/app/i18n/index.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const namesIn = (text: string): string[] => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? "").sort();

afterEach(() => startLanguage(memoryStore(), []));

describe("texts", () => {
  it.each(Object.entries(english as Texts))("of %s have the same names and values in both languages", (namespace, texts) => {
    const translated = (german as Texts)[namespace] ?? {};
    expect(Object.keys(translated).sort()).toEqual(Object.keys(texts).sort());
    for (const [name, text] of Object.entries(texts)) expect([name, namesIn(translated[name] ?? "")]).toEqual([name, namesIn(text)]);
  });

  it.each(Object.entries(english as Texts))("of %s are all said", (namespace) => {
    for (const texts of [english, german] as Texts[]) {
      for (const text of Object.values(texts[namespace] ?? {})) expect(text.trim()).not.toBe("");
    }
  });
});

describe("the language", () => {
  it("is the browser's where there is one for it", async () => {
    await startLanguage(memoryStore(), ["fr-FR", "de-AT", "en-GB"]);
    expect(language.value).toBe("de");
    expect(locale.value).toBe("de-AT");
    expect(t("shell.reload")).toBe("Neu laden");
  });

  it("is English where none of the browser's is known", async () => {
    await startLanguage(memoryStore(), ["fr-FR", "constructor"]);
    expect(t("shell.reload")).toBe("Reload");
    expect(locale.value).toBe("en");
  });

  it("is the one chosen on this device before all", async () => {
    const store = memoryStore();
    await startLanguage(store, ["en-GB"]);
    await chooseLanguage("de", store);
    expect(t("shell.reload")).toBe("Neu laden");
    await startLanguage(store, ["en-GB"]);
    expect(language.value).toBe("de");
  });
});
