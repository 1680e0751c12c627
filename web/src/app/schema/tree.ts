/** Changes to a tree of fields, each field found by its key. A change gives a new tree; the old one is for undo. */

import { type Draft, type DraftField, ROOT, withMembers } from "./draft.js";
import { groupIn } from "./kinds.js";

/** Where a field stands. */
export interface Place {
  /** The field whose group it is in, or ROOT. */
  readonly parent: number;
  readonly index: number;
}

export interface Found extends Place {
  readonly field: DraftField;
  /** The keys of the fields around it, the outermost first. */
  readonly around: readonly number[];
  readonly required: boolean;
  /** The fields beside it, itself included. */
  readonly siblings: readonly DraftField[];
}

/** All fields that the editor shows, in the order of the page. */
export function allFields(root: Draft, parent = ROOT, around: readonly number[] = []): readonly Found[] {
  const group = groupIn(root);
  const siblings = group?.fields ?? [];
  return siblings.flatMap((field, index) => {
    const required = isRequired(group, field.key);
    return [{ field, parent, index, around, required, siblings }, ...allFields(field.draft, field.key, [...around, field.key])];
  });
}

export function find(root: Draft, key: number): Found | null {
  return allFields(root).find(({ field }) => field.key === key) ?? null;
}

export function changeField(root: Draft, key: number, change: (field: DraftField) => DraftField): Draft {
  return onEveryGroup(root, (group) => {
    if (!holds(group, key)) return group;
    return withMembers(group, { fields: (group.fields ?? []).map((field) => (field.key === key ? change(field) : field)) });
  });
}

export function setRequired(root: Draft, key: number, required: boolean): Draft {
  return onEveryGroup(root, (group) => {
    if (!holds(group, key) || isRequired(group, key) === required) return group;
    return withMembers(group, { required: required ? [...(group.required ?? []), { field: key }] : withoutKey(group, key) });
  });
}

export function removeField(root: Draft, key: number): Draft {
  return onEveryGroup(root, (group) => {
    if (!holds(group, key)) return group;
    return withMembers(group, { fields: (group.fields ?? []).filter((field) => field.key !== key), required: withoutKey(group, key) });
  });
}

export function insertField(root: Draft, { parent, index }: Place, field: DraftField, required: boolean): Draft {
  const insert = (group: Draft): Draft => {
    const fields = [...(group.fields ?? [])];
    fields.splice(index, 0, field);
    return withMembers(group, { fields, required: required ? [...(group.required ?? []), { field: field.key }] : group.required });
  };
  if (parent === ROOT) return onGroup(root, insert);
  return changeField(root, parent, (one) => ({ ...one, draft: onGroup(one.draft, insert) }));
}

/** The tree with the field at another place; the same tree where it cannot be there. */
export function moveField(root: Draft, key: number, to: Place): Draft {
  const found = find(root, key);
  if (found === null || to.parent === key || find(root, to.parent)?.around.includes(key) === true) return root;
  const removed = removeField(root, key);
  const sameGroup = to.parent === found.parent;
  if (sameGroup && to.index === found.index) return root;
  const moved = insertField(removed, to, found.field, found.required);
  return sameGroup ? withRequiredOf(moved, root, key) : moved;
}

export type Direction = "up" | "down" | "in" | "out";

/** The place that a step leads to; null where there is none. */
export function step(root: Draft, key: number, direction: Direction): Place | null {
  const found = find(root, key);
  if (found === null) return null;
  const { parent, index, siblings } = found;
  if (direction === "up") return index > 0 ? { parent, index: index - 1 } : null;
  if (direction === "down") return index < siblings.length - 1 ? { parent, index: index + 1 } : null;
  if (direction === "out") return placeAfter(root, parent);
  const before = siblings[index - 1];
  const group = before === undefined ? null : groupIn(before.draft);
  return before === undefined || group === null ? null : { parent: before.key, index: group.fields?.length ?? 0 };
}

function placeAfter(root: Draft, key: number): Place | null {
  const around = find(root, key);
  return around === null ? null : { parent: around.parent, index: around.index + 1 };
}

/** The order of `required` stays where only the order of the fields has changed. */
function withRequiredOf(moved: Draft, before: Draft, key: number): Draft {
  const group = groupAround(before, key);
  return onEveryGroup(moved, (one) => (group !== null && holds(one, key) ? { ...one, required: group.required } : one));
}

function groupAround(draft: Draft, key: number): Draft | null {
  const group = groupIn(draft);
  if (group === null || holds(group, key)) return group;
  return (group.fields ?? []).map((field) => groupAround(field.draft, key)).find((found) => found !== null) ?? null;
}

function onGroup(draft: Draft, change: (group: Draft) => Draft): Draft {
  const group = groupIn(draft);
  if (group === null) return draft;
  return group === draft ? change(draft) : { ...draft, item: draft.item === null ? null : onGroup(draft.item, change) };
}

/** Innermost groups first. A group that did not change is the same object afterwards. */
function onEveryGroup(draft: Draft, change: (group: Draft) => Draft): Draft {
  return onGroup(draft, (group) => {
    const fields = group.fields ?? [];
    const inner = fields.map((field) => {
      const changed = onEveryGroup(field.draft, change);
      return changed === field.draft ? field : { ...field, draft: changed };
    });
    return change(inner.every((field, index) => field === fields[index]) ? group : { ...group, fields: inner });
  });
}

function holds(group: Draft, key: number): boolean {
  return (group.fields ?? []).some((field) => field.key === key);
}

function isRequired(group: Draft | null, key: number): boolean {
  return (group?.required ?? []).some((entry) => "field" in entry && entry.field === key);
}

function withoutKey({ required }: Draft, key: number): Draft["required"] {
  return required?.filter((entry) => !("field" in entry && entry.field === key)) ?? null;
}
