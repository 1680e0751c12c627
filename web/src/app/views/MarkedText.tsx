/** The text as it was read, with the place of each value marked. A mark leads to its field. */

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { fieldName } from "../format.js";
import { markId, valueId } from "../state/link-state.js";
import { markText, type Mark as MarkPiece, type Piece, placesOf } from "../text/marks.js";
import { useApp } from "./context.js";
import { showValue } from "./scroll.js";

export function MarkedText(): JSX.Element {
  const { document: source, run } = useApp();
  const pieces = useComputed(() => markText(source.text.value, placesOf(run.fields.value)));
  return (
    <div class="text marked" role="group" aria-label="Text of the document, with the places of the values marked" tabIndex={0}>
      <Pieces pieces={pieces.value} />
    </div>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly Piece[] }): JSX.Element {
  return <>{pieces.map((piece, index) => (typeof piece === "string" ? piece : <Mark key={index} mark={piece} />))}</>;
}

function Mark({ mark }: { readonly mark: MarkPiece }): JSX.Element {
  const { link } = useApp();
  const { place, first, pieces } = mark;
  const lit = useComputed(() => link.isLit(place));
  const holdsMarks = pieces.some((piece) => typeof piece !== "string");
  const open = (event: Event): void => {
    event.stopPropagation();
    showValue(document.getElementById(valueId(place)));
  };
  // A mark around other marks is reached by the pointer and from its field; a button may not hold buttons.
  const button = holdsMarks || !first ? {} : { role: "button" as const, tabIndex: 0 };
  return (
    <mark
      {...button}
      {...(first ? { id: markId(place) } : {})}
      class={lit.value ? "lit" : ""}
      data-field={fieldName(place.path)}
      title={fieldName(place.path)}
      onClick={open}
      onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(event); } }}
      onPointerOver={(event) => { event.stopPropagation(); link.hover(event, place); }}
      onPointerOut={() => { link.hovered.value = null; }}
      onFocus={() => { link.focused.value = place; }}
      onBlur={() => { link.focused.value = null; }}
    >
      <Pieces pieces={pieces} />
    </mark>
  );
}
