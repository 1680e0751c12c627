/**
 * Words that a line end cuts in two, and the parts of a text that can be read across the cut.
 *
 * A cut word has two readings: joined, without hyphen and break (`Rech-` `nung`: Rechnung), where a
 * small letter goes on, and with its own hyphen kept (`well-` `known`: well-known). Both are offered
 * beside the text as it stands, and only for values that really run across the cut, so a hyphen within
 * a line stays what it is and no value has two places.
 */

import type { Span } from "../shared/document.js";

/** A part of the text read without some of its pieces. Spans are UTF-16 offsets of the whole text. */
export interface Reading {
  readonly span: Span;
  /** What is left out, ascending, within the span. */
  readonly omitted: readonly Span[];
}

/** A value across a cut reaches at most this far to either side of it, in UTF-16 units. */
const REACH = 256;

const BREAK = "[^\\S\\r\\n]*(?:\\r\\n?|\\n)[^\\S\\r\\n]*";
const CUT = new RegExp(`(?<=[\\p{L}\\p{M}\\p{N}])(?<hyphen>[-\\u2010\\u00ad])${BREAK}(?=(?<next>[\\p{L}\\p{N}]))`, "gu");
const SOFT_HYPHEN = "\u00ad";
const SMALL = /\p{Ll}/u;
const WORD_END = /[\p{L}\p{M}]$/u;

/** Every part of the text that can be read across cuts, by place; the joined reading of a part comes first. */
export function readingsAcrossCuts(text: string): Reading[] {
  const joined: Span[] = [];
  const kept: Span[] = [];
  for (const match of text.matchAll(CUT)) {
    const end = match.index + match[0].length;
    const { hyphen = "", next = "" } = match.groups ?? {};
    if (SMALL.test(next) && WORD_END.test(text.slice(0, match.index).slice(-2))) joined.push({ start: match.index, end });
    if (hyphen !== SOFT_HYPHEN) kept.push({ start: match.index + hyphen.length, end });
  }
  return [...readings(text, joined), ...readings(text, kept)];
}

/** One reading for each run of pieces near to each other. */
function readings(text: string, omitted: readonly Span[]): Reading[] {
  const found: { span: Span; omitted: Span[] }[] = [];
  for (const piece of omitted) {
    const span = { start: blankBefore(text, piece.start - REACH), end: blankAfter(text, piece.end + REACH) };
    const last = found.at(-1);
    if (last !== undefined && span.start <= last.span.end) {
      last.span = { start: last.span.start, end: span.end };
      last.omitted.push(piece);
    } else found.push({ span, omitted: [piece] });
  }
  return found;
}

function blankBefore(text: string, offset: number): number {
  let at = Math.max(offset, 0);
  while (at > 0 && !/\s/u.test(text.charAt(at - 1))) at--;
  return at;
}

function blankAfter(text: string, offset: number): number {
  let at = Math.min(offset, text.length);
  while (at < text.length && !/\s/u.test(text.charAt(at))) at++;
  return at;
}
