/**
 * Numbers as people write them, found in a text and turned into values by rule.
 *
 * Both `1,234.50` and `1.234,50` are read, thousands may also be marked by blanks or apostrophes, or in
 * twos above the first three digits (`1,23,456`). One mark followed by three digits (`1,234`) can mean
 * either; the other numbers of the document decide, and without any sign a comma marks thousands and a
 * point decimals. The digits may be those of another script.
 *
 * A minus may stand before a currency (`-$5.00`); an amount in brackets (`(5.00)`) or with a minus behind
 * it (`5.00-`) may be negative as in book-keeping, or not: both readings are given, each with its place.
 */

import type { Span } from "../shared/document.js";
import { latinDigits } from "./digits.js";

export interface NumberPlace {
  readonly span: Span;
  readonly value: number;
  /** The rule that made the value of the text. */
  readonly rule: "number" | "negative" | "percent";
  /** The number with the percent sign behind it. */
  readonly percent: Span | null;
}

const BLANK_MARKS = " \u00a0\u2009\u202f'’";
/** Digits with marks of thousands or a decimal mark between them; not in the middle of a longer run of digits. */
const NUMBER = new RegExp(
  `(?<![\\d.,])(?:(?<![\\p{L}\\d)\\]])[-−+])?(?:\\d{1,3}(?:[${BLANK_MARKS}]\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)*)`,
  "gu",
);
const BLANK_MARK = new RegExp(`[${BLANK_MARKS}]`, "u");

/** Currency signs, and the codes of ISO 4217 that are usual in documents: `-GST 5.00` is no amount below zero. */
const CODES =
  "AED|ARS|AUD|BDT|BGN|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|GHS|HKD|HUF|IDR|ILS|INR|ISK|JPY|KES|KRW|KWD|LKR|MAD|MXN|MYR|NGN|NOK|NZD|PHP|PKR|PLN|QAR|RON|RUB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|VND|ZAR";
const CURRENCY = `(?:\\p{Sc}|(?:${CODES})(?!\\p{L}))`;
const MINUS_BEFORE = new RegExp(`(?<![\\p{L}\\p{N}\\p{Sc})\\]])[-−]${CURRENCY}\\s?$`, "u");
const BRACKET_BEFORE = new RegExp(`\\((?:${CURRENCY}\\s?)?$`, "u");
const BRACKET_BEHIND = new RegExp(`^(?:\\s?${CURRENCY})?\\)`, "u");
const MINUS_BEHIND = /^[-−](?![\p{L}\p{N}])/u;
const PERCENT = /^\s?(?:[%％٪]|percent(?!\p{L})|per cent(?!\p{L})|Prozent(?!\p{L}))/u;
/** An amount of money, as far as its writing tells: with cents, or with marks of thousands. */
const AMOUNT = new RegExp(`[.,]\\d{2}$|\\d[.,${BLANK_MARKS}]\\d{3}`, "u");
/** How far around a number its signs are looked for. */
const AROUND = 12;

interface Written {
  readonly written: string;
  readonly start: number;
}

/**
 * Every number of the text; zero has no sign. `6 108.12` may be one number or two: both readings are given.
 *
 * @param commaIsDecimal what the document says about `1,234`, where the text is a part of it
 */
export function findNumbers(text: string, commaIsDecimal = writesDecimalCommas(text)): NumberPlace[] {
  const latin = latinDigits(text);
  return [...latin.matchAll(NUMBER)]
    .flatMap((match) => readings(match[0], match.index))
    .flatMap((one) => signed(latin, one, 0 + parse(one.written, commaIsDecimal)))
    .filter(({ value }) => Number.isFinite(value));
}

/** A percentage as a share: `12 %` is 0.12. */
export function asShare({ value }: NumberPlace, percent: Span): NumberPlace {
  return { span: percent, value: Number(`${String(value)}e-2`), rule: "percent", percent };
}

/** The number with the signs around it, in every reading that they allow. */
function signed(text: string, { written, start }: Written, value: number): NumberPlace[] {
  const end = start + written.length;
  const before = text.slice(Math.max(start - AROUND, 0), start);
  const behind = text.slice(end, end + AROUND);
  const percent = PERCENT.exec(behind);
  const plain: NumberPlace = { span: { start, end }, value, rule: "number", percent: percent && { start, end: end + percent[0].length } };
  if (!/^\d/u.test(written)) return [plain];
  const minus = MINUS_BEFORE.exec(before);
  if (minus !== null) return [negative({ start: start - minus[0].length, end }, value)];
  const span = bookkeeping(written, before, behind);
  return span === null ? [plain] : [plain, negative({ start: start + span.start, end: end + span.end }, value)];
}

function negative(span: Span, value: number): NumberPlace {
  return { span, value: 0 - value, rule: "negative", percent: null };
}

/** How far the signs reach that make an amount negative in book-keeping: brackets around it, or a minus behind it. */
function bookkeeping(written: string, before: string, behind: string): Span | null {
  const open = BRACKET_BEFORE.exec(before)?.[0].length ?? 0;
  const close = BRACKET_BEHIND.exec(behind)?.[0].length ?? 0;
  const amount = AMOUNT.test(written);
  if (open > 0 && close > 0 && (amount || open + close > 2)) return { start: -open, end: close };
  return amount && MINUS_BEHIND.test(behind) ? { start: 0, end: 1 } : null;
}

/** The whole, and where a blank joins its groups, every run of neighbouring groups too. */
function readings(written: string, start: number): Written[] {
  const groups: Written[] = [];
  let at = 0;
  for (const group of written.split(BLANK_MARK)) {
    groups.push({ written: group, start: start + at });
    at += group.length + 1;
  }
  return groups.length === 1 ? groups : [{ written, start }, ...groups];
}

/** Do the unambiguous numbers of a document say that a comma marks decimals? */
export function writesDecimalCommas(document: string): boolean {
  return decimalMark(latinDigits(document)) === ",";
}

/** The decimal mark that the unambiguous numbers of the text use: a mark before one, two or more than three last digits. */
function decimalMark(text: string): "." | "," | null {
  const count = (mark: string): number => [...text.matchAll(new RegExp(`\\d[${mark}](?:\\d{1,2}|\\d{4,})(?![\\d.,]*\\d)`, "gu"))].length;
  const commas = count(",");
  const points = count(".");
  if (commas === points) return null;
  return commas > points ? "," : ".";
}

function parse(written: string, commaIsDecimal: boolean): number {
  const plain = written.replaceAll("−", "-").replace(new RegExp(`[${BLANK_MARKS}]`, "gu"), "");
  const marks = plain.replace(/[^.,]/gu, "");
  if (marks === "") return Number(plain);
  const decimal = decimalOf(plain, marks, commaIsDecimal);
  const whole = decimal === null ? plain : plain.slice(0, plain.lastIndexOf(decimal));
  const fraction = decimal === null ? "" : plain.slice(plain.lastIndexOf(decimal) + 1);
  if (!wellGrouped(whole)) return Number.NaN;
  return Number(`${whole.replace(/[.,]/gu, "")}.${fraction === "" ? "0" : fraction}`);
}

/** Which mark is the decimal one: of two kinds the last; of one kind a single one unless it groups thousands. */
function decimalOf(plain: string, marks: string, commaIsDecimal: boolean): string | null {
  const last = marks.at(-1) ?? ".";
  if (new Set(marks).size > 1) return last;
  if (marks.length > 1) return null;
  const digitsAfter = plain.length - plain.lastIndexOf(last) - 1;
  const couldGroup = digitsAfter === 3 && /^[-+]?[1-9]\d{0,2}[.,]/u.test(plain);
  return couldGroup && (last === ",") !== commaIsDecimal ? null : last;
}

/** `1,234,567` and `12,34,567` are numbers; `12,34,5` and `1.2.3` are not. */
function wellGrouped(whole: string): boolean {
  return /^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})$/u.test(whole);
}
