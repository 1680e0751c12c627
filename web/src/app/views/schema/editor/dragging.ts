/** Fields are dragged by their lines: before or after another field, or onto a group. */

import type { Signal } from "@preact/signals";
import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachInstruction, extractInstruction, type Operation } from "@atlaskit/pragmatic-drag-and-drop-hitbox/list-item";
import { find, type Place } from "../../../schema/tree.js";
import { groupIn } from "../../../schema/kinds.js";
import type { FieldEditing } from "../../../state/field-editing.js";

export type DropPlace = Operation;

interface Dragged {
  readonly key: number;
  /** Does it hold fields, so that others can be dropped into it? */
  readonly holds: boolean;
  readonly editing: FieldEditing;
  /** Where the field over this line would go. */
  readonly drop: Signal<DropPlace | null>;
}

/** Makes a field's line draggable and a place to drop others; answers with what ends that. */
export function makeDraggable(element: HTMLElement, { key, holds, editing, drop }: Dragged): () => void {
  const clear = (): void => { drop.value = null; };
  return combine(
    draggable({ element, getInitialData: () => ({ field: key }) }),
    dropTargetForElements({
      element,
      canDrop: ({ source }) => typeof source.data.field === "number" && source.data.field !== key && canHold(editing, source.data.field, key),
      getData: ({ input, element: line }) =>
        attachInstruction({}, {
          input,
          element: line,
          operations: { "reorder-before": "available", "reorder-after": "available", combine: holds ? "available" : "not-available" },
        }),
      onDrag: ({ self }) => { drop.value = extractInstruction(self.data)?.operation ?? null; },
      onDragLeave: clear,
      onDrop: ({ self, source }) => {
        clear();
        const operation = extractInstruction(self.data)?.operation;
        const { field } = source.data;
        if (operation === undefined || typeof field !== "number") return;
        const place = placeOf(editing, { field, target: key, operation });
        if (place !== null) editing.moveTo(field, place);
      },
    }),
  );
}

/** A field cannot go into itself. */
function canHold({ schema }: FieldEditing, field: number, target: number): boolean {
  const { value: root } = schema.root;
  return root !== null && find(root, target)?.around.includes(field) !== true;
}

interface Dropped {
  readonly field: number;
  readonly target: number;
  readonly operation: Operation;
}

/** Where the dropped field goes, counted without the field itself. */
function placeOf({ schema }: FieldEditing, { field, target, operation }: Dropped): Place | null {
  const { value: root } = schema.root;
  const over = root === null ? null : find(root, target);
  if (over === null) return null;
  if (operation === "combine") {
    const inside = (groupIn(over.field.draft)?.fields ?? []).filter(({ key }) => key !== field);
    return { parent: target, index: inside.length };
  }
  const others = over.siblings.filter(({ key }) => key !== field);
  const index = others.findIndex(({ key }) => key === target);
  return { parent: over.parent, index: operation === "reorder-before" ? index : index + 1 };
}
