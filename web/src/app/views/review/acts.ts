/** What keys and buttons do with the chosen value, and where the focus goes then. */

import type { AppState } from "../../app-state.js";
import { plainText } from "../../review/plain-text.js";
import { valueId } from "../../state/review/link-state.js";
import { showAndFocus } from "./scroll.js";

/** Where a value stands among the fields. */
export function focusValue(pointer: string | null): void {
  if (pointer === null) return;
  // The button may only be there once the editor in its place is gone.
  requestAnimationFrame(() => { showAndFocus(document.getElementById(valueId(pointer))); });
}

export function goBy({ review }: AppState, by: 1 | -1): void {
  focusValue(review.step(by));
}

export function acceptAndGoOn({ review }: AppState): void {
  if (review.accept()) focusValue(review.step(1));
}

export function correctValue({ review }: AppState): void {
  const { value: leaf } = review.chosen;
  if (leaf !== null) review.edit(leaf.value === null ? "" : plainText(leaf.value));
}

export function clearValue({ review }: AppState): void {
  review.clear();
  focusValue(review.chosen.value?.pointer ?? review.step(1));
}

export function undoLast({ review }: AppState): void {
  focusValue(review.undo());
}

export function redoLast({ review }: AppState): void {
  focusValue(review.redo());
}

/** Writes the selected words into a field. */
export async function useSelection({ review, selection }: AppState, pointer: string): Promise<void> {
  const { value: span } = selection.span;
  if (span === null) return;
  const taken = await review.assign(pointer, span);
  selection.clear();
  if (taken) focusValue(pointer);
}

/** To the document, where words can be selected by keys. */
export function goToDocument(): void {
  showAndFocus(document.querySelector<HTMLElement>(".looking"));
}
