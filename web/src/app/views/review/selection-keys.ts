/** Selecting words by keys, in the text and on the pages. */

import type { AppState } from "../../app-state.js";
import type { Way } from "../../review/words.js";
import { focusValue } from "./acts.js";

const WAYS: Readonly<Record<string, Way>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", Home: "start", End: "end" };

/** @param start where the first word is looked for that the keys select */
export function onDocumentKey(event: KeyboardEvent, { selection, review, link }: AppState, start: () => number): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  const way = WAYS[key];
  if (way !== undefined) {
    event.preventDefault();
    selection.step(way, event.shiftKey, selection.span.value === null ? start() : 0);
  } else if (key === "Enter" && selection.span.value !== null && event.target === event.currentTarget) {
    event.preventDefault();
    document.querySelector<HTMLElement>(".assign [data-first]")?.focus();
  } else if (key === "Escape") {
    selection.clear();
    if (review.open.value) focusValue(link.chosen.value);
  }
}
