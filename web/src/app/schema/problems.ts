/** What is wrong with a draft before the engine is asked, and which field the engine's answer is about. */

import { isObject, type JsonValue } from "../../shared/schema.js";
import { type Draft, type DraftField, ROOT, writeDraft } from "./draft.js";
import { groupIn, kindOf, optionsOf } from "./kinds.js";
import { partsOf, valueAt } from "./pointer.js";
import { allFields } from "./tree.js";

export type ProblemCode = "no-fields" | "no-name" | "same-name" | "no-options";

export interface DraftProblem {
  /** The field, or ROOT where it is about the whole. */
  readonly key: number;
  readonly code: ProblemCode;
  readonly name: string;
}

/** The first thing to mend in each field; none where the fields make a schema. */
export function draftProblems(root: Draft): readonly DraftProblem[] {
  const fields = allFields(root);
  if (fields.length === 0) return [{ key: ROOT, code: "no-fields", name: "" }];
  return fields.flatMap(({ field, siblings, index }) => {
    const code = nameProblem(siblings, index) ?? valueProblem(field.draft);
    return code === null ? [] : [{ key: field.key, code, name: field.name.trim() }];
  });
}

function nameProblem(siblings: readonly DraftField[], index: number): ProblemCode | null {
  const names = siblings.map(({ name }) => name.trim());
  const name = names[index] ?? "";
  if (name === "") return "no-name";
  return names.indexOf(name) < index ? "same-name" : null;
}

function valueProblem(draft: Draft): ProblemCode | null {
  const kind = kindOf(draft);
  if (kind === "choice") return optionsOf(draft).length === 0 ? "no-options" : null;
  if (kind === "group") return (groupIn(draft)?.fields ?? []).length === 0 ? "no-fields" : null;
  return kind === "list" && draft.item !== null ? valueProblem(draft.item) : null;
}

/** The innermost field that a place in the schema (a JSON pointer) belongs to; ROOT where it belongs to none. */
export function fieldAt(root: Draft, place: string): number {
  const path = partsOf(place);
  const [first, name] = path;
  if ((first === "$defs" || first === "definitions") && name !== undefined) return firstReferring(root, place.replace(/^#/u, ""));
  return walk(root, path, ROOT);
}

function walk(draft: Draft, path: readonly string[], key: number): number {
  const [keyword, name, ...rest] = path;
  const kind = kindOf(draft);
  if (kind === "list" && keyword === "items" && draft.item !== null) return walk(draft.item, path.slice(1), key);
  if (kind !== "group" || keyword !== "properties") return key;
  const field = draft.fields?.find((one) => one.name === name);
  return field === undefined ? key : walk(field.draft, rest, field.key);
}

/** The first field that refers, straight or by way of other definitions, to the definition at the place. */
function firstReferring(root: Draft, place: string): number {
  const whole = writeDraft(root);
  const wanted = place.split("/").slice(0, 3).join("/");
  const found = allFields(root).find(({ field }) => groupIn(field.draft) === null && reaches(writeDraft(field.draft), wanted, whole, new Set()));
  return found?.field.key ?? ROOT;
}

function reaches(value: JsonValue, wanted: string, whole: JsonValue, seen: Set<string>): boolean {
  return referencesIn(value).some((reference) => {
    if (reference === wanted || reference.startsWith(`${wanted}/`)) return true;
    if (seen.has(reference)) return false;
    seen.add(reference);
    const target = valueAt(whole, reference);
    return target !== undefined && reaches(target, wanted, whole, seen);
  });
}

function referencesIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = typeof value.$ref === "string" && value.$ref.startsWith("#") ? [value.$ref.slice(1)] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}
