/** From words to a value of the kind that a field takes: words of the document, or those that a person types. */

import { findDates, writesMonthsFirst } from "../../normalize/date.js";
import { asShare, findNumbers, writesDecimalCommas } from "../../normalize/number.js";
import { findMoments, findTimes } from "../../normalize/time.js";
import type { JsonValue } from "../../shared/schema.js";
import type { Form } from "./form.js";
import { plainText } from "./plain-text.js";

/** Typed figures have no words around them, but a currency's sign or code. */
const FIGURES = /^[\p{Sc}\s%().,'’−+-]*(?:[A-Z]{3}\s?)?[\p{Sc}\p{Nd}\s%().,'’−+-]+(?:\s?[A-Z]{3})?$/u;

/** The value, or what the words should have been. */
export type Typed = { readonly value: JsonValue } | { readonly wanted: Form["kind"] };

/** @param document the whole text: how it writes numbers and days decides what its words mean */
export function readWords(words: string, form: Form, document: string): Typed {
  const value = valueOf(words, form, document);
  return value === undefined ? { wanted: form.kind } : { value };
}

/** What a person types may also be a value as it is written in JSON. */
export function readTyped(typed: string, form: Form, document: string): Typed {
  const plain = typed.trim();
  if (form.kind !== "number" && form.kind !== "integer") return readWords(typed, form, document);
  if (form.kind === "number" && /^-?\d+(?:\.\d+)?$/.test(plain)) return { value: Number(plain) };
  return FIGURES.test(plain) ? readWords(typed, form, document) : { wanted: form.kind };
}

function valueOf(words: string, form: Form, document: string): JsonValue | undefined {
  switch (form.kind) {
    case "text": return words.trim() === "" ? undefined : words.trim();
    case "number": return numberOf(words, document, form.share);
    case "integer": return wholeOf(words, document);
    case "date": return only(findDates(words, writesMonthsFirst(document)));
    case "time": return only(findTimes(words));
    case "date-time": return only(findMoments(words, findDates(words, writesMonthsFirst(document))));
    case "boolean": return truthOf(words);
    case "choice": return optionOf(words, form.options);
    case "any": return /^[-−+]?[\d.,]+$/u.test(words.trim()) ? numberOf(words, document, false) : valueOf(words, { kind: "text" }, document);
  }
}

function numberOf(words: string, document: string, share: boolean): number | undefined {
  const found = findNumbers(words, writesDecimalCommas(document));
  return longest(share ? found.map((place) => (place.percent === null ? place : asShare(place, place.percent))) : found);
}

function wholeOf(words: string, document: string): number | undefined {
  const number = numberOf(words, document, false);
  return Number.isInteger(number) ? number : undefined;
}

/** Yes and no in the languages of common forms, and crosses in boxes. */
function truthOf(words: string): boolean | undefined {
  const plain = words.trim().toLowerCase();
  if (/^(?:yes|y|true|ja|oui|sí|si|sì|sim|x|☒|☑|✓|✔|1)$/u.test(plain)) return true;
  return /^(?:no|n|false|nein|non|não|nee|☐|0)$/u.test(plain) ? false : undefined;
}

/** The option that the words name, else the only one that stands among them. */
function optionOf(words: string, options: readonly JsonValue[]): JsonValue | undefined {
  const plain = folded(words);
  const named = options.find((option) => folded(plainText(option)) === plain);
  if (named !== undefined) return named;
  const [only, other] = options.filter((option) => ` ${plain} `.includes(` ${folded(plainText(option))} `));
  return other === undefined ? only : undefined;
}

function folded(words: string): string {
  return words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

interface Place<T> {
  readonly span: { readonly start: number; readonly end: number };
  readonly value: T;
}

/** The value, if there is one alone. */
function only<T>(places: readonly Place<T>[]): T | undefined {
  const values = new Set(places.map(({ value }) => value));
  return values.size === 1 ? places[0]?.value : undefined;
}

/** The value of the longest reading, if no other number stands beside it. */
function longest(places: readonly Place<number>[]): number | undefined {
  const [whole, ...rest] = [...places].sort((a, b) => size(b) - size(a));
  if (whole === undefined) return undefined;
  const within = rest.every(({ span }) => span.start >= whole.span.start && span.end <= whole.span.end);
  return within ? whole.value : undefined;
}

function size({ span }: Place<number>): number {
  return span.end - span.start;
}
