/**
 * Dates as people write them, found in a text and turned into ISO 8601 days by a library.
 *
 * A date counts only where day, month and year are all written. `03/04/2019` can be read two ways: the
 * document's other dates decide (a part above 12 is a day); without any sign the day comes first.
 */

import { de, en, es, fr, it, nl, pt, type Chrono, type ParsedResult } from "chrono-node";
import type { Span } from "../../shared/document.js";

export interface DatePlace {
  readonly span: Span;
  /** `YYYY-MM-DD` */
  readonly value: string;
}

/** Implied parts are never used, so the reference has no influence on a result; it is fixed all the same. */
const REFERENCE = new Date(Date.UTC(2000, 0, 1));
const OTHERS: readonly Chrono[] = [de.strict, fr.strict, es.strict, it.strict, nl.strict, pt.strict];
const NUMERIC = /(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}(?!\d)/gu;

/** Every full date of the text, by place; of several readings of one place the first language's counts. */
export function findDates(text: string): DatePlace[] {
  const english = monthFirst(text) ? en.strict : en.GB;
  const found = new Map<string, DatePlace>();
  for (const parser of [english, ...OTHERS]) {
    for (const result of parser.parse(text, REFERENCE)) {
      const place = toPlace(result);
      if (place === null) continue;
      const key = `${String(place.span.start)}-${String(place.span.end)}`;
      if (!found.has(key)) found.set(key, place);
    }
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function monthFirst(text: string): boolean {
  const pairs = [...text.matchAll(NUMERIC)].map((match) => [Number(match[1]), Number(match[2])] as const);
  const dayFirst = pairs.some(([first, second]) => first > 12 && second <= 12);
  return !dayFirst && pairs.some(([first, second]) => first <= 12 && second > 12);
}

function toPlace({ index, text, start }: ParsedResult): DatePlace | null {
  if (!start.isCertain("day") || !start.isCertain("month") || !start.isCertain("year")) return null;
  const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
  if (year === null || month === null || day === null) return null;
  const value = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return { span: { start: index, end: index + text.length }, value };
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
