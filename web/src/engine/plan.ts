/**
 * A JSON Schema, compiled once into the fields to ask for and the rules to hold each answer to.
 *
 * What cannot be enforced is refused here, with its place in the schema; nothing is ignored. The
 * keywords follow JSON Schema 2020-12. For now a schema is flat: one object of single values and
 * lists of strings.
 */

import type { Format } from "./constraint/formats.js";
import { InputError } from "../shared/errors.js";
import type { JsonSchema, JsonValue } from "../shared/schema.js";
import { Keywords, isList, isObject } from "./keywords.js";

/** What stands in the output when the document does not say it. */
export type Absence = "null" | "omit" | "never";

export interface Field {
  readonly name: string;
  /** JSON pointer into the output. */
  readonly path: string;
  readonly description: string;
  readonly absence: Absence;
  readonly kind: FieldKind;
}

export type { Format } from "./constraint/formats.js";

export interface StringKind {
  readonly type: "string";
  /** Lengths in code points. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Regular expressions (ECMA-262, without anchors of their own unless they write them); all must match. */
  readonly patterns: readonly string[];
  readonly format: Format | null;
  /** `"x-excerpt": "free"`: written in the model's own words, not held to the document. */
  readonly free: boolean;
}

export interface NumberKind {
  readonly type: "number";
  readonly integer: boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly exclusiveMinimum: number;
  readonly exclusiveMaximum: number;
  readonly multipleOf: number | null;
}

export interface DateKind {
  readonly type: "date";
}

/** One of the schema's own values: enum, const, boolean. Never null: absence says whether null is possible. */
export interface ChoiceKind {
  readonly type: "choice";
  readonly values: readonly JsonValue[];
}

export interface ListKind {
  readonly type: "list";
  readonly item: LeafKind;
  readonly minItems: number;
  readonly maxItems: number;
  readonly uniqueItems: boolean;
}

/** What a single value can be. */
export type LeafKind = StringKind | NumberKind | DateKind | ChoiceKind;

export type FieldKind = LeafKind | ListKind;

export interface Plan {
  /** In the order of the schema's properties, which is the order of the output's keys. */
  readonly fields: readonly Field[];
}

/** A list longer than this is cut by rule, not by chance: the schema may ask for less. */
export const MAX_ITEMS = 200;

/**
 * @throws InputError `schema-refused`, with the place (JSON pointer into the schema) and what to change.
 */
export function compile(schema: JsonSchema): Plan {
  const root = new Keywords(schema, "");
  root.expectType("object");
  const properties = root.object("properties");
  if (properties === null || Object.keys(properties).length === 0) {
    throw refuse("/properties", "The schema has no properties, so there is nothing to look for.", "Add at least one field.");
  }
  const required = root.strings("required");
  const unknown = required.find((name) => !Object.hasOwn(properties, name));
  if (unknown !== undefined) {
    throw refuse("/required", `“${unknown}” is required but is not among the properties.`, "Add the property or take it out of “required”.");
  }
  root.additionalProperties();
  root.done();
  const fields = Object.entries(properties).map(([name, value]) => compileField(name, value, required.includes(name)));
  return { fields };
}

function compileField(name: string, schema: JsonValue, required: boolean): Field {
  const place = `/properties/${pointerPart(name)}`;
  const { keywords, nullable } = withoutNull(new Keywords(schema, place));
  const description = keywords.text("description") ?? keywords.text("title") ?? "";
  const kind = compileKind(keywords);
  keywords.done();
  const absence = nullable ? "null" : required ? "never" : "omit";
  return { name, path: `/${pointerPart(name)}`, description, absence, kind };
}

/** Takes null out of `type`, `anyOf`/`oneOf` and `enum`, and says whether it was there. */
function withoutNull(keywords: Keywords): { keywords: Keywords; nullable: boolean } {
  const branch = keywords.soleBranchBesideNull();
  if (branch !== null) return { keywords: branch, nullable: true };
  const values = keywords.peek("enum");
  const nullListed = isList(values) ? values.includes(null) : null;
  const nullType = keywords.dropNullType();
  return { keywords, nullable: nullType ? nullListed !== false : nullListed === true && !keywords.has("type") };
}

function compileKind(keywords: Keywords): FieldKind {
  if (keywords.has("enum") || keywords.has("const")) return compileChoice(keywords);
  const type = keywords.soleType();
  switch (type) {
    case "string":
      return compileString(keywords);
    case "number":
    case "integer":
      return compileNumber(keywords, type === "integer");
    case "boolean":
      return { type: "choice", values: [true, false] };
    case "array":
      return compileList(keywords);
    default:
      throw refuse(keywords.place, `A field of type “${type}” cannot be filled yet.`, "Use text, number, date, yes/no, a choice or a list of texts.");
  }
}

function compileChoice(keywords: Keywords): ChoiceKind {
  const constant = keywords.take("const");
  const listed = keywords.values("enum");
  const declared = keywords.has("type") ? keywords.soleType() : null;
  let values = listed ?? [];
  if (constant !== undefined) values = listed === null || listed.includes(constant) ? [constant] : [];
  values = values.filter((value) => value !== null && (declared === null || typeOf(value, declared)));
  const odd = values.find((value) => isObject(value) || isList(value));
  if (odd !== undefined) {
    throw refuse(`${keywords.place}/enum`, "A choice among objects or lists cannot be enforced yet.", "Use texts, numbers or yes/no as the choices.");
  }
  if (values.length === 0) {
    throw refuse(keywords.place, "No value fits this field: its choices exclude each other.", "Check “enum”, “const” and “type”.");
  }
  return { type: "choice", values: [...new Set(values)] };
}

function typeOf(value: JsonValue, type: string): boolean {
  if (type === "integer") return typeof value === "number" && Number.isInteger(value);
  return typeof value === type;
}

function compileString(keywords: Keywords): StringKind | DateKind {
  const format = keywords.text("format");
  if (format === "date") return { type: "date" };
  if (format !== null) {
    throw refuse(`${keywords.place}/format`, `The format “${format}” cannot be enforced yet.`, "Use “date”, or leave the format out.");
  }
  const minLength = keywords.count("minLength") ?? 0;
  const maxLength = keywords.count("maxLength") ?? Number.POSITIVE_INFINITY;
  if (maxLength < Math.max(minLength, 1)) {
    throw refuse(`${keywords.place}/maxLength`, `No text can be as short as ${String(maxLength)} here.`, "Raise “maxLength”.");
  }
  return { type: "string", minLength, maxLength, patterns: [], format: null, free: false };
}

function compileNumber(keywords: Keywords, integer: boolean): NumberKind {
  const multipleOf = keywords.number("multipleOf");
  if (multipleOf !== null && multipleOf <= 0) {
    throw refuse(`${keywords.place}/multipleOf`, `“multipleOf” is ${String(multipleOf)}.`, "It must be greater than 0.");
  }
  return {
    type: "number",
    integer,
    minimum: keywords.number("minimum") ?? Number.NEGATIVE_INFINITY,
    maximum: keywords.number("maximum") ?? Number.POSITIVE_INFINITY,
    exclusiveMinimum: keywords.number("exclusiveMinimum") ?? Number.NEGATIVE_INFINITY,
    exclusiveMaximum: keywords.number("exclusiveMaximum") ?? Number.POSITIVE_INFINITY,
    multipleOf,
  };
}

function compileList(keywords: Keywords): ListKind {
  const items = keywords.take("items");
  if (items === undefined) {
    throw refuse(`${keywords.place}/items`, "The list does not say what its items are.", "Add “items” with type “string”.");
  }
  const inner = new Keywords(items, `${keywords.place}/items`);
  if (inner.has("enum") || inner.has("const") || inner.soleType() !== "string") {
    throw refuse(inner.place, "Only lists of texts can be filled yet.", "Use items of type “string”.");
  }
  const item = compileString(inner);
  if (item.type !== "string") throw refuse(inner.place, "Lists of dates cannot be filled yet.", "Leave the format of the items out.");
  inner.annotations();
  inner.done();
  const minItems = keywords.count("minItems") ?? 0;
  const maxItems = Math.min(keywords.count("maxItems") ?? MAX_ITEMS, MAX_ITEMS);
  if (maxItems < minItems) {
    throw refuse(`${keywords.place}/minItems`, `A list of at least ${String(minItems)} and at most ${String(maxItems)} items cannot be filled.`, `Ask for at most ${String(MAX_ITEMS)} items.`);
  }
  return { type: "list", item, minItems, maxItems, uniqueItems: keywords.boolean("uniqueItems") ?? false };
}

/** A key as a part of a JSON pointer (RFC 6901, section 3). */
export function pointerPart(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function refuse(place: string, message: string, advice: string): InputError {
  return new InputError("schema-refused", message, advice, place);
}
