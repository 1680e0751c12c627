/**
 * The columns of a table of results: one for each leaf of the schema, groups taken apart (`seller.city`). A list of
 * plain values is one column; a list of rows is a table of its own.
 */

import { schemaAt } from "../../shared/record-schema.js";
import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";

export interface Column {
  /** As it stands at the column's head: `seller.city`. */
  readonly title: string;
  /** Where its value is, from the row's own object on. */
  readonly path: readonly string[];
  /** `list`: of plain values. `rows`: a list of objects, with columns of its own. */
  readonly kind: "value" | "list" | "rows";
}

/** A schema that names no fields has no columns but the whole. */
export function columnsOf(schema: JsonSchema, path: readonly string[] = []): readonly Column[] {
  return leaves(schema, path, [], new Set());
}

/** The columns of a list of rows; its items' own. */
export function rowColumnsOf(schema: JsonSchema, { path }: Column): readonly Column[] {
  const found = leaves(schema, [...path, "0"], [], new Set());
  return found.length > 0 ? found : [{ title: path.at(-1) ?? "", path: [], kind: "value" }];
}

/** The value of a column; undefined where there is none. */
export function valueAt(output: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => {
    if (Array.isArray(value)) return (value as readonly JsonValue[])[Number(key)];
    return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }, output);
}

/** `["a/b", "0"]` → `/a~1b/0`. */
export function pointerOf(path: readonly string[]): string {
  return path.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function leaves(root: JsonSchema, base: readonly string[], path: readonly string[], seen: ReadonlySet<JsonSchema>): readonly Column[] {
  const place = schemaAt(root, [...base, ...path]);
  if (place === null || seen.has(place)) return path.length === 0 ? [] : [column(path, "value")];
  const { properties } = place;
  if (isObject(properties)) {
    const within = new Set([...seen, place]);
    return Object.keys(properties).flatMap((key) => leaves(root, base, [...path, key], within));
  }
  if (path.length === 0) return [];
  return [column(path, kindOf(root, [...base, ...path], place))];
}

function kindOf(root: JsonSchema, path: readonly string[], { items }: JsonSchema): Column["kind"] {
  if (!isObject(items)) return "value";
  return isObject(schemaAt(root, [...path, "0"])?.properties) ? "rows" : "list";
}

function column(path: readonly string[], kind: Column["kind"]): Column {
  return { title: path.join("."), path, kind };
}
