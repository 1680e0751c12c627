import type { SourceText } from "../source.js";

/** A value never runs longer than this; the index is sorted to this depth. */
export const MAX_VALUE_BYTES = 1024;

/** For each beginning of a value, where it may end. Positions are bytes of the source. */
export interface EndRule {
  mayEnd(start: number, position: number): boolean;
  /** The last position at which a value from `start` may end; before `start` where none may. */
  lastEnd(start: number): number;
}

/** The live places: the index's entries `from` (inclusive) to `to` (exclusive), all read `depth` bytes far. */
export interface LivePlaces {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/** Where values may begin, sorted by the bytes that follow each beginning. */
export class PlaceIndex {
  private constructor(
    readonly source: SourceText,
    private readonly sorted: Uint32Array,
    readonly rule: EndRule,
  ) {}

  static of(source: SourceText, starts: readonly number[], rule: EndRule): PlaceIndex {
    return new PlaceIndex(source, sortPlaces(source.bytes, starts), rule);
  }

  /** The same beginnings under another rule for the ends; the sorting is shared. */
  under(rule: EndRule): PlaceIndex {
    return new PlaceIndex(this.source, this.sorted, rule);
  }

  get size(): number {
    return this.sorted.length;
  }

  mayEnd(start: number, position: number): boolean {
    return position <= this.rule.lastEnd(start) && this.rule.mayEnd(start, position);
  }

  lastEnd(start: number): number {
    return this.rule.lastEnd(start);
  }

  /** Those of the live places that go on with `byte`. */
  narrow(live: LivePlaces, byte: number): LivePlaces {
    const from = this.bound(live, byte);
    const to = this.bound({ ...live, from }, byte + 1);
    return { from, to, depth: live.depth + 1 };
  }

  /** Does the test hold at one of the live places, each given as start and position reached? */
  some(live: LivePlaces, test: (start: number, position: number) => boolean): boolean {
    for (let i = live.from; i < live.to; i++) {
      const start = this.sorted[i] ?? 0;
      if (test(start, start + live.depth)) return true;
    }
    return false;
  }

  /** The start that comes first in the document among the live places for which the test holds. */
  first(live: LivePlaces, test: (start: number, position: number) => boolean): number | null {
    let first: number | null = null;
    for (let i = live.from; i < live.to; i++) {
      const start = this.sorted[i] ?? 0;
      if ((first === null || start < first) && test(start, start + live.depth)) first = start;
    }
    return first;
  }

  /** The first index in the interval whose next byte is at least `byte`. The source's end counts as less than any byte. */
  private bound(live: LivePlaces, byte: number): number {
    let low = live.from;
    let high = live.to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const next = this.source.bytes[(this.sorted[middle] ?? 0) + live.depth] ?? -1;
      if (next < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sortPlaces(bytes: Uint8Array, starts: readonly number[]): Uint32Array {
  return Uint32Array.from(starts).sort((a, b) => {
    for (let i = 0; i < MAX_VALUE_BYTES; i++) {
      const difference = (bytes[a + i] ?? -1) - (bytes[b + i] ?? -1);
      if (difference !== 0) return difference;
      if (a + i >= bytes.length) return 0;
    }
    return a - b;
  });
}
