/** Between places of a text and places of the elements that show it, which hold the text and nothing else. */

import type { Span } from "../../../shared/document.js";

/** Within the pane's own padding, in pixels. */
const BEYOND_THE_EDGE = 36;

/** What of the selection lies in the pane, as a span of its text; null where none of it does. */
export function selectedSpan(pane: HTMLElement): Span | null {
  const selection = getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!pane.contains(range.commonAncestorContainer)) return null;
  const before = document.createRange();
  before.setStart(pane, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return { start, end: start + range.toString().length };
}

/** The elements' range that shows a span. */
export function rangeOf(pane: HTMLElement, span: Span): Range {
  const range = document.createRange();
  const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { length } = node.nodeValue ?? "";
    if (span.start >= at && span.start <= at + length) range.setStart(node, span.start - at);
    if (span.end <= at + length) {
      range.setEnd(node, span.end - at);
      break;
    }
    at += length;
  }
  return range;
}

/** The offset in the text of what is shown at the pane's upper edge; 0 where the browser cannot tell. */
export function firstShown(pane: HTMLElement): number {
  const { left, top } = pane.getBoundingClientRect();
  const page = document as Partial<Pick<Document, "caretPositionFromPoint">>;
  const caret = page.caretPositionFromPoint?.call(document, left + BEYOND_THE_EDGE, top + BEYOND_THE_EDGE) ?? null;
  if (caret === null || !pane.contains(caret.offsetNode)) return 0;
  const before = document.createRange();
  before.setStart(pane, 0);
  before.setEnd(caret.offsetNode, caret.offset);
  return before.toString().length;
}
