/** JSON values and the part of JSON Schema (draft 2020-12) that the page and the engine speak. */

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

/** A JSON Schema as it was given; the engine's compiler decides what it can enforce. */
export type JsonSchema = JsonObject;

/** Is it an object: not a list, not null? */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
