/** JSON pointers (RFC 6901), plain or as a part of an address. */

import { isObject, type JsonValue } from "../../shared/schema.js";

/** What a pointer leads to. */
export function valueAt(whole: JsonValue, pointer: string): JsonValue | undefined {
  return partsOf(pointer).reduce<JsonValue | undefined>((value, part) => {
    if (Array.isArray(value)) return (value as readonly JsonValue[])[Number(part)];
    return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, whole);
}

/** The keys along a pointer. */
export function partsOf(pointer: string): readonly string[] {
  return pointer.replace(/^#/u, "").split("/").slice(1).map((part) => decoded(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** In addresses some characters are written by their number. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
