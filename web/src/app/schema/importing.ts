/**
 * Finds the schemas in what somebody brings along: a JSON Schema, a `response_format`, a tool, a list of tools,
 * or the whole request that one of these was part of.
 */

import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";

export interface Imported {
  /** What it is called there; empty where it has no name. */
  readonly name: string;
  readonly schema: JsonSchema;
}

/** Why nothing was found. */
export type ImportProblem = "not-json" | "no-schema";

/** Where the parts of a request that hold schemas stand in it. */
const HOLDERS = ["response_format", "text", "format", "tools", "functions", "function"];
/** The keys under which a format or a tool keeps its schema. */
const SCHEMA_KEYS = ["schema", "parameters", "input_schema", "inputSchema"];
/** What a JSON Schema of an object says at its top. */
const SIGNS = ["properties", "$ref", "$defs", "definitions", "anyOf", "oneOf", "allOf", "$schema"];

export function recognise(text: string): readonly Imported[] | ImportProblem {
  const value = parsed(withoutFence(text));
  if (value === undefined) return "not-json";
  const found = schemasIn(value, 0);
  return found.length === 0 ? "no-schema" : found;
}

/** Deep enough for a tool in a list in a request. */
const DEEPEST = 4;

function schemasIn(value: JsonValue, depth: number): readonly Imported[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap((member) => schemasIn(member, depth + 1));
  if (!isObject(value)) return [];
  const { json_schema: wrapped } = value;
  if (isObject(wrapped)) return held(wrapped, value);
  if (SCHEMA_KEYS.some((key) => isObject(value[key])) && !isSchema(value)) return held(value, value);
  const inside = HOLDERS.flatMap((key) => (isObject(value[key]) || Array.isArray(value[key]) ? schemasIn(value[key], depth + 1) : []));
  if (inside.length > 0 && !isObject(value.properties)) return inside;
  return isSchema(value) ? [{ name: nameOf(value, "title"), schema: value }] : [];
}

/** The schema that a format or a tool holds, described as a whole by the holder. */
function held(holder: JsonSchema, around: JsonSchema): readonly Imported[] {
  const schema = SCHEMA_KEYS.map((key) => holder[key]).find((one) => isObject(one)) ?? null;
  if (!isObject(schema)) return [];
  return [{ name: nameOf(holder, "name") || nameOf(around, "name") || nameOf(schema, "title"), schema }];
}

function isSchema(value: JsonSchema): boolean {
  return value.type === "object" || SIGNS.some((sign) => sign in value);
}

function nameOf(value: JsonSchema, key: "name" | "title"): string {
  return typeof value[key] === "string" ? value[key].trim() : "";
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Copied from a page or a chat, JSON comes between lines of three ticks. */
function withoutFence(text: string): string {
  return /^\s*```[a-z]*\n([^]*?)\n?```\s*$/iu.exec(text)?.[1] ?? text;
}
