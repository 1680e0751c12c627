/** What a schema says of one place of its output: enough to write a person's value there. */

import { isObject, type JsonSchema, type JsonValue } from "./schema.js";

/** How a place is left empty: by null, or by leaving it out. */
export function absenceAt(schema: JsonSchema, path: readonly string[]): "null" | "omitted" {
  const place = schemaAt(schema, path);
  if (place === null || allowsNull(schema, place)) return "null";
  const parent = schemaAt(schema, path.slice(0, -1));
  const key = path.at(-1) ?? "";
  const required = Array.isArray(parent?.required) && parent.required.includes(key);
  return required ? "null" : "omitted";
}

/** The keys of the object at a place, in the schema's order. */
export function keyOrder(schema: JsonSchema, path: readonly string[]): readonly string[] {
  const properties = schemaAt(schema, path)?.properties;
  return isObject(properties) ? Object.keys(properties) : [];
}

/** The schema of a place; null where it says nothing of it. */
export function schemaAt(schema: JsonSchema, path: readonly string[]): JsonSchema | null {
  let place = resolve(schema, schema);
  for (const key of path) {
    const next = place === null ? undefined : below(schema, place, key);
    place = isObject(next) ? resolve(schema, next) : null;
  }
  return place;
}

function below(root: JsonSchema, place: JsonSchema, key: string): JsonValue | undefined {
  const { properties, items } = place;
  if (isObject(properties) && Object.hasOwn(properties, key)) return properties[key];
  if (isObject(items) && /^\d+$/.test(key)) return items;
  return membersOf(root, place).map((member) => below(root, member, key)).find((found) => found !== undefined);
}

/** The schemas of which one is to fit. */
function membersOf(root: JsonSchema, { anyOf, oneOf }: JsonSchema): readonly JsonSchema[] {
  const given: readonly unknown[] = [anyOf, oneOf].filter(Array.isArray).flat();
  return given.filter(isObject).map((member) => resolve(root, member)).filter((member) => member !== null);
}

/** Follows references within the schema, as many as it has places. */
function resolve(root: JsonSchema, place: JsonSchema): JsonSchema | null {
  const seen = new Set<string>();
  let now: JsonValue | undefined = place;
  while (isObject(now) && typeof now.$ref === "string") {
    if (!now.$ref.startsWith("#") || seen.has(now.$ref)) return null;
    seen.add(now.$ref);
    now = now.$ref.split("/").slice(1).reduce<JsonValue | undefined>(
      (found, part) => (isObject(found) ? found[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined), root,
    );
  }
  return isObject(now) ? now : null;
}

function allowsNull(root: JsonSchema, place: JsonSchema): boolean {
  const { type, enum: values } = place;
  if (type === "null" || place.const === null) return true;
  if (Array.isArray(type) && type.includes("null")) return true;
  if (Array.isArray(values) && values.includes(null)) return true;
  return membersOf(root, place).some((member) => allowsNull(root, member));
}
