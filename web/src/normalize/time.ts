/**
 * Times of day as people write them, alone or beside a date, turned into RFC 3339.
 *
 * RFC 3339 wants an offset from UTC. Where the document states none, `-00:00` is written: the time stands
 * in the text, its offset is not known (RFC 3339, section 4.3).
 */

import type { Span } from "../shared/document.js";
import type { DatePlace } from "./date.js";

export interface TimePlace {
  readonly span: Span;
  /** `hh:mm:ss`, fractions of a second and the offset */
  readonly value: string;
}

const UNKNOWN_OFFSET = "-00:00";
/** `13:01`, `1:01:05 pm`, `14h30`, `17.30 Uhr`, `5 pm`, `13:01:22.5+02:00`. */
const TIME = new RegExp(
  "(?<![\\p{L}\\p{N}:.,]|\\d[/-])(?<hour>\\d{1,2})" +
    "(?:(?<mark>[:h.])(?<minute>[0-5]\\d)(?:[:.](?<second>[0-5]\\d)(?<fraction>\\.\\d{1,9})?)?)?" +
    "(?:\\s?(?<half>[ap]\\.?\\s?m\\b\\.?)|\\s(?<word>Uhr|o'clock|h)(?!\\p{L}))?" +
    "(?:\\s?(?<zone>Z|UTC|GMT)(?![\\p{L}\\p{N}])|\\s?(?<offset>[+-]\\d{2}:?\\d{2})(?!\\d))?" +
    "(?![\\p{L}\\p{N}]|[:.,]\\d)",
  "giu",
);
/** Between a date and its time, in several languages. */
const BETWEEN = /^(?:\s*,?\s*|T|\s*[-–|]\s*|,?\s+(?:at|um|à|alle|a las|às|om|kl\.?)\s+)$/iu;
const BETWEEN_TIME_AND_DATE = /^(?:,?\s+(?:on|am|le|il|el|op)?\s*|\s*[-–|,]\s*)$/iu;

/** Every time of the text, by place. */
export function findTimes(text: string): TimePlace[] {
  return [...text.matchAll(TIME)].flatMap((match) => {
    const value = valueOf(match.groups ?? {});
    return value === null ? [] : [{ span: { start: match.index, end: match.index + match[0].length }, value }];
  });
}

/** The day of an ISO 8601 moment, which is one word. */
const ISO_DAY = /(?<![\p{L}\p{N}-])\d{4}-\d{2}-\d{2}(?=[Tt]\d)/gu;

/** Every date with a time right before or behind it, as one place. */
export function findMoments(text: string, dates: readonly DatePlace[]): TimePlace[] {
  const found: TimePlace[] = [];
  const days = Array.from(text.matchAll(ISO_DAY), (match) => ({ span: { start: match.index, end: match.index + 10 }, value: match[0] }));
  for (const date of [...days, ...dates]) {
    const behind = timeAt(text, date.span.end);
    if (behind !== null) found.push({ span: { start: date.span.start, end: behind.span.end }, value: `${date.value}T${behind.value}` });
  }
  for (const time of findTimes(text)) {
    const date = dates.find(({ span }) => span.start >= time.span.end && BETWEEN_TIME_AND_DATE.test(text.slice(time.span.end, span.start)));
    if (date !== undefined) found.push({ span: { start: time.span.start, end: date.span.end }, value: `${date.value}T${time.value}` });
  }
  return found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The time that stands right behind a date. */
function timeAt(text: string, from: number): TimePlace | null {
  const gap = /^(?:T|[\s,–|-]*(?:(?:at|um|à|alle|a las|às|om|kl\.?)\s+)?)/iu.exec(text.slice(from, from + 16))?.[0] ?? "";
  if (!BETWEEN.test(gap)) return null;
  const rest = text.slice(from + gap.length, from + gap.length + 40);
  const [time] = findTimes(rest);
  if (time?.span.start !== 0) return null;
  const cut = time.span.end === rest.length && rest.length === 40;
  return cut ? null : { ...time, span: { start: from + gap.length, end: from + gap.length + time.span.end } };
}

interface Parts {
  readonly hour?: string;
  readonly mark?: string;
  readonly minute?: string;
  readonly second?: string;
  readonly fraction?: string;
  readonly half?: string;
  readonly word?: string;
  readonly zone?: string;
  readonly offset?: string;
}

function valueOf(parts: Parts): string | null {
  const { mark, minute, half, word } = parts;
  // A bare number is no time, and `12.50` only where something else says so.
  if (half === undefined && word === undefined && (minute === undefined || mark === ".")) return null;
  const hour = hourOf(Number(parts.hour), half);
  if (hour === null) return null;
  const clock = `${String(hour).padStart(2, "0")}:${minute ?? "00"}:${parts.second ?? "00"}${parts.fraction ?? ""}`;
  const offset = offsetOf(parts);
  return offset === null ? null : clock + offset;
}

function hourOf(written: number, half: string | undefined): number | null {
  if (half === undefined) return written <= 23 ? written : null;
  if (written < 1 || written > 12) return written <= 23 && written > 12 && /^p/iu.test(half) ? written : null;
  return (written % 12) + (/^p/iu.test(half) ? 12 : 0);
}

function offsetOf({ zone, offset }: Parts): string | null {
  if (zone !== undefined) return "Z";
  if (offset === undefined) return UNKNOWN_OFFSET;
  const [hours, minutes] = [offset.slice(0, 3), offset.slice(-2)];
  return Number(hours.slice(1)) <= 23 && Number(minutes) <= 59 ? `${hours}:${minutes}` : null;
}
