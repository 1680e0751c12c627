/**
 * The document as the constraints see it: bytes, with a way back to the exact place in the text.
 *
 * Runs of white space count as one blank, and every character is escaped as inside a JSON string, so
 * that a value may hold quotes and still end at an unescaped one. A value found this way is given back
 * as it stands in the text: its white space and its line breaks are the text's own.
 *
 * Behind the text as it stands come its readings across words cut at a line end (hyphenation.ts). A
 * position is a byte of either; a value belongs to one reading and, there, runs across a cut.
 */

import type { Span } from "../shared/document.js";
import { sourceBytes, type SourceBytes } from "./source-bytes.js";

const BLANK = 0x20;

export class SourceText {
  /** The escaped text in UTF-8, then its other readings; a zero byte ends each. */
  readonly bytes: Uint8Array;
  private readonly data: SourceBytes;
  /** For each position the first one from it on at which a value may end. */
  private readonly nextEnds: Uint32Array;

  constructor(readonly text: string) {
    this.data = sourceBytes(text);
    this.bytes = this.data.bytes;
    this.nextEnds = new Uint32Array(this.bytes.length);
    let next = this.bytes.length;
    for (let position = this.bytes.length - 1; position >= 0; position--) {
      if (this.mayEnd(position)) next = position;
      this.nextEnds[position] = next;
    }
  }

  /** Positions at which a value may begin, ascending. */
  starts(): number[] {
    const starts: number[] = [];
    this.data.begins.forEach((yes, position) => {
      if (yes === 1) starts.push(position);
    });
    return starts;
  }

  /** May a value end before the byte at `position`? */
  mayEnd(position: number): boolean {
    return this.data.ends[position] === 1;
  }

  /** The first position from `from` on at which any value may end, in whatever reading it lies. */
  nextEnd(from: number): number {
    return this.nextEnds[from] ?? this.bytes.length;
  }

  /** Where the reading of `start` ends. */
  stop(start: number): number {
    return this.isWhole(start) ? this.data.whole - 1 : (this.data.stops[lowerBound(this.data.stops, start)] ?? -1);
  }

  /** The last position, in the reading of `start`, that does not lie behind this offset of the text. */
  lastWithin(start: number, offset: number): number {
    const stop = this.stop(start);
    return lowerBound(this.data.offsets, offset + 1, { from: start, to: stop + 1 }) - 1;
  }

  /** Is this a position of the text as it stands, not of a reading across cuts? */
  isWhole(position: number): boolean {
    return position < this.data.whole;
  }

  /** A value from `start` ends behind this position: beyond the next cut where it begins in a reading across cuts. */
  after(start: number): number {
    return this.isWhole(start) ? start : (this.data.joins[lowerBound(this.data.joins, start + 1)] ?? this.bytes.length);
  }

  /** The place in the text of the bytes from `start` to `end`, two positions at which a value may begin and end. */
  span(start: number, end: number): Span {
    return { start: this.offset(start), end: this.offset(end) };
  }

  /** The text from `start` to `end` as this reading has it: as it stands, or without what a cut put in. */
  value(start: number, end: number): string {
    if (this.isWhole(start)) return this.text.slice(this.offset(start), this.offset(end));
    let value = "";
    for (let at = start; at < end; at = this.next(at)) value += this.piece(at);
    return value;
  }

  /** The length of `value(start, end)` in code points. */
  length(start: number, end: number): number {
    return (this.data.points[end] ?? 0) - (this.data.points[start] ?? 0);
  }

  /** The first position whose value from `start` has at least this many code points. */
  reach(start: number, codePoints: number): number {
    return lowerBound(this.data.points, (this.data.points[start] ?? 0) + codePoints);
  }

  /** The position of the next character, or of the next word after a blank. */
  next(position: number): number {
    const offset = this.offset(position);
    let next = position + 1;
    while (next < this.bytes.length && this.data.offsets[next] === offset) next++;
    return next;
  }

  /** The text's characters at `position`: one, or a whole run of white space. */
  piece(position: number): string {
    const offset = this.offset(position);
    if (this.bytes[position] === BLANK) return this.text.slice(offset, this.offset(this.next(position)));
    return String.fromCodePoint(this.text.codePointAt(offset) ?? 0);
  }

  /** The position whose character begins at this UTF-16 offset; inside a run of white space, that of what follows. */
  positionOf(offset: number): number {
    return lowerBound(this.data.offsets, offset, { from: 0, to: this.data.whole - 1 });
  }

  /** The offset in the text of the character at `position`. */
  offset(position: number): number {
    return this.data.offsets[position] ?? this.text.length;
  }
}

/** The first index, between `from` and `to`, whose entry is at least `value`, in an ascending array; `to` where none is. */
function lowerBound(values: Uint32Array, value: number, { from, to } = { from: 0, to: values.length }): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
