/** Intersection of objects. */

import { rulesFor } from "./admits.js";
import { ANY, NEVER, type Extras, type Lazy, type ObjectPart, type Slot } from "./nodes.js";

/** The values that are both; null where it is plain that there are none. The first one's keys come first. */
export function meetObjects(a: ObjectPart, b: ObjectPart, meet: (lazies: readonly Lazy[]) => Lazy): ObjectPart | null {
  const names = [...new Set([...a.slots, ...b.slots].map(({ name }) => name))];
  const needs = new Set([...a.slots, ...b.slots].filter(({ required }) => required).map(({ name }) => name));
  const slots: Slot[] = names.map((name) => ({ name, node: meet([...rulesFor(a, name), ...rulesFor(b, name)]), required: needs.has(name) }));
  if (slots.some(({ node, required }) => required && node === NEVER)) return null;
  const minProperties = Math.max(a.minProperties, b.minProperties);
  const maxProperties = Math.min(a.maxProperties, b.maxProperties);
  if (minProperties > maxProperties) return null;
  return { type: "object", slots, extras: simplified([...a.extras, ...b.extras]), minProperties, maxProperties };
}

/** Without those that say nothing, and nothing but “none” where none are allowed. */
export function simplified(extras: readonly Extras[]): readonly Extras[] {
  const closed = extras.find(({ patterns, rest }) => patterns.length === 0 && rest === NEVER);
  if (closed !== undefined) return [closed];
  return [...new Set(extras)].filter(({ patterns, rest }) => rest !== ANY || patterns.some(({ node }) => node !== ANY));
}
