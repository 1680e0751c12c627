/**
 * The flat schema editor's rows, and the way between them and JSON Schema.
 *
 * `toSchema` writes one fixed form for each type; `fromSchema` reads back exactly these forms and refuses
 * everything else, so that nothing of a schema written by hand is lost by looking at it as rows.
 */

import type { JsonSchema, JsonValue } from "../../shared/schema.js";

export const FIELD_TYPES = ["text", "number", "integer", "date", "boolean", "choice", "list"] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export const TYPE_LABELS: Readonly<Record<FieldType, string>> = {
  text: "Text",
  number: "Number",
  integer: "Whole number",
  date: "Date",
  boolean: "Yes or no",
  choice: "Choice",
  list: "List of texts",
};

export interface Row {
  readonly name: string;
  readonly type: FieldType;
  readonly description: string;
  /** May be null in the result. A list never is: it is empty when the document says nothing. */
  readonly optional: boolean;
  /** The values of a choice; empty for other types. */
  readonly options: readonly string[];
}

export const EMPTY_ROW: Row = { name: "", type: "text", description: "", optional: true, options: [] };

/** What is wrong with a row or with the whole, before the engine is asked. */
export interface RowProblem {
  /** Index of the row; -1 where it is about the whole. */
  readonly row: number;
  readonly message: string;
}

const BASE: Readonly<Record<FieldType, { readonly type: string; readonly format?: string }>> = {
  text: { type: "string" },
  number: { type: "number" },
  integer: { type: "integer" },
  date: { type: "string", format: "date" },
  boolean: { type: "boolean" },
  choice: { type: "string" },
  list: { type: "array" },
};

export function toSchema(rows: readonly Row[]): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(rows.map((row) => [row.name.trim(), toProperty(row)])),
    required: rows.map((row) => row.name.trim()),
    additionalProperties: false,
  };
}

function toProperty(row: Row): JsonSchema {
  const { type, format } = BASE[row.type];
  const nullable = row.optional && row.type !== "list";
  const options = row.options.map((option) => option.trim());
  return {
    type: nullable ? [type, "null"] : type,
    ...(format === undefined ? {} : { format }),
    ...(row.type === "choice" ? { enum: nullable ? [...options, null] : options } : {}),
    ...(row.type === "list" ? { items: { type: "string" } } : {}),
    ...(row.description.trim() === "" ? {} : { description: row.description.trim() }),
  };
}

/** The rows of a schema that `toSchema` could have written, or null. */
export function fromSchema(schema: JsonSchema): Row[] | null {
  const { properties } = schema;
  if (!isObject(properties)) return null;
  const rows: Row[] = [];
  for (const [name, property] of Object.entries(properties)) {
    const row = isObject(property) ? fromProperty(name, property) : null;
    if (row === null) return null;
    rows.push(row);
  }
  return sameJson(toSchema(rows), schema) ? rows : null;
}

function fromProperty(name: string, property: JsonSchema): Row | null {
  const types = Array.isArray(property.type) ? property.type : [property.type ?? null];
  const description = typeof property.description === "string" ? property.description : "";
  const type = FIELD_TYPES.find((candidate) => fits(candidate, types, property));
  if (type === undefined) return null;
  const values = type === "choice" && Array.isArray(property.enum) ? property.enum : [];
  const options = values.filter((value) => typeof value === "string");
  return { name, type, description, optional: type === "list" || types.includes("null"), options };
}

function fits(candidate: FieldType, types: readonly JsonValue[], property: JsonSchema): boolean {
  const { type, format } = BASE[candidate];
  const isChoice = property.enum !== undefined;
  return types.includes(type) && property.format === format && isChoice === (candidate === "choice");
}

/** The first thing to mend in each row; none where the rows make a schema. */
export function rowProblems(rows: readonly Row[]): RowProblem[] {
  if (rows.length === 0) return [{ row: -1, message: "There is no field yet. Add one to say what to look for." }];
  const names = rows.map((row) => row.name.trim());
  return rows.flatMap((row, index) => {
    const message = nameProblem(names, index) ?? optionsProblem(row);
    return message === undefined ? [] : [{ row: index, message }];
  });
}

function nameProblem(names: readonly string[], index: number): string | undefined {
  const name = names[index] ?? "";
  if (name === "") return "Give this field a name.";
  if (names.indexOf(name) < index) return `Another field is called “${name}” already. Choose a different name.`;
  return undefined;
}

function optionsProblem({ type, options }: Row): string | undefined {
  if (type !== "choice") return undefined;
  const values = options.map((option) => option.trim());
  if (values.filter((value) => value !== "").length === 0) return "A choice needs at least one value.";
  if (values.includes("")) return "One of the values is empty. Remove it or fill it in.";
  if (new Set(values).size < values.length) return "The same value is listed twice.";
  return undefined;
}

/** The index of the row that a place in the schema (a JSON pointer) belongs to; -1 where it belongs to none. */
export function rowAt(place: string, rows: readonly Row[]): number {
  const [, properties, name] = place.replace(/^#/, "").split("/");
  if (properties !== "properties" || name === undefined) return -1;
  const unescaped = name.replaceAll("~1", "/").replaceAll("~0", "~");
  return rows.findIndex((row) => row.name.trim() === unescaped);
}

export function isObject(value: JsonValue | undefined): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Equal as JSON, whatever the order of keys, except that the fields themselves keep theirs. */
function sameJson(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item as JsonValue, right[index] as JsonValue));
  }
  if (isObject(left) && isObject(right)) {
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => sameJson(left[key], right[key]));
  }
  return left === right;
}
