/**
 * A text turned into escaped bytes, grapheme by grapheme, each byte with its place in the text.
 *
 * A value begins and ends at word boundaries: between two graphemes unless both are letters or both are
 * digits of a script that writes words with blanks between them. It never begins with a mark that closes
 * or parts, such as a comma, nor ends with one that opens or announces, such as a colon.
 */

import type { Span } from "../shared/document.js";
import { graphemesOf } from "./graphemes.js";
import { readingsAcrossCuts, type Reading } from "./hyphenation.js";

const encoder = new TextEncoder();

const BLANK = /^\s+$/u;
/** Scripts without blanks between words: every grapheme stands by itself. */
const UNSPACED = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;
const LETTER = /^\p{L}/u;
const DIGIT = /^\p{N}/u;

/** Marks that belong to what stands before them, and those that belong to what follows. */
const CLOSING = /^[,;:!?)\]}、。，；：！？）】」』]/u;
const OPENING = /^[,;:(\[{、，；：（【「『]/u;

type GraphemeClass = "blank" | "letter" | "digit" | "single";

/** Stands behind each reading of the text; JSON escapes control characters, so no value holds it. */
const SEPARATOR = 0;

/** All arrays have one entry a byte. */
export interface SourceBytes {
  readonly bytes: Uint8Array;
  /** The UTF-16 offset of the byte's character in the text; behind a reading that of its end. */
  readonly offsets: Uint32Array;
  /** Whether a value may begin, and end, before the byte. */
  readonly begins: Uint8Array;
  readonly ends: Uint8Array;
  /** How many code points a value has up to the byte, counted from the first byte of all. */
  readonly points: Uint32Array;
  /** Where the text as it stands ends and the readings across cuts begin. */
  readonly whole: number;
  /** The position of the separator behind each reading, ascending. */
  readonly stops: Uint32Array;
  /** The positions right behind a cut, ascending. */
  readonly joins: Uint32Array;
}

export function sourceBytes(text: string): SourceBytes {
  const builder = new Builder();
  builder.read(text, { span: { start: 0, end: text.length }, omitted: [] });
  const whole = builder.length;
  for (const reading of readingsAcrossCuts(text)) builder.read(text, reading);
  return builder.finish(whole);
}

/** What is the same wherever a grapheme stands. */
interface Glyph {
  readonly kind: GraphemeClass;
  readonly closing: boolean;
  readonly opening: boolean;
  readonly characters: readonly { readonly escaped: Uint8Array; readonly units: number }[];
}

function glyphOf(grapheme: string): Glyph {
  const characters = Array.from(grapheme, (character) => ({
    escaped: encoder.encode(JSON.stringify(character).slice(1, -1)),
    units: character.length,
  }));
  return { kind: classOf(grapheme), closing: CLOSING.test(grapheme), opening: OPENING.test(grapheme), characters };
}

function classOf(grapheme: string): GraphemeClass {
  if (BLANK.test(grapheme)) return "blank";
  if (UNSPACED.test(grapheme)) return "single";
  if (LETTER.test(grapheme)) return "letter";
  return DIGIT.test(grapheme) ? "digit" : "single";
}

function isBoundary(before: GraphemeClass, after: GraphemeClass): boolean {
  return before !== after || before === "single";
}

class Builder {
  private readonly bytes: number[] = [];
  private readonly offsets: number[] = [];
  private readonly begins: number[] = [];
  private readonly ends: number[] = [];
  private readonly points: number[] = [];
  private readonly stops: number[] = [];
  private readonly joins: number[] = [];
  private readonly glyphs = new Map<string, Glyph>();
  private before: GraphemeClass = "blank";
  private mayEndHere = false;
  private counted = 0;

  get length(): number {
    return this.bytes.length;
  }

  /** Adds one reading of a part of the text, and a separator behind it. */
  read(text: string, { span, omitted }: Reading): void {
    this.before = "blank";
    this.mayEndHere = false;
    let from = span.start;
    for (const piece of omitted) {
      this.readPlain(text, { start: from, end: piece.start });
      this.joins.push(this.length);
      from = piece.end;
    }
    this.readPlain(text, { start: from, end: span.end });
    this.stops.push(this.length);
    this.push(SEPARATOR, span.end, false, this.mayEndHere);
    if (omitted.length > 0) this.begins.fill(0, this.joins.at(-1));
  }

  finish(whole: number): SourceBytes {
    return {
      bytes: Uint8Array.from(this.bytes),
      offsets: Uint32Array.from(this.offsets),
      begins: Uint8Array.from(this.begins),
      ends: Uint8Array.from(this.ends),
      points: Uint32Array.from(this.points),
      whole,
      stops: Uint32Array.from(this.stops),
      joins: Uint32Array.from(this.joins),
    };
  }

  private readPlain(text: string, { start, end }: Span): void {
    for (const { segment, index } of graphemesOf(text.slice(start, end))) {
      const glyph = this.glyph(segment);
      if (glyph.kind === "blank") this.blank(glyph, start + index);
      else this.word(glyph, start + index);
      this.before = glyph.kind;
      this.mayEndHere = glyph.kind !== "blank" && !glyph.opening;
    }
  }

  private glyph(grapheme: string): Glyph {
    let glyph = this.glyphs.get(grapheme);
    if (glyph === undefined) {
      glyph = glyphOf(grapheme);
      this.glyphs.set(grapheme, glyph);
    }
    return glyph;
  }

  /** A run of white space: one blank inside the text. */
  private blank({ characters }: Glyph, offset: number): void {
    if (this.before !== "blank") this.push(0x20, offset, false, this.mayEndHere);
    this.counted += characters.length;
  }

  private word({ kind, closing, characters }: Glyph, offset: number): void {
    const boundary = isBoundary(this.before, kind);
    const mayBegin = boundary && !closing;
    const mayEnd = boundary && this.mayEndHere;
    let at = offset;
    let first = true;
    for (const { escaped, units } of characters) {
      for (const byte of escaped) {
        this.push(byte, at, first && mayBegin, first && mayEnd);
        first = false;
      }
      at += units;
      this.counted += 1;
    }
  }

  private push(byte: number, offset: number, begin: boolean, end: boolean): void {
    this.bytes.push(byte);
    this.offsets.push(offset);
    this.begins.push(begin ? 1 : 0);
    this.ends.push(end ? 1 : 0);
    this.points.push(this.counted);
  }
}
