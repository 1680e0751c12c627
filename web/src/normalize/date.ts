/**
 * Dates as people write them, found in a text and turned into ISO 8601 days by a library.
 *
 * A date counts only where day, month and year are all written. `03/04/2019` can be read two ways: the
 * document's other dates decide (a part above 12 is a day); without any sign the day comes first.
 */

import { Chrono, de, en, es, fr, it, nl, pt, type ParsedResult } from "chrono-node";
import type { Span } from "../shared/document.js";

export interface DatePlace {
  readonly span: Span;
  /** `YYYY-MM-DD` */
  readonly value: string;
}

/** Implied parts are never used, so the reference has no influence on a result; what another one changes is no written date. */
const REFERENCE = new Date(Date.UTC(2000, 0, 1));
const OTHER_REFERENCE = new Date(Date.UTC(2011, 5, 16));
/** The parsers alone: the library's refiners would join a date with a time or with another date. */
const datesOnly = ({ parsers }: Chrono): Chrono => new Chrono({ parsers, refiners: [] });
const MONTH_FIRST = datesOnly(en.strict);
const DAY_FIRST = datesOnly(en.GB);
const OTHERS: readonly Chrono[] = [de, fr, es, it, nl, pt].map(({ strict }) => datesOnly(strict));
/** “on ” of “on 5 March”, in any language. */
const LEADING_WORD = /^\p{L}+\s+(?=\d)/u;
const NUMERIC = /(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}(?!\d)/gu;

/**
 * Every full date of the text, by place; of several readings of one place the first language's counts.
 *
 * @param monthFirst what the document says about `03/04/2019`, where the text is a part of it
 */
export function findDates(text: string, monthFirst = writesMonthsFirst(text)): DatePlace[] {
  const found = new Map<string, DatePlace>();
  for (const parser of [monthFirst ? MONTH_FIRST : DAY_FIRST, ...OTHERS]) {
    for (const result of parser.parse(text, REFERENCE)) {
      const place = toPlace(result, parser);
      if (place === null) continue;
      const key = `${String(place.span.start)}-${String(place.span.end)}`;
      if (!found.has(key)) found.set(key, place);
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Do the dates of a document that can be read in one way only have the month first? */
export function writesMonthsFirst(document: string): boolean {
  const pairs = [...document.matchAll(NUMERIC)].map((match) => [Number(match[1]), Number(match[2])] as const);
  const dayFirst = pairs.some(([first, second]) => first > 12 && second <= 12);
  return !dayFirst && pairs.some(([first, second]) => first <= 12 && second > 12);
}

function toPlace(result: ParsedResult, parser: Chrono): DatePlace | null {
  const value = dayOf(result);
  const { index, text } = result;
  if (value === null || isRelative(text, value, parser)) return null;
  const bare = text.replace(LEADING_WORD, "");
  const same = bare !== text && parser.parse(bare, REFERENCE).some((again) => again.text === bare && dayOf(again) === value);
  const start = same ? index + text.length - bare.length : index;
  return { span: { start, end: index + text.length }, value };
}

/** “today” and “5 days ago” say a day only to those who know when they were written. */
function isRelative(text: string, value: string, parser: Chrono): boolean {
  return parser.parse(text, OTHER_REFERENCE).some((again) => again.text === text && dayOf(again) !== value);
}

/** The day as ISO 8601, where all its parts are written and it exists. */
function dayOf({ start }: ParsedResult): string | null {
  if (!start.isCertain("day") || !start.isCertain("month") || !start.isCertain("year")) return null;
  const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
  if (year === null || month === null || day === null) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 0 && year <= 9999;
  return exists ? date.toISOString().slice(0, 10) : null;
}
