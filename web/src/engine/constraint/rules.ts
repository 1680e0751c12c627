/** Which places a value may take: the candidates that code found beforehand, or those that are still free. */

import type { Span } from "../../shared/document.js";
import type { SourceText } from "../source.js";
import { PlaceIndex, type EndRule } from "./places.js";

/** A place in the source's bytes, `end` exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Only these places, each whole. Several may share a beginning. */
export function candidates(source: SourceText, spans: readonly Span[]): PlaceIndex {
  const ends = new Map<number, number[]>();
  for (const span of spans) {
    const start = source.positionOf(span.start);
    ends.set(start, [...(ends.get(start) ?? []), source.positionOf(span.end)]);
  }
  for (const list of ends.values()) list.sort((a, b) => a - b);
  return PlaceIndex.of(source, [...ends.keys()], {
    mayEnd: (start, position) => ends.get(start)?.includes(position) === true,
    nextEnd: (start, from, to) => {
      const end = ends.get(start)?.find((one) => one >= from) ?? -1;
      return end <= to ? end : -1;
    },
  });
}

/** The rule without some of its places. */
export function except(rule: EndRule, excluded: (start: number, end: number) => boolean): EndRule {
  return {
    mayEnd: (start, position) => rule.mayEnd(start, position) && !excluded(start, position),
    nextEnd: (start, from, to) => {
      let end = rule.nextEnd(start, from, to);
      while (end >= 0 && excluded(start, end)) end = rule.nextEnd(start, end + 1, to);
      return end;
    },
  };
}

/** The index, held to a part of the text: a value begins and ends within it. */
export function within(index: PlaceIndex, part: Span): PlaceIndex {
  const { source } = index;
  const inside = (start: number): boolean => source.offset(start) >= part.start && source.offset(start) < part.end;
  return endingBy(index.only(inside), () => part.end);
}

/** The index without what is taken: a value neither begins in a taken part of the text nor runs into one. */
export function without(index: PlaceIndex, taken: readonly Span[]): PlaceIndex {
  if (taken.length === 0) return index;
  const { source } = index;
  const parts = [...taken].sort((a, b) => a.start - b.start);
  const isFree = (start: number): boolean => (parts[firstBehind(parts, source.offset(start)) - 1]?.end ?? 0) <= source.offset(start);
  return endingBy(index.only(isFree), (start) => parts[firstBehind(parts, source.offset(start))]?.start ?? source.text.length);
}

/** Only values that end by an offset of the text that depends on where they begin. */
function endingBy(index: PlaceIndex, limit: (start: number) => number): PlaceIndex {
  const { source, rule } = index;
  const ends = (start: number, position: number): boolean => source.offset(position) <= limit(start);
  return index.under({
    mayEnd: (start, position) => rule.mayEnd(start, position) && ends(start, position),
    nextEnd: (start, from, to) => {
      const end = rule.nextEnd(start, from, to);
      return end >= 0 && ends(start, end) ? end : -1;
    },
  });
}

/** The index of the first part that begins behind this offset; parts ascend and do not overlap. */
function firstBehind(parts: readonly Span[], offset: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((parts[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
