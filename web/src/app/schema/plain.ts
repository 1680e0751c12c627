/**
 * A schema in plainer words that mean the same: references filled in, and `anyOf` with null as a type that may be
 * null. Programs write schemas so (pydantic and zod do), and only in plain words can they be edited as fields.
 */

import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";
import { valueAt } from "./pointer.js";

/** Under these stand schemas by name. */
const BY_NAME = ["properties", "patternProperties", "dependentSchemas"];
/** Under these stands a schema, or a list of them. */
const BELOW = ["items", "additionalProperties", "prefixItems", "allOf", "anyOf", "oneOf", "not"];

/** The value in plain words; the same object where it already is. What refers to itself keeps its reference. */
export function plain(value: JsonValue, whole: JsonValue, within: readonly string[] = []): JsonValue {
  if (!isObject(value)) return value;
  const { $ref: reference } = value;
  if (typeof reference === "string" && reference.startsWith("#/")) return filledIn(value, reference, { whole, within });
  const nullable = nullableOf(value);
  if (nullable !== null) return plain(nullable, whole, within);
  const entries = Object.entries(value).map(([keyword, inner]) => [keyword, plainBelow(keyword, inner, { whole, within })] as const);
  return entries.every(([keyword, inner]) => inner === value[keyword]) ? value : Object.fromEntries(entries);
}

/** Keywords that restrict nothing. */
const NOTES = ["title", "description", "default", "examples", "$comment", "$schema", "$id", "$defs", "definitions"];

/** Can the value be said in plainer words? */
export function canBePlain(value: JsonValue, whole: JsonValue): boolean {
  return plain(value, whole) !== value;
}

interface Around {
  readonly whole: JsonValue;
  /** The references that led here. */
  readonly within: readonly string[];
}

function filledIn(value: JsonSchema, reference: string, { whole, within }: Around): JsonValue {
  const target = valueAt(whole, reference.slice(1));
  if (!isObject(target) || within.includes(reference) || refersTo(target, reference, { whole, within: [] })) return value;
  const beside = Object.fromEntries(Object.entries(value).filter(([keyword]) => keyword !== "$ref"));
  // Rules beside a reference hold as well as those that it leads to: they cannot take their place.
  if (Object.keys(beside).some((keyword) => !NOTES.includes(keyword))) return value;
  return plain({ ...target, ...beside }, whole, [...within, reference]);
}

/** Does the schema come back to the reference? */
function refersTo(value: JsonValue, reference: string, { whole, within }: Around): boolean {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).some((inner) => refersTo(inner, reference, { whole, within }));
  if (!isObject(value)) return false;
  const { $ref: own } = value;
  if (own === reference) return true;
  if (typeof own === "string" && own.startsWith("#/") && !within.includes(own)) {
    const target = valueAt(whole, own.slice(1));
    if (target !== undefined && refersTo(target, reference, { whole, within: [...within, own] })) return true;
  }
  return Object.values(value).some((inner) => refersTo(inner, reference, { whole, within }));
}

/** `{"anyOf": [{"type": "string"}, {"type": "null"}]}` as `{"type": ["string", "null"]}`; null where it is something else. */
function nullableOf(value: JsonSchema): JsonSchema | null {
  const { anyOf: options, ...beside } = value;
  if (!Array.isArray(options) || options.length !== 2) return null;
  const members = options as readonly JsonValue[];
  const other = members.find((member) => !isNull(member));
  if (!members.some(isNull) || !isObject(other) || typeof other.type !== "string" || "const" in other) return null;
  if (Object.keys(beside).some((keyword) => keyword in other && keyword !== "description" && keyword !== "title")) return null;
  const listed = Array.isArray(other.enum) ? { enum: [...(other.enum as readonly JsonValue[]), null] } : {};
  return { ...other, ...listed, ...beside, type: [other.type, "null"] };
}

function isNull(value: JsonValue): boolean {
  return isObject(value) && value.type === "null" && Object.keys(value).length === 1;
}

function plainBelow(keyword: string, value: JsonValue, { whole, within }: Around): JsonValue {
  const one = (inner: JsonValue): JsonValue => plain(inner, whole, within);
  if (BY_NAME.includes(keyword) && isObject(value)) {
    const entries = Object.entries(value).map(([name, inner]) => [name, one(inner)] as const);
    return entries.every(([name, inner]) => inner === value[name]) ? value : Object.fromEntries(entries);
  }
  if (!BELOW.includes(keyword)) return value;
  if (!Array.isArray(value)) return one(value);
  const members = value as readonly JsonValue[];
  const changed = members.map(one);
  return changed.every((inner, index) => inner === members[index]) ? members : changed;
}
