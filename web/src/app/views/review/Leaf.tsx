/** One value: what it is, how sure the model was, where it comes from, and what the person said of it. */

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import type { LeafEntry } from "../../review/entries.js";
import { valueId } from "../../state/review/link-state.js";
import { useApp } from "../context.js";
import { Confidence } from "./Confidence.js";
import { sayFinding } from "./findings.js";
import { LeafActions } from "./LeafActions.js";
import { fieldOf, hasValue, sayPath, sayValue } from "./say.js";
import { showPane } from "./scroll.js";
import { ValueEditor } from "./ValueEditor.js";

interface Props {
  readonly leaf: LeafEntry;
  /** In a list by doubt the names of groups and lists stand before a field's own. */
  readonly alone: boolean;
}

export function Leaf({ leaf, alone }: Props): JSX.Element {
  const { review } = useApp();
  const { pointer, found, state } = leaf;
  const isChosen = useComputed(() => review.chosen.value?.pointer === pointer);
  const isEdited = useComputed(() => review.editing.value?.pointer === pointer);
  const name = alone ? sayPath(pointer) : leaf.name;
  return (
    <li class="leaf" data-testid={`field-${fieldOf(pointer)}`} data-state={hasValue(leaf) ? "value" : state === "pending" ? "pending" : "absent"} data-chosen={isChosen.value} data-review={leaf.review?.status}>
      <div class="value-head">
        <span class="field-name">{name}</span>
        <Status leaf={leaf} />
        {found !== null && <Confidence confidence={found.confidence} />}
      </div>
      {isEdited.value ? <ValueEditor leaf={leaf} name={sayPath(pointer)} /> : <Value leaf={leaf} isChosen={isChosen.value} />}
      <ModelSaid leaf={leaf} />
      {review.findingsOf(pointer).map((finding, index) => <p key={index} class="doubt">{sayFinding(finding)}</p>)}
      {isChosen.value && !isEdited.value && review.open.value && <LeafActions leaf={leaf} />}
    </li>
  );
}

function Status({ leaf: { review } }: { readonly leaf: LeafEntry }): JSX.Element | null {
  if (review === null) return null;
  const sign = { accepted: "✓", corrected: "✎", cleared: "∅" }[review.status];
  return <span class="review-status" data-status={review.status}><span aria-hidden="true">{sign}</span> {t(`review.${review.status}`)}</span>;
}

/** The value is a button that shows its place; one field of all is in the tab order, arrows lead to the others. */
function Value({ leaf, isChosen }: { readonly leaf: LeafEntry; readonly isChosen: boolean }): JSX.Element {
  const { link, review } = useApp();
  const { pointer } = leaf;
  const lit = useComputed(() => link.isLit(pointer));
  const inOrder = isChosen || (review.chosen.value === null && review.leaves.value[0]?.pointer === pointer);
  return (
    <button
      type="button" id={valueId(pointer)} class={lit.value ? "value lit" : "value"} tabIndex={inOrder ? 0 : -1} aria-pressed={isChosen}
      aria-label={`${sayPath(pointer)}: ${wordsOf(leaf)}`}
      onPointerEnter={(event) => { link.hover(event, pointer); }}
      onPointerLeave={() => { link.hovered.value = null; }}
      onFocus={() => { review.choose(pointer); }}
      onClick={() => {
        review.choose(pointer);
        const pane = document.querySelector<HTMLElement>(".looking");
        if (pane !== null && leaf.span !== null) showPane(pane);
      }}
    >
      {hasValue(leaf) ? <span class={leaf.span === null ? "value-text" : "value-text placed"}>{sayValue(leaf.value)}</span> : <span class="none">{wordsOf(leaf)}</span>}
      <Origin leaf={leaf} />
    </button>
  );
}

function wordsOf(leaf: LeafEntry): string {
  if (hasValue(leaf)) return sayValue(leaf.value);
  if (leaf.review?.status === "cleared") return t("review.cleared");
  switch (leaf.state) {
    case "pending": return t("review.pending");
    case "unsought": return t("review.unsought");
    case "absent": case "found": return t("review.absent");
  }
}

/** For a value that was computed: the words it was computed from. For one without a place: that it has none. */
function Origin({ leaf: { span, value, found, review } }: { readonly leaf: LeafEntry }): JSX.Element | null {
  const { text } = useApp().document;
  if (span === null) {
    const isRead = review === null && found !== null && found.origin !== "absent";
    return isRead ? <span class="quiet">{t("review.wholeText")}</span> : null;
  }
  const words = text.value.slice(span.start, span.end);
  return words === sayValue(value) ? null : <span class="quiet">{t("review.from", { words })}</span>;
}

/** Stays beside a person's own value. */
function ModelSaid({ leaf: { found, review } }: { readonly leaf: LeafEntry }): JSX.Element | null {
  if (review === null || review.status === "accepted" || found === null) return null;
  const nothing = found.origin === "absent";
  return <p class="model-said quiet">{nothing ? t("review.modelNothing") : <s>{t("review.modelSaid", { value: sayValue(found.value) })}</s>}</p>;
}
