/**
 * A long text, cut into overlapping windows by a budget of tokens.
 *
 * The text is taken apart into pieces: a few short lines each, a long line at sentences, words or characters.
 * A piece never begins or ends inside a grapheme. A window is a run of pieces within the budget. It ends at
 * the strongest seam (paragraph before line before sentence before word) of its last quarter, and the
 * next one begins some pieces before that end, so that what stands across a cut is read whole once.
 */

import type { Span } from "../shared/document.js";

/** What a piece ends with; higher is a better place to cut. */
export const SEAM = { character: 0, word: 1, sentence: 2, line: 3, paragraph: 4 } as const;
export type Seam = (typeof SEAM)[keyof typeof SEAM];

export interface Piece extends Span {
  readonly seam: Seam;
}

export interface WeighedPiece extends Piece {
  readonly tokens: number;
}

export interface WindowSize {
  /** Tokens of a window, at most. */
  readonly budget: number;
  /** Tokens that a window shares with the one before, at most. */
  readonly overlap: number;
}

/** The longest piece, in UTF-16 code units: lines of prose stay whole, and tokenising one costs nothing. */
const LONGEST_PIECE = 256;
/** Short lines go together up to this: to tokenise each by itself takes longer than to tokenise its text. */
const LONG_ENOUGH = 128;
/** A window ends behind this share of its budget, so that a strong seam costs no more windows than a third. */
const LEAST_FILLED = 0.75;

const LINE_END = /\r\n|[\n\r\f\v\u0085\u2028\u2029]/gu;
/** Where a piece may be cut, best first. A cut stands behind the white space. */
const ENDS: readonly (readonly [RegExp, Seam])[] = [
  [LINE_END, SEAM.line],
  [/[.!?…]["'”’»)\]]*\s+|[。！？]/gu, SEAM.sentence],
  [/\s+/gu, SEAM.word],
];
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** The pieces of a text, in order, without a gap. */
export function* pieces(text: string): Generator<Piece> {
  let start = 0;
  let end = 0;
  for (const line of lines(text)) {
    if (end > start && line.end - start > LONGEST_PIECE) {
      yield { start, end, seam: SEAM.line };
      start = end;
    }
    end = line.end;
    if (line.seam === SEAM.line && end - start < LONG_ENOUGH) continue;
    yield* piecesOfLine(text, start, end, line.seam);
    start = end;
  }
  if (end > start) yield { start, end, seam: SEAM.paragraph };
}

/** With their ends. A blank line and the end of a page end a paragraph. */
function* lines(text: string): Generator<Piece> {
  let start = 0;
  for (const { index, 0: mark } of text.matchAll(LINE_END)) {
    const end = index + mark.length;
    yield { start, end, seam: mark === "\f" || text.slice(start, end).trim() === "" ? SEAM.paragraph : SEAM.line };
    start = end;
  }
  if (start < text.length) yield { start, end: text.length, seam: SEAM.paragraph };
}

function* piecesOfLine(text: string, start: number, end: number, seam: Seam): Generator<Piece> {
  let from = start;
  while (end - from > LONGEST_PIECE) {
    const cut = seamWithin(text, from, from + LONGEST_PIECE);
    yield { start: from, end: cut.at, seam: cut.seam };
    from = cut.at;
  }
  yield { start: from, end, seam };
}

/**
 * A piece with its tokens counted, halved as long as it has more than `most` of them.
 *
 * @param count the tokens of a text by itself
 */
export function* weigh(text: string, piece: Piece, most: number, count: (text: string) => number): Generator<WeighedPiece> {
  const tokens = count(text.slice(piece.start, piece.end));
  const cut = tokens > most ? seamWithin(text, piece.start, Math.ceil((piece.start + piece.end) / 2)) : null;
  if (cut === null || cut.at >= piece.end) yield { ...piece, tokens };
  else {
    yield* weigh(text, { start: piece.start, end: cut.at, seam: cut.seam }, most, count);
    yield* weigh(text, { ...piece, start: cut.at }, most, count);
  }
}

/** The best place for a cut in the second half of `from` to `to`; `from` is one itself. Always behind `from`. */
function seamWithin(text: string, from: number, to: number): { readonly at: number; readonly seam: Seam } {
  const stretch = text.slice(from, to);
  const least = from + (to - from) / 2;
  for (const [pattern, seam] of ENDS) {
    for (const end of [...stretch.matchAll(pattern)].map(({ index, 0: mark }) => from + index + mark.length).reverse()) {
      if (end > least && graphemeStart(text, from, end) === end) return { at: end, seam };
    }
  }
  const at = graphemeStart(text, from, to);
  return { at: at > from ? at : endOfCodePoint(text, to), seam: SEAM.character };
}

/** Where the grapheme begins that holds the code unit at `at`; `from` is where one begins. */
function graphemeStart(text: string, from: number, at: number): number {
  if (at >= text.length) return text.length;
  // Whether a grapheme ends before a character depends on what is before it and on that character only.
  const segment = graphemes.segment(text.slice(from, at + 2)).containing(at - from);
  return from + (segment?.index ?? 0);
}

/** A single grapheme of hundreds of marks is nobody's character: it is cut, but never inside a code point. */
function endOfCodePoint(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff ? at + 1 : at;
}

/** The parts of a text that spans in their order take, those that touch as one. */
export function joined(spans: readonly Span[]): Span[] {
  const parts: Span[] = [];
  for (const { start, end } of spans) {
    const last = parts.at(-1);
    if (last !== undefined && start <= last.end) parts[parts.length - 1] = { start: last.start, end: Math.max(end, last.end) };
    else parts.push({ start, end });
  }
  return parts;
}

/** Takes the pieces one after the other and holds no more of them than one window has. */
export class WindowCutter {
  private readonly done: Span[] = [];
  /** Pieces of the window under way; the first `shared` of them are in the one before already. */
  private open: WeighedPiece[] = [];
  private shared = 0;
  private tokens = 0;

  constructor(private readonly size: WindowSize) {}

  /** The piece that follows the one added before. */
  add(piece: WeighedPiece): void {
    while (this.open.length > 0 && this.tokens + piece.tokens > this.size.budget) this.cut();
    this.open.push(piece);
    this.tokens += piece.tokens;
  }

  /** All windows, in order, once every piece was added. */
  finish(): readonly Span[] {
    if (this.open.length > this.shared) this.emit(this.open.length);
    return this.done;
  }

  private cut(): void {
    if (this.open.length === this.shared) {
      // Nothing but what the window before holds already: there is no room to repeat it.
      this.drop(this.shared, this.shared);
      return;
    }
    const end = this.end();
    this.emit(end);
    this.drop(this.overlapBefore(end), end);
  }

  /** How many of the open pieces the window gets. */
  private end(): number {
    const least = this.size.budget * LEAST_FILLED;
    let tokens = 0;
    let best = this.open.length;
    let strongest: number = this.open.at(-1)?.seam ?? SEAM.character;
    for (const [index, piece] of this.open.entries()) {
      tokens += piece.tokens;
      if (index < this.shared || tokens < least || piece.seam <= strongest) continue;
      strongest = piece.seam;
      best = index + 1;
    }
    return best;
  }

  /** The first piece that is read again: behind the strongest seam within the overlap, the earliest of equals. */
  private overlapBefore(end: number): number {
    let tokens = 0;
    let best = end;
    let strongest = -1;
    for (let index = end - 1; index > 0; index--) {
      tokens += this.open[index]?.tokens ?? 0;
      const before = this.open[index - 1]?.seam ?? SEAM.character;
      if (tokens > this.size.overlap) break;
      if (before < strongest) continue;
      strongest = before;
      best = index;
    }
    return best;
  }

  private emit(end: number): void {
    const [first] = this.open;
    const last = this.open[end - 1];
    if (first !== undefined && last !== undefined) this.done.push({ start: first.start, end: last.end });
  }

  private drop(count: number, emitted: number): void {
    this.open = this.open.slice(count);
    this.shared = emitted - count;
    this.tokens = this.open.reduce((sum, { tokens }) => sum + tokens, 0);
  }
}
