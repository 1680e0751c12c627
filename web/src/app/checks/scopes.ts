/** The objects of an output, each with its pointer: fields are compared with their neighbours only. */

import { isObject, type JsonObject, type JsonValue } from "../../shared/schema.js";

export interface Scope {
  /** JSON pointer; empty for the whole output. */
  readonly pointer: string;
  readonly object: JsonObject;
}

export interface Leaf {
  readonly pointer: string;
  /** The key that it stands under; that of the list for an item. */
  readonly name: string;
  readonly value: JsonValue;
}

/** The value itself where it is an object, and every object within it. */
export function scopesOf(value: JsonValue, pointer = ""): Scope[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => scopesOf(item, `${pointer}/${index}`));
  if (!isObject(value)) return [];
  const inner = Object.entries(value).flatMap(([key, one]) => scopesOf(one, below(pointer, key)));
  return [{ pointer, object: value }, ...inner];
}

/** Every single value. */
export function leavesOf(value: JsonValue, pointer = "", name = ""): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => leavesOf(item, `${pointer}/${index}`, name));
  if (isObject(value)) return Object.entries(value).flatMap(([key, one]) => leavesOf(one, below(pointer, key), key));
  return [{ pointer, name, value }];
}

/** The pointer of a key below a place. */
export function below(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** `invoiceDate`, `invoice_date` → `invoice date`. */
export function wordsOf(name: string): string {
  return name.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, " ").replace(/[^\p{L}\p{N}]+/gu, " ").trim().toLowerCase();
}
