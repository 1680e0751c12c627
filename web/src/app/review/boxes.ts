/** Where a stretch of text stands on a page: a box for each line of it. */

import type { PageLayout, Span, WordBox } from "../../shared/document.js";

/** Fractions of the page's width and height. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Parts of the smaller height by which neighbours on one line overlap, at least. */
const SAME_LINE = 0.5;
/** How much more a distance across the lines counts than one along them: people point at a line, then at a word. */
const LINES_FIRST = 6;

export function boxesOf({ words }: PageLayout, span: Span): readonly Box[] {
  const boxes: Box[] = [];
  for (const word of wordsIn(words, span)) {
    const part = cut(word, span);
    const last = boxes.at(-1);
    if (last !== undefined && isSameLine(last, part)) boxes[boxes.length - 1] = union(last, part);
    else boxes.push(part);
  }
  return boxes;
}

/** The word at a point of the page, else the one nearest to it; null for a page without words. */
export function wordAt({ words, width, height }: PageLayout, x: number, y: number): WordBox | null {
  let nearest: WordBox | null = null;
  let least = Infinity;
  for (const word of words) {
    const distance = Math.hypot(beyond(x, word.left, word.width) * width, LINES_FIRST * beyond(y, word.top, word.height) * height);
    if (distance >= least) continue;
    [nearest, least] = [word, distance];
  }
  return nearest;
}

/** Words in the order of the text; those that the span touches. */
function wordsIn(words: readonly WordBox[], { start, end }: Span): readonly WordBox[] {
  return words.filter(({ span }) => span.start < end && span.end > start);
}

/** Of a word that the span holds only a part of, as much of the box: its letters are taken as equally wide. */
function cut({ span, left, top, width, height }: WordBox, { start, end }: Span): Box {
  const length = span.end - span.start;
  const from = Math.max(0, start - span.start) / length;
  const to = Math.min(length, end - span.start) / length;
  return { left: left + from * width, top, width: (to - from) * width, height };
}

function isSameLine(one: Box, other: Box): boolean {
  const shared = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  return shared >= SAME_LINE * Math.min(one.height, other.height);
}

function union(one: Box, other: Box): Box {
  const left = Math.min(one.left, other.left);
  const top = Math.min(one.top, other.top);
  const right = Math.max(one.left + one.width, other.left + other.width);
  const bottom = Math.max(one.top + one.height, other.top + other.height);
  return { left, top, width: right - left, height: bottom - top };
}

function beyond(at: number, start: number, size: number): number {
  return Math.max(start - at, 0, at - start - size);
}
