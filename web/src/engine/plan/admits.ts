/** Does a value belong to a node? Asked of values that the schema itself names: enum, const. */

import { JsonNumber, decimal } from "../constraint/number.js";
import { accepts } from "../constraint/machine.js";
import { compilePattern } from "../constraint/pattern.js";
import { isList, isObject } from "./keywords.js";
import { speaks } from "./language.js";
import type { ArrayPart, Extras, Lazy, Node, ObjectPart, Part } from "./nodes.js";
import type { JsonValue } from "../../shared/schema.js";

export function admits(node: Node, value: JsonValue): boolean {
  return node.parts.some((part) => partAdmits(part, value));
}

export function partAdmits(part: Part, value: JsonValue): boolean {
  switch (part.type) {
    case "literal":
      return part.values.some((one) => equal(one, value));
    case "number":
      return typeof value === "number" && accepts(new JsonNumber(part), decimal(value));
    case "text":
      return typeof value === "string" && speaks(part, value);
    case "array":
      return isList(value) && arrayAdmits(part, value);
    case "object":
      return isObject(value) && objectAdmits(part, value);
  }
}

function arrayAdmits(part: ArrayPart, items: readonly JsonValue[]): boolean {
  if (items.length < part.minItems || items.length > part.maxItems) return false;
  if (part.unique && items.some((item, i) => items.slice(0, i).some((before) => equal(before, item)))) return false;
  return items.every((item, i) => admits((part.first[i] ?? part.rest).node, item));
}

function objectAdmits(part: ObjectPart, value: { readonly [key: string]: JsonValue }): boolean {
  const entries = Object.entries(value);
  if (entries.length < part.minProperties || entries.length > part.maxProperties) return false;
  if (part.slots.some(({ name, required }) => required && !Object.hasOwn(value, name))) return false;
  return entries.every(([name, inner]) => rulesFor(part, name).every(({ node }) => admits(node, inner)));
}

/** Everything that holds for the value of a key. */
export function rulesFor(part: ObjectPart, name: string): readonly Lazy[] {
  const slot = part.slots.find((one) => one.name === name);
  return slot === undefined ? part.extras.flatMap((extras) => extraRules(extras, name)) : [slot.node];
}

function extraRules({ patterns, rest }: Extras, name: string): readonly Lazy[] {
  const matching = patterns.filter(({ source }) => finds(source, name));
  return matching.length === 0 ? [rest] : matching.map(({ node }) => node);
}

/** Does the expression find a match in the text? */
export function finds(source: string, text: string): boolean {
  const machine = compilePattern(source);
  return machine.accepting(Array.from(text).reduce((state, character) => machine.step(state, character.codePointAt(0) ?? 0), machine.initial));
}

/** Equality of JSON values (2020-12, core 4.2.2): the order of keys does not count. */
export function equal(a: JsonValue, b: JsonValue): boolean {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((item, i) => equal(item, b[i] ?? null));
  if (!isObject(a)) return a === b;
  if (!isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key] ?? null, b[key] ?? null));
}
