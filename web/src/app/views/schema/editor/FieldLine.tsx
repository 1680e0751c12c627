/** A field in one line: pressed it opens, dragged or with the keys it moves. */

import type { JSX, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useSignal, useSignalEffect } from "@preact/signals";
import { t } from "../../../i18n/index.js";
import type { AbsenceChoice } from "../../../schema/absence.js";
import type { Draft, DraftField } from "../../../schema/draft.js";
import { descriptionOf, groupIn, kindOf } from "../../../schema/kinds.js";
import { kindLabel, listLabel } from "../../../schema/labels.js";
import type { Direction } from "../../../schema/tree.js";
import { type FieldEditing, shownName } from "../../../state/field-editing.js";
import { type DropPlace, makeDraggable } from "./dragging.js";
import { useEditing } from "./editing-context.js";

interface Props {
  readonly field: DraftField;
  readonly absence: AbsenceChoice;
  readonly open: boolean;
}

export function FieldLine({ field, absence, open }: Props): JSX.Element {
  const editing = useEditing();
  const line = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const drop = useSignal<DropPlace | null>(null);
  const holds = groupIn(field.draft) !== null;
  useEffect(() => (line.current === null ? undefined : makeDraggable(line.current, { key: field.key, holds, editing, drop })), [field.key, holds]);
  useSignalEffect(() => {
    if (editing.focus.value !== field.key) return;
    editing.focus.value = null;
    button.current?.focus();
  });
  return (
    <div class="field-row" ref={line} data-drop={drop.value ?? undefined}>
      <span class="handle" aria-hidden="true" title={t("schema.drag")}>⠿</span>
      <button
        type="button" class="field-line" ref={button} aria-expanded={open} aria-description={t("schema.keysHint")}
        onClick={() => { editing.toggle(field.key); }} onKeyDown={(event) => { onKey(editing, field.key, event); }}
      >
        <span class="field-name">{shownName(field.name)}</span>
        <span class="field-type">{typeLabel(field.draft, absence)}</span>
        {!open && <span class="field-description">{descriptionOf(field.draft)}</span>}
      </button>
    </div>
  );
}

function typeLabel(draft: Draft, absence: AbsenceChoice): string {
  const kind = kindOf(draft);
  if (kind === "list") return listLabel(draft.item === null ? "other" : kindOf(draft.item));
  return absence === "always" && kind !== "group" && kind !== "other" ? `${kindLabel(kind)}, ${t("schema.always")}` : kindLabel(kind);
}

const DIRECTIONS: Readonly<Record<string, Direction>> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "out", ArrowRight: "in" };

function onKey(editing: FieldEditing, key: number, event: TargetedKeyboardEvent<HTMLButtonElement>): void {
  const direction = event.altKey ? DIRECTIONS[event.key] : undefined;
  if (direction === undefined && event.key !== "Delete" && event.key !== "Backspace") return;
  event.preventDefault();
  if (direction === undefined) editing.remove(key);
  else editing.move(key, direction);
}
