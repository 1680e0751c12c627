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
  const ends = new Map<number, Set<number>>();
  for (const span of spans) {
    const start = source.positionOf(span.start);
    ends.set(start, (ends.get(start) ?? new Set()).add(source.positionOf(span.end)));
  }
  const last = new Map([...ends].map(([start, set]) => [start, Math.max(...set)]));
  return PlaceIndex.of(source, [...ends.keys()], {
    mayEnd: (start, position) => ends.get(start)?.has(position) === true,
    lastEnd: (start) => last.get(start) ?? start - 1,
  });
}

/** The rule, without the places that are taken: a value neither begins in one nor runs into one. */
export function without(rule: EndRule, taken: readonly Place[]): EndRule {
  const limit = (start: number): number => {
    if (taken.some((place) => start >= place.start && start < place.end)) return start - 1;
    return Math.min(...taken.filter((place) => place.start > start).map((place) => place.start), Number.MAX_SAFE_INTEGER);
  };
  const lastEnd = (start: number): number => {
    const bound = limit(start);
    if (bound >= rule.lastEnd(start)) return rule.lastEnd(start);
    for (let end = bound; end > start; end--) if (rule.mayEnd(start, end)) return end;
    return start - 1;
  };
  return { lastEnd, mayEnd: (start, position) => position <= lastEnd(start) && rule.mayEnd(start, position) };
}
