/** The text as it was read, with the place of each value marked. A mark leads to its field; words can be selected. */

import { useComputed, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Span } from "../../../shared/document.js";
import type { AppState } from "../../app-state.js";
import { t } from "../../i18n/index.js";
import { type Mark as MarkPiece, markText, type Piece, placesOf } from "../../review/marks.js";
import { markId } from "../../state/review/link-state.js";
import { useApp } from "../context.js";
import { focusValue } from "./acts.js";
import { fieldOf, sayPath } from "./say.js";
import { showInPane } from "./scroll.js";
import { onDocumentKey } from "./selection-keys.js";
import { firstShown, rangeOf, selectedSpan } from "./text-ranges.js";

export function TextView({ shown }: { readonly shown: boolean }): JSX.Element {
  const app = useApp();
  const { document: source, review } = app;
  const pane = useRef<HTMLDivElement>(null);
  const pieces = useComputed(() => markText(source.text.value, placesOf(review.entries.value)));
  useEffect(() => {
    if (!shown) return undefined;
    showChosen(app, pane.current);
    return follow(app, pane);
  }, [shown]);
  useSignalEffect(() => { if (app.link.chosen.value !== null) showChosen(app, pane.current); });
  useSignalEffect(() => {
    const { value: span } = app.selection.span;
    if (!app.selection.byHand) showSelection(span, pane.current);
  });
  return (
    <div
      ref={pane} hidden={!shown} class={shown ? "text marked looking" : "text marked"} role="group" aria-label={t("review.textLabel")} tabIndex={0}
      onKeyDown={(event) => { onDocumentKey(event, app, () => startFrom(app, event.currentTarget)); }}
    >
      <Pieces pieces={pieces.value} />
    </div>
  );
}

/** Takes over what is selected by mouse or finger; the hand that is still selecting is not led back to what it has left. */
function follow({ selection }: AppState, pane: { readonly current: HTMLElement | null }): () => void {
  const take = (): void => {
    const span = pane.current === null ? null : selectedSpan(pane.current);
    if (span !== null) selection.take(span);
    else if (selection.span.peek() !== null && isElsewhere(pane.current)) selection.clear();
  };
  document.addEventListener("selectionchange", take);
  return () => { document.removeEventListener("selectionchange", take); };
}

/** Whether a click into the text has taken the selection away; the focus may go to the fields without that. */
function isElsewhere(pane: HTMLElement | null): boolean {
  const selection = getSelection();
  return selection?.isCollapsed === true && pane?.contains(selection.anchorNode) === true;
}

/** Shows what keys have selected, or that nothing is. */
function showSelection(span: Span | null, pane: HTMLElement | null): void {
  if (pane === null || pane.hidden) return;
  if (span === null) {
    if (selectedSpan(pane) !== null) getSelection()?.removeAllRanges();
    return;
  }
  const range = rangeOf(pane, span);
  getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  showInPane(range.getBoundingClientRect(), pane);
}

function showChosen({ link }: AppState, pane: HTMLElement | null): void {
  const mark = document.getElementById(markId(link.chosen.value ?? ""));
  if (pane !== null && !pane.hidden && mark !== null) showInPane(mark.getBoundingClientRect(), pane);
}

/** Keys begin at the chosen value's place, else at what can be seen. */
function startFrom({ review }: AppState, pane: HTMLElement): number {
  return review.chosen.value?.span?.start ?? firstShown(pane);
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }): JSX.Element {
  return <>{pieces.map((piece, index) => (typeof piece === "string" ? piece : <Mark key={index} mark={piece} />))}</>;
}

function Mark({ mark }: { readonly mark: MarkPiece }): JSX.Element {
  const { link } = useApp();
  const { place: { pointer, field, row }, first, pieces } = mark;
  const lit = useComputed(() => link.isLit(pointer));
  const open = (event: Event): void => {
    if (getSelection()?.isCollapsed === false || row) return; // Words were selected, none was clicked on.
    event.stopPropagation();
    focusValue(pointer);
  };
  // A mark around other marks is reached by the pointer and from its field; a button may not hold buttons.
  const words = pieces.filter((piece) => typeof piece === "string");
  const label = t("review.place", { name: sayPath(pointer), value: words.join("") });
  const button = words.length < pieces.length || !first || row ? {} : { role: "button" as const, tabIndex: 0, "aria-label": label };
  return (
    <mark
      {...button}
      {...(first ? { id: markId(pointer) } : {})}
      class={[row ? "row" : "", lit.value ? "lit" : ""].join(" ").trim()}
      data-field={fieldOf(field)} title={sayPath(pointer)}
      onClick={open}
      onKeyDown={(event) => { if (event.target === event.currentTarget && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); open(event); } }}
      onPointerOver={(event) => { if (!row) { event.stopPropagation(); link.hover(event, pointer); } }}
      onPointerOut={() => { link.hovered.value = null; }}
    >
      <Pieces pieces={pieces} />
    </mark>
  );
}
