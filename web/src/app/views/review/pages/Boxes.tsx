/**
 * Over a page's picture: a box for the place of each value, and for the selected words.
 *
 * A click on a box chooses its field. A mouse selects words by dragging or clicking, a finger by tapping on the
 * first word and then on the last.
 */

import { useComputed } from "@preact/signals";
import type { JSX, SVGAttributes } from "preact";
import { useRef } from "preact/hooks";
import type { PageLayout, Span } from "../../../../shared/document.js";
import { t } from "../../../i18n/index.js";
import { type Box, boxesOf, wordAt } from "../../../review/boxes.js";
import { leavesOf, type LeafEntry } from "../../../review/entries.js";
import { useApp } from "../../context.js";
import { focusValue } from "../acts.js";
import { sayPath, sayValue } from "../say.js";

interface Props {
  readonly layout: PageLayout;
  readonly span: Span;
  readonly number: number;
  readonly near: boolean;
}

export function Boxes({ layout, span, number, near }: Props): JSX.Element {
  const { review, selection } = useApp();
  const leaves = near ? leavesOf(review.entries.value).filter((leaf) => leaf.span !== null && touches(leaf.span, span)) : [];
  const { value: selected } = selection.span;
  const drag = useDragging(layout);
  return (
    <svg class="page-boxes" viewBox={`0 0 ${layout.width} ${layout.height}`} role="group" aria-label={t("review.page", { number })} {...drag}>
      {leaves.map((leaf) => <Place key={leaf.pointer} leaf={leaf} layout={layout} />)}
      {near && selected !== null && boxesOf(layout, selected).map((box, index) => <rect key={index} class="box-selected" {...rectOf(box, layout)} />)}
    </svg>
  );
}

function Place({ leaf, layout }: { readonly leaf: LeafEntry; readonly layout: PageLayout }): JSX.Element {
  const { link } = useApp();
  const { pointer, span, value } = leaf;
  const lit = useComputed(() => link.isLit(pointer));
  const boxes = span === null ? [] : boxesOf(layout, span);
  return (
    <g
      class={lit.value ? "box lit" : "box"} data-pointer={pointer} role="button" tabindex={0} aria-label={t("review.place", { name: sayPath(pointer), value: sayValue(value) })}
      onPointerEnter={(event) => { link.hover(event, pointer); }}
      onPointerLeave={() => { link.hovered.value = null; }}
      onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); focusValue(pointer); } }}
    >
      {boxes.map((box, index) => <rect key={index} {...rectOf(box, layout)} />)}
    </g>
  );
}

type Dragging = Required<Pick<SVGAttributes<SVGSVGElement>, "onPointerDown" | "onPointerMove" | "onPointerUp" | "onClick">>;

/** What a pointer does on the page. */
function useDragging(layout: PageLayout): Dragging {
  const { selection } = useApp();
  /** The word that the mouse went down on, until it is dragged to another one. */
  const from = useRef<number | null>(null);
  const dragged = useRef(false);
  return {
    onPointerDown: (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      from.current = offsetAt(event, layout);
      dragged.current = false;
    },
    onPointerMove: (event) => {
      const at = from.current === null || event.buttons !== 1 ? null : offsetAt(event, layout);
      if (from.current === null || at === null || (at === from.current && !dragged.current)) return;
      if (!dragged.current) {
        event.currentTarget.setPointerCapture(event.pointerId);
        selection.point(from.current);
      }
      dragged.current = true;
      selection.point(at, true);
    },
    onPointerUp: () => { from.current = null; },
    onClick: (event) => {
      const at = offsetAt(event, layout);
      const box = event.target instanceof Element ? event.target.closest<SVGElement>(".box")?.dataset.pointer : undefined;
      if (dragged.current) dragged.current = false;
      else if (box !== undefined && selection.span.value === null) focusValue(box);
      else if (at !== null) selection.point(at, event.shiftKey || (isTouch(event) && selection.span.value !== null));
    },
  };
}

/** The offset in the text of the word that is pointed at. */
function offsetAt({ clientX, clientY, currentTarget }: MouseEvent & { readonly currentTarget: Element }, layout: PageLayout): number | null {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return wordAt(layout, (clientX - left) / width, (clientY - top) / height)?.span.start ?? null;
}

function isTouch(event: MouseEvent): boolean {
  return event instanceof PointerEvent && event.pointerType !== "mouse";
}

function rectOf({ left, top, width, height }: Box, page: PageLayout): { x: number; y: number; width: number; height: number } {
  return { x: left * page.width, y: top * page.height, width: width * page.width, height: height * page.height };
}

function touches(one: Span, other: Span): boolean {
  return one.start < other.end && one.end > other.start;
}
