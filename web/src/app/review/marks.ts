/**
 * Cuts a text into plain runs and marks for the evidence of its fields.
 * Marks nest; where two places cross without one holding the other, the later one is cut in two.
 */

import type { Span } from "../../shared/document.js";
import type { Entry } from "./entries.js";

/** The place of a value, or of a row as a whole. */
export interface Place {
  /** JSON pointer into the output. */
  readonly pointer: string;
  /** The field that it belongs to: for an item that of its list. */
  readonly field: string;
  readonly row: boolean;
  readonly span: Span;
}

export type Piece = string | Mark;

export interface Mark {
  readonly place: Place;
  /** False for the second part of a place that was cut. */
  readonly first: boolean;
  readonly pieces: readonly Piece[];
}

interface Open {
  readonly place: Place;
  readonly first: boolean;
  readonly start: number;
  readonly end: number;
}

/** Where the values stand, as far as they stand anywhere. */
export function placesOf(entries: readonly Entry[], list: string | null = null): Place[] {
  return entries.flatMap((entry) => {
    const { pointer, span } = entry;
    if (entry.kind !== "leaf" && entry.removed) return [];
    const own = span === null || span.end <= span.start ? [] : [{ pointer, field: list ?? pointer, row: entry.kind === "row", span }];
    return entry.kind === "leaf" ? own : [...own, ...placesOf(entry.entries, entry.kind === "list" ? pointer : null)];
  });
}

export function markText(text: string, places: readonly Place[]): Piece[] {
  const open = places.map((place) => ({ place, first: true, start: place.span.start, end: place.span.end }));
  return piecesBetween(text, 0, text.length, open);
}

function piecesBetween(text: string, start: number, end: number, places: readonly Open[]): Piece[] {
  const queue = [...places].sort(outermostFirst);
  const pieces: Piece[] = [];
  let at = start;
  for (let outer = queue.shift(); outer !== undefined; outer = queue.shift()) {
    if (outer.start > at) pieces.push(text.slice(at, outer.start));
    const inside: Open[] = [];
    for (let next = queue[0]; next !== undefined && next.start < outer.end; next = queue[0]) {
      queue.shift();
      const [within, rest] = cut(next, outer.end);
      inside.push(within);
      if (rest !== undefined) insert(queue, rest);
    }
    const { place, first } = outer;
    pieces.push({ place, first, pieces: piecesBetween(text, outer.start, outer.end, inside) });
    at = outer.end;
  }
  if (at < end) pieces.push(text.slice(at, end));
  return pieces;
}

function cut(place: Open, end: number): [Open, Open | undefined] {
  if (place.end <= end) return [place, undefined];
  return [{ ...place, end }, { ...place, first: false, start: end }];
}

function insert(queue: Open[], place: Open): void {
  const index = queue.findIndex((other) => outermostFirst(place, other) < 0);
  queue.splice(index < 0 ? queue.length : index, 0, place);
}

function outermostFirst(left: Open, right: Open): number {
  return left.start - right.start || right.end - left.end;
}
