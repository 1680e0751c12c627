/**
 * The document as the constraints see it: bytes, with a way back to the exact place in the text.
 *
 * Runs of white space count as one blank, and every character is escaped as inside a JSON string, so
 * that a value may hold quotes and still end at an unescaped one. A value begins and ends at word
 * boundaries: between two graphemes unless both are letters or both are digits of a script that
 * writes words with blanks between them. It never begins with a mark that closes or parts, such as a
 * comma, nor ends with one that opens or announces, such as a colon.
 */

import type { Span } from "../shared/document.js";

const encoder = new TextEncoder();
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

const BLANK = /^\s+$/u;
/** Scripts without blanks between words: every grapheme stands by itself. */
const UNSPACED = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;
const LETTER = /^\p{L}/u;
const DIGIT = /^\p{N}/u;

/** Marks that belong to what stands before them, and those that belong to what follows. */
const CLOSING = /^[,;:!?)\]}、。，；：！？）】」』]/u;
const OPENING = /^[,;:(\[{、，；：（【「『]/u;

type GraphemeClass = "blank" | "letter" | "digit" | "single";

function classOf(grapheme: string): GraphemeClass {
  if (BLANK.test(grapheme)) return "blank";
  if (UNSPACED.test(grapheme)) return "single";
  if (LETTER.test(grapheme)) return "letter";
  return DIGIT.test(grapheme) ? "digit" : "single";
}

function isBoundary(before: GraphemeClass, after: GraphemeClass): boolean {
  return before !== after || before === "single";
}

export class SourceText {
  /** The escaped text in UTF-8. */
  readonly bytes: Uint8Array;
  /** For each byte the UTF-16 offset of its character in the text; one entry more for the end. */
  private readonly offsets: Uint32Array;
  /** For each position whether a value may begin, and end, there. */
  private readonly begins: Uint8Array;
  private readonly ends: Uint8Array;

  constructor(readonly text: string) {
    const builder = new SourceBuilder();
    for (const { segment, index } of graphemes.segment(text)) builder.add(segment, index);
    const built = builder.finish(text.length);
    this.bytes = built.bytes;
    this.offsets = built.offsets;
    this.begins = built.begins;
    this.ends = built.ends;
  }

  /** Positions at which a value may begin, ascending. */
  starts(): number[] {
    const starts: number[] = [];
    this.begins.forEach((yes, position) => {
      if (yes === 1) starts.push(position);
    });
    return starts;
  }

  /** May a value end before the byte at `position`? */
  mayEnd(position: number): boolean {
    return this.ends[position] === 1;
  }

  /** The place in the text of the bytes from `start` to `end`, two positions at which a value may begin and end. */
  span(start: number, end: number): Span {
    return { start: this.offsets[start] ?? this.text.length, end: this.offsets[end] ?? this.text.length };
  }

  /** The position whose character begins at this UTF-16 offset; inside a run of white space, that of its blank. */
  positionOf(offset: number): number {
    let low = 0;
    let high = this.bytes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.offsets[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Collects the bytes grapheme by grapheme. */
class SourceBuilder {
  private readonly bytes: number[] = [];
  private readonly offsets: number[] = [];
  private readonly begins: number[] = [];
  private readonly ends: number[] = [];
  private before: GraphemeClass = "blank";
  private mayEndHere = false;

  add(grapheme: string, offset: number): void {
    const kind = classOf(grapheme);
    if (kind === "blank") this.blank(offset);
    else this.word(grapheme, offset, kind);
    this.before = kind;
    this.mayEndHere = kind !== "blank" && !OPENING.test(grapheme);
  }

  finish(length: number): { bytes: Uint8Array; offsets: Uint32Array; begins: Uint8Array; ends: Uint8Array } {
    this.ends[this.bytes.length] = this.mayEndHere ? 1 : 0;
    return {
      bytes: Uint8Array.from(this.bytes),
      offsets: Uint32Array.from([...this.offsets, length]),
      begins: Uint8Array.from([...this.begins, 0]),
      ends: Uint8Array.from(this.ends),
    };
  }

  /** A run of white space: one blank inside the text, nothing at its beginning. */
  private blank(offset: number): void {
    if (this.before === "blank") return;
    this.push(0x20, offset, false, this.mayEndHere);
  }

  private word(grapheme: string, offset: number, kind: GraphemeClass): void {
    const boundary = isBoundary(this.before, kind);
    const mayBegin = boundary && !CLOSING.test(grapheme);
    const mayEnd = boundary && this.mayEndHere;
    let at = offset;
    let first = true;
    for (const character of grapheme) {
      const escaped = encoder.encode(JSON.stringify(character).slice(1, -1));
      for (const byte of escaped) {
        this.push(byte, at, first && mayBegin, first && mayEnd);
        first = false;
      }
      at += character.length;
    }
  }

  private push(byte: number, offset: number, begin: boolean, end: boolean): void {
    this.bytes.push(byte);
    this.offsets.push(offset);
    this.begins.push(begin ? 1 : 0);
    this.ends.push(end ? 1 : 0);
  }
}
