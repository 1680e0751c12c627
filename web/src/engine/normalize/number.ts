/**
 * Numbers as people write them, found in a text and turned into values by rule.
 *
 * Both `1,234.50` and `1.234,50` are read, thousands may also be marked by blanks or apostrophes. One
 * mark followed by three digits (`1,234`) can mean either; the other numbers of the document decide,
 * and without any sign a comma marks thousands and a point decimals.
 */

import type { Span } from "../../shared/document.js";

export interface NumberPlace {
  readonly span: Span;
  readonly value: number;
}

const BLANK_MARKS = " \u00a0\u202f'’";
/** Digits with marks of thousands or a decimal mark between them; not in the middle of a longer run of digits. */
const NUMBER = new RegExp(
  `(?<![\\d.,])(?:(?<![\\p{L}\\d)\\]])[-−+])?(?:\\d{1,3}(?:[${BLANK_MARKS}]\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)*)`,
  "gu",
);
const BLANK_MARK = new RegExp(`[${BLANK_MARKS}]`, "u");

/** Every number of the text. `6 108.12` may be one number or two: both readings are given. */
export function findNumbers(text: string): NumberPlace[] {
  const commaIsDecimal = decimalMark(text) === ",";
  return [...text.matchAll(NUMBER)]
    .flatMap((match) => readings(match[0], match.index))
    .map(({ written, start }) => ({ span: { start, end: start + written.length }, value: parse(written, commaIsDecimal) }))
    .filter(({ value }) => Number.isFinite(value));
}

interface Written {
  readonly written: string;
  readonly start: number;
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

/** `1,234,567` is a number; `12,34,5` and `1.2.3` are not. */
function wellGrouped(whole: string): boolean {
  return /^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+)$/u.test(whole);
}
