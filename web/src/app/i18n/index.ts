/**
 * The texts of the page, by i18next: `t("review.accept")`, `t("work.found", { count: 3 })`.
 *
 * - A key is a namespace and a name. Both and the values a text needs are types: what is missing does not compile.
 * - `t` reads the language's signal, so a view that was rendered with it is rendered again when the language changes.
 * - Numbers among the values are written as the language writes them; pass a string where that is not meant.
 * - English is part of the page, and stands in for what another language lacks; other languages are loaded when chosen.
 */

import { computed, signal } from "@preact/signals";
import { createInstance, type FormatterModule } from "i18next";
import { keep, type KeyValueStore } from "../state/storage.js";
import type { ErrorValues } from "../../shared/errors.js";
import * as en from "./en/index.js";
import type { ErrorTexts } from "./error-texts.js";
import type { Language, TextKey, Texts, ValuesOf } from "./texts.js";

export type { Language, TextKey } from "./texts.js";

const ERRORS = "errors";
const LANGUAGE_KEY = "excerpt.language";

/** The languages there are, each by its own name. */
export const LANGUAGES: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

interface Loaders extends Readonly<Record<Exclude<Language, "en">, () => Promise<Texts & { readonly [ERRORS]: ErrorTexts }>>> {
  readonly en: () => Promise<Texts>;
}

const LOADERS: Loaders = {
  en: () => Promise.resolve(en),
  de: () => import("./de/index.js"),
};

const current = signal<Language>("en");
/** What the reader's browser asks for, the most wanted first. */
const wanted = signal<readonly string[]>([]);

/** The language on the page. */
export const language = computed(() => current.value);

/** For `Intl`: the reader's own kind of the page's language, `en-GB` say, where the browser names one. */
export const locale = computed(() => wanted.value.find((tag) => languageOf(tag) === current.value) ?? current.value);

/** Numbers in the manner of the language, and days where the text asks for it: `{{issued, day}}`; everything else as it is. */
const figures: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, form?: string) => {
    if (form === "day") return day(String(value));
    return typeof value === "number" ? new Intl.NumberFormat(locale.peek()).format(value) : String(value);
  },
};

/** A day such as 2026-11-22, as the language writes it. */
function day(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? iso : new Intl.DateTimeFormat(locale.peek(), { dateStyle: "medium", timeZone: "UTC" }).format(time);
}

const i18n = createInstance();
void i18n.use(figures).init({
  lng: "en",
  fallbackLng: "en",
  ns: Object.keys(en),
  nsSeparator: ".",
  keySeparator: false,
  initAsync: false,
  resources: { en: { ...en } },
  // Texts become text nodes and attributes, never HTML, so nothing is escaped.
  interpolation: { escapeValue: false, alwaysFormat: true },
});

/** The text of a key in the page's language. */
export function t<K extends TextKey>(key: K, ...values: ValuesOf<K>): string {
  return i18n.t(key, { lng: current.value, ...values[0] });
}

/** The English text of a key, for what is kept or crosses to where there is no page. */
export function tEnglish<K extends TextKey>(key: K, ...values: ValuesOf<K>): string {
  return i18n.t(key, { lng: "en", ...values[0] });
}

/** A text of errors; null where the language lacks it, or a value that it names is missing. */
export function tErrors(key: string, values: ErrorValues): string | null {
  const lng = current.value;
  const text: unknown = i18n.getResource(lng, ERRORS, key);
  if (typeof text !== "string") return null;
  const names = Array.from(text.matchAll(/\{\{(\w+)/gu), ([, name = ""]) => name);
  // The values may come from a file: they are no options of the library.
  return names.every((name) => Object.hasOwn(values, name)) ? i18n.t(key, { lng, ns: ERRORS, nsSeparator: false, replace: values }) : null;
}

/** Shows the page in another language, from now on and on the next visit. */
export async function chooseLanguage(chosen: Language, store: KeyValueStore): Promise<void> {
  keep(store, LANGUAGE_KEY, chosen);
  await show(chosen);
}

/** Begins with the language chosen on this device, else with the browser's, else with English. */
export async function startLanguage(store: KeyValueStore, browser: readonly string[]): Promise<void> {
  wanted.value = browser;
  const tags = [store.getItem(LANGUAGE_KEY) ?? "", ...browser];
  await show(tags.map(languageOf).find((found) => found !== null) ?? "en");
}

async function show(chosen: Language): Promise<void> {
  const texts = await LOADERS[chosen]().catch(() => null);
  if (texts === null) return; // Off line and not kept: the page stays in the language it is in.
  for (const [namespace, named] of Object.entries(texts)) i18n.addResourceBundle(chosen, namespace, named);
  current.value = chosen;
  if (typeof document !== "undefined") document.documentElement.lang = chosen;
}

function languageOf(tag: string): Language | null {
  const name = tag.split("-")[0]?.toLowerCase() ?? "";
  return Object.hasOwn(LANGUAGES, name) ? (name as Language) : null;
}
