/** Writes a page's lines as text and keeps where each word stands. */

import type { PageLayout, Span, WordBox } from "../../shared/document.js";
import { arrange, type Block, type Fragment, type Line, pitchOf, startsParagraph } from "./lines.js";

export interface PageText {
  readonly text: string;
  readonly layout: PageLayout;
}

/** Parts of the height of letters: a smaller gap is none; a space is written for a larger one. */
const NO_GAP = 0.15;
/** Letters reach a little below their baseline. */
const DESCENT = 0.22;

export function pageText(fragments: readonly Fragment[], width: number, height: number): PageText {
  const writer = new Writer(width, height);
  arrange(fragments).forEach((block, index) => {
    if (index > 0) writer.add("\n\n");
    writeBlock(block, writer);
  });
  return { text: writer.text, layout: { width, height, words: writer.words } };
}

/** The same words, in a text in which they begin later. */
export function shifted(words: readonly WordBox[], by: number): WordBox[] {
  return words.map((word) => ({ ...word, span: { start: word.span.start + by, end: word.span.end + by } }));
}

function writeBlock(block: Block, writer: Writer): void {
  const pitch = pitchOf(block);
  block.forEach((line, index) => {
    const previous = block[index - 1];
    if (previous !== undefined) writer.add(startsParagraph(previous, line, pitch) ? "\n\n" : "\n");
    writeLine(line, writer);
  });
}

/** Two spaces tell that there is a wide gap, so that columns of a table do not run together. */
function writeLine(line: Line, writer: Writer): void {
  line.segments.forEach(({ fragments }, index) => {
    if (index > 0) writer.add("  ");
    fragments.forEach((fragment, at) => {
      const before = fragments[at - 1];
      if (before !== undefined && isApart(before, fragment)) writer.space();
      writeFragment(fragment, writer);
    });
  });
}

function isApart(before: Fragment, fragment: Fragment): boolean {
  if (fragment.spaced && !fragment.rightToLeft) return true;
  const gap = fragment.rightToLeft ? before.left - fragment.right : fragment.left - before.right;
  return gap > NO_GAP * fragment.height;
}

/** A fragment's letters are taken as equally wide: the page tells only the width of all. */
function writeFragment(fragment: Fragment, writer: Writer): void {
  const { text, left, right, rightToLeft } = fragment;
  const step = (right - left) / Math.max(1, text.length);
  for (const [index, piece] of text.split(/(\s+)/).entries()) {
    if (piece === "") continue;
    if (index % 2 === 1) writer.space();
    else {
      const at = offsetOf(text, index);
      const start = rightToLeft ? right - (at + piece.length) * step : left + at * step;
      writer.word(piece, start, start + piece.length * step, fragment);
    }
  }
}

/** Where the piece of that number begins in the text. */
function offsetOf(text: string, index: number): number {
  return text.split(/(\s+)/).slice(0, index).join("").length;
}

class Writer {
  text = "";
  readonly words: WordBox[] = [];

  constructor(readonly width: number, readonly height: number) {}

  add(text: string): void {
    this.text += text;
  }

  space(): void {
    if (this.text !== "" && !/\s$/.test(this.text)) this.text += " ";
  }

  /** A word, or the rest of one whose beginning stands right before it. */
  word(text: string, left: number, right: number, { baseline, height }: Fragment): void {
    const start = this.text.length;
    this.text += text;
    const top = baseline - (1 - DESCENT) * height;
    const box = this.#box({ start, end: this.text.length }, [left, top, right, top + height]);
    const before = this.words.at(-1);
    if (before?.span.end === start) this.words[this.words.length - 1] = union(before, box);
    else this.words.push(box);
  }

  #box(span: Span, [left, top, right, bottom]: readonly [number, number, number, number]): WordBox {
    const { width, height } = this;
    return { span, left: left / width, top: top / height, width: (right - left) / width, height: (bottom - top) / height };
  }
}

function union(a: WordBox, b: WordBox): WordBox {
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  const right = Math.max(a.left + a.width, b.left + b.width);
  const bottom = Math.max(a.top + a.height, b.top + b.height);
  return { span: { start: a.span.start, end: b.span.end }, left, top, width: right - left, height: bottom - top };
}
