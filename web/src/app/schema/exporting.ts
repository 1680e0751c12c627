/** A schema in the forms that other programs take. */

import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";

export const EXPORT_FORMS = ["schema", "response-format", "tool"] as const;
export type ExportForm = (typeof EXPORT_FORMS)[number];

/** The JSON text of a schema in one of the forms. */
export function exported(schema: JsonSchema, name: string, form: ExportForm): string {
  return `${JSON.stringify(wrapped(schema, asName(name), form), null, 2)}\n`;
}

/** A file's name for it. */
export function exportName(name: string, form: ExportForm): string {
  return `${asName(name)}${form === "schema" ? ".schema" : `.${form}`}.json`;
}

function wrapped(schema: JsonSchema, name: string, form: ExportForm): object {
  switch (form) {
    case "schema":
      return schema;
    case "response-format":
      return { type: "json_schema", json_schema: { name, strict: isStrict(schema), schema } };
    case "tool":
      return { type: "function", function: { name, parameters: schema } };
  }
}

/** What is called strict asks of every object that it requires all its keys and allows no other. */
function isStrict(value: JsonValue): boolean {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).every(isStrict);
  if (!isObject(value)) return true;
  const { properties, required, additionalProperties } = value;
  const names = isObject(properties) ? Object.keys(properties) : [];
  const listed = Array.isArray(required) ? (required as readonly JsonValue[]) : [];
  const whole = !isObject(properties) || (additionalProperties === false && names.every((name) => listed.includes(name)));
  return whole && Object.values(value).every(isStrict);
}

const LONGEST_NAME = 64;

/** Letters, digits, `_` and `-`, as these forms ask for. */
function asName(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^a-zA-Z0-9_-]+/gu, "_").replace(/^_+|_+$/gu, "");
  return plain.slice(0, LONGEST_NAME) || "excerpt";
}
