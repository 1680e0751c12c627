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
  return PlaceIndex.of(source, [...ends.keys()], endsAmong((start) => ends.get(start) ?? []));
}

/** Ends are listed for each beginning, ascending. */
export function endsAmong(endsOf: (start: number) => readonly number[]): EndRule {
  return {
    mayEnd: (start, position) => endsOf(start).includes(position),
    lastEnd: (start, atMost) => endsOf(start).reduce((last, end) => (end <= atMost ? end : last), -1),
  };
}

/** The rule without some of its places. */
export function except(rule: EndRule, excluded: (start: number, end: number) => boolean): EndRule {
  return {
    mayEnd: (start, position) => rule.mayEnd(start, position) && !excluded(start, position),
    lastEnd: (start, atMost) => {
      let end = rule.lastEnd(start, atMost);
      while (end > start && excluded(start, end)) end = rule.lastEnd(start, end - 1);
      return end;
    },
  };
}

/** The index, held to a part of the text: a value begins and ends within it. */
export function within(index: PlaceIndex, part: Span): PlaceIndex {
  const { source, rule } = index;
  const inside = (start: number): boolean => source.offset(start) >= part.start && source.offset(start) < part.end;
  return index.only(inside).under({
    mayEnd: (start, position) => source.offset(position) <= part.end && rule.mayEnd(start, position),
    lastEnd: (start, atMost) => rule.lastEnd(start, Math.min(atMost, source.lastWithin(start, part.end))),
  });
}

/** The index without what is taken: a value neither begins in a taken part of the text nor runs into one. */
export function without(index: PlaceIndex, taken: readonly Span[]): PlaceIndex {
  if (taken.length === 0) return index;
  const { source, rule } = index;
  const parts = [...taken].sort((a, b) => a.start - b.start);
  const free = (start: number): boolean => !parts.some((part) => part.start <= source.offset(start) && source.offset(start) < part.end);
  const limit = (start: number): number => parts.find((part) => part.start > source.offset(start))?.start ?? source.text.length;
  return index.only(free).under({
    mayEnd: (start, position) => source.offset(position) <= limit(start) && rule.mayEnd(start, position),
    lastEnd: (start, atMost) => rule.lastEnd(start, Math.min(atMost, source.lastWithin(start, limit(start)))),
  });
}
