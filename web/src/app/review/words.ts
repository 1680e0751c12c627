/** The words of a text as places that can be selected, and the ways from one to another. */

import type { Span } from "../../shared/document.js";

export type Way = "left" | "right" | "up" | "down" | "start" | "end";

export class WordList {
  /** What stands between blanks, in order. */
  readonly spans: readonly Span[];

  constructor(readonly text: string) {
    this.spans = Array.from(text.matchAll(/\S+/gu), ({ 0: { length }, index }) => ({ start: index, end: index + length }));
  }

  /** The number of the word at an offset, else of the next one, else of the last; -1 where there is none. */
  at(offset: number): number {
    let [low, high] = [0, this.spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.spans[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, this.spans.length - 1);
  }

  /** From one word to another, whichever comes first. */
  between(one: number, other: number): Span | null {
    const first = this.spans[Math.min(one, other)];
    const last = this.spans[Math.max(one, other)];
    return first === undefined || last === undefined ? null : { start: first.start, end: last.end };
  }

  /** The words that a stretch of text touches, as a whole; null for none. */
  touching({ start, end }: Span): Span | null {
    const first = this.at(start);
    let last = this.at(Math.max(start, end - 1));
    while (last > first && (this.spans[last]?.start ?? 0) >= end) last -= 1;
    const touched = this.between(first, last);
    return touched === null || touched.start >= end || touched.end <= start ? null : touched;
  }

  /** Where an arrow leads from a word. Up and down keep the column, as in an editor. */
  step(from: number, way: Way): number {
    const last = this.spans.length - 1;
    switch (way) {
      case "left": return Math.max(0, from - 1);
      case "right": return Math.min(last, from + 1);
      case "up": return this.#otherLine(from, -1);
      case "down": return this.#otherLine(from, 1);
      case "start": return this.at(this.#lineOf(from).start);
      case "end": return Math.min(last, Math.max(0, this.#lastOf(this.#lineOf(from))));
    }
  }

  #otherLine(from: number, by: -1 | 1): number {
    const start = this.spans[from]?.start ?? 0;
    let line = this.#lineOf(from);
    const column = start - line.start;
    do {
      const edge = by < 0 ? line.start - 1 : line.end + 1;
      if (edge < 0 || edge > this.text.length) return from;
      line = this.#lineAt(edge);
    } while (this.text.slice(line.start, line.end).trim() === "");
    return Math.min(this.at(line.start + column), this.#lastOf(line));
  }

  #lastOf(line: Span): number {
    const after = this.at(line.end);
    return (this.spans[after]?.start ?? 0) >= line.end ? after - 1 : after;
  }

  #lineOf(word: number): Span {
    return this.#lineAt(this.spans[word]?.start ?? 0);
  }

  #lineAt(offset: number): Span {
    const end = this.text.indexOf("\n", offset);
    return { start: offset === 0 ? 0 : this.text.lastIndexOf("\n", offset - 1) + 1, end: end < 0 ? this.text.length : end };
  }
}
