import type { SourceText } from "../source.js";
import type { Road } from "./machine.js";

/** A value never runs longer than this; the index is sorted to this depth. */
export const MAX_VALUE_BYTES = 1024;

const NONE = -1;

/** For each beginning of a value, where it may end. Positions are bytes of the source. */
export interface EndRule {
  mayEnd(start: number, position: number): boolean;
  /** The first position from `from` up to `to` (included) at which a value from `start` may end; -1 where there is none. */
  nextEnd(start: number, from: number, to: number): number;
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

  /** Only those beginnings for which the test holds; the sorting is kept. */
  only(test: (start: number) => boolean): PlaceIndex {
    return new PlaceIndex(this.source, this.sorted.filter(test), this.rule);
  }

  get size(): number {
    return this.sorted.length;
  }

  mayEnd(start: number, position: number): boolean {
    return this.rule.mayEnd(start, position);
  }

  /** The first position from `from` on at which a value from `start` may end; -1 where there is none. */
  nextEnd(start: number, from: number): number {
    return this.rule.nextEnd(start, from, start + MAX_VALUE_BYTES);
  }

  /** Where values may begin, in the order of their bytes. */
  starts(): readonly number[] {
    return [...this.sorted];
  }

  /** Those of the live places that go on with `byte`. */
  narrow({ from, to, depth }: LivePlaces, byte: number): LivePlaces {
    const first = this.bound(from, to, depth, byte);
    return { from: first, to: this.bound(first, to, depth, byte + 1), depth: depth + 1 };
  }

  /** Does some value go on, or end, where the live places have come to? */
  alive({ from, to, depth }: LivePlaces): boolean {
    return this.goesOn(from, to, depth);
  }

  /** Does some value end where the live places have come to? */
  complete({ from, to, depth }: LivePlaces): boolean {
    return this.endsHere(from, to, depth);
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

  /** Walks the trie and the sorted places side by side, both in the order of their bytes. */
  walk(live: LivePlaces, road: Road): void {
    this.descend(road, live.from, live.to, live.depth, road.node);
  }

  private descend(road: Road, from: number, to: number, depth: number, node: number): void {
    if (this.endsHere(from, to, depth)) road.complete(node);
    const { trie } = road;
    let child = trie.firstChild(node);
    let at = from;
    while (child !== NONE && at < to) {
      const byte = trie.byteOf(child);
      const here = this.byteAt(at, depth);
      if (here < byte) {
        at = this.bound(at, to, depth, byte);
        continue;
      }
      if (here === byte) {
        const end = this.bound(at, to, depth, byte + 1);
        if (this.goesOn(at, end, depth + 1)) {
          road.reach(child);
          if (trie.firstChild(child) !== NONE) this.descend(road, at, end, depth + 1, child);
        }
        at = end;
      }
      child = trie.nextSibling(child);
    }
  }

  private goesOn(from: number, to: number, depth: number): boolean {
    for (let i = from; i < to; i++) {
      const start = this.sorted[i] ?? 0;
      if (this.nextEnd(start, start + depth) > start) return true;
    }
    return false;
  }

  private endsHere(from: number, to: number, depth: number): boolean {
    if (depth === 0) return false;
    for (let i = from; i < to; i++) {
      const start = this.sorted[i] ?? 0;
      if (this.rule.mayEnd(start, start + depth)) return true;
    }
    return false;
  }

  /** The first index whose next byte is at least `byte`; found from `from` in steps that double. */
  private bound(from: number, to: number, depth: number, byte: number): number {
    let low = from;
    let step = 1;
    while (low + step - 1 < to && this.byteAt(low + step - 1, depth) < byte) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step - 1, to);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.byteAt(middle, depth) < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The byte that follows the place `depth` bytes on; the source's end counts as less than any byte. */
  private byteAt(index: number, depth: number): number {
    return this.source.bytes[(this.sorted[index] ?? 0) + depth] ?? -1;
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
