/** What stands in the result where the document does not say a value: two rules of JSON Schema, asked as one question. */

import type { Draft } from "./draft.js";
import { isNullable, withNullable } from "./kinds.js";
import { changeField, find, setRequired } from "./tree.js";

/**
 * `empty`: null. `out`: the key is left out. `always`: there is a value all the same: an empty list, a group
 * with what its fields say, and for a single value the likeliest one.
 */
export const ABSENCES = ["empty", "out", "always"] as const;
export type AbsenceChoice = (typeof ABSENCES)[number];

export function absenceOf(draft: Draft, required: boolean): AbsenceChoice {
  if (isNullable(draft)) return "empty";
  return required ? "always" : "out";
}

export function setAbsence(root: Draft, key: number, absence: AbsenceChoice): Draft {
  const found = find(root, key);
  if (found === null || absenceOf(found.field.draft, found.required) === absence) return root;
  const changed = changeField(root, key, (field) => ({ ...field, draft: withNullable(field.draft, absence === "empty") }));
  return setRequired(changed, key, absence !== "out");
}
