/** What kind of value a draft asks for, read from its keywords, and changed there. */

import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";
import { type Draft, withKeyword, withMembers } from "./draft.js";

export const KINDS = ["text", "number", "integer", "date", "boolean", "choice", "group", "list"] as const;
export type Kind = (typeof KINDS)[number];

/** Kinds that a list may hold: a list of lists cannot be told apart in a document. */
export const ENTRY_KINDS = KINDS.filter((kind) => kind !== "list");

/** Formats to choose from, of those that the engine enforces and that stand in documents as they are. */
export const FORMATS = ["email", "uri", "time", "date-time", "duration", "uuid", "hostname", "ipv4", "ipv6"] as const;

const TYPE_OF: Readonly<Record<Kind, string>> = {
  text: "string", number: "number", integer: "integer", date: "string", boolean: "boolean", choice: "string", group: "object", list: "array",
};

/** Ours: a text with the value `free` is written by the model in its own words, and not held to the document. */
const FREE = "x-excerpt";
const OF_TEXT = ["pattern", "format", "minLength", "maxLength", FREE];
const OF_NUMBERS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
const OF_GROUPS = [
  "properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties", "propertyNames",
  "dependencies", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
];
const OF_LISTS = ["items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "unevaluatedItems"];
const OF_VALUES = ["enum", "const"];
const COMBINING = ["$ref", "anyOf", "oneOf", "allOf", "not", "if", "then", "else"];

/** The keywords that say what a value may be, and not what it means. */
const RULES = ["type", ...OF_TEXT, ...OF_NUMBERS, ...OF_GROUPS, ...OF_LISTS, ...OF_VALUES, ...COMBINING];

/** Those that the editor shows, by kind; the rest is kept and named. */
const SHOWN: Readonly<Record<Kind, readonly string[]>> = {
  text: ["pattern", "format", FREE], number: [], integer: [], date: ["format"], boolean: [], choice: ["enum"],
  group: ["properties", "required"], list: ["items"],
};

/** The kind; `other` where the editor has no word for it, and the JSON is shown instead. */
export function kindOf({ keywords, fields, item, bare }: Draft): Kind | "other" {
  if (bare !== undefined) return "other";
  const types = typesOf(keywords).filter((type) => type !== "null");
  const [type, another] = types;
  if (another !== undefined) return "other";
  if (type === undefined) return untypedKind(keywords, fields !== null, item !== null);
  if (type === "string") return textKind(keywords);
  if (type === "object") return "group";
  if (type === "array") return "list";
  return type === "number" || type === "integer" || type === "boolean" ? type : "other";
}

function untypedKind(keywords: JsonSchema, hasFields: boolean, hasItem: boolean): Kind | "other" {
  if (COMBINING.some((keyword) => keyword in keywords) || "type" in keywords) return "other";
  if (hasFields) return "group";
  if (hasItem) return "list";
  return "enum" in keywords ? textKind(keywords) : "other";
}

function textKind({ enum: values, format }: JsonSchema): Kind | "other" {
  if (values === undefined) return format === "date" ? "date" : "text";
  return Array.isArray(values) && (values as readonly JsonValue[]).every((value) => typeof value === "string" || value === null) ? "choice" : "other";
}

function typesOf({ type }: JsonSchema): readonly JsonValue[] {
  if (Array.isArray(type)) return type as readonly JsonValue[];
  return type === undefined ? [] : [type];
}

/** May the value be null? */
export function isNullable({ keywords }: Draft): boolean {
  const listed = Array.isArray(keywords.enum) ? (keywords.enum as readonly JsonValue[]) : null;
  const typed = "type" in keywords ? typesOf(keywords).includes("null") : listed !== null;
  return typed && (listed === null || listed.includes(null));
}

export function withNullable(draft: Draft, nullable: boolean): Draft {
  const types = typesOf(draft.keywords).filter((type) => type !== "null");
  const [only, another] = types;
  const plain = another === undefined ? only : types;
  const changed = types.length === 0 ? draft : withKeyword(draft, "type", nullable ? [...types, "null"] : plain);
  const listed = draft.keywords.enum;
  if (!Array.isArray(listed)) return changed;
  const values = (listed as readonly JsonValue[]).filter((value) => value !== null);
  return withKeyword(changed, "enum", nullable ? [...values, null] : values);
}

export function descriptionOf({ keywords }: Draft): string {
  return typeof keywords.description === "string" ? keywords.description : "";
}

/** The text of a keyword, `pattern` or `format`; empty where there is none. */
export function textOf({ keywords }: Draft, keyword: "pattern" | "format"): string {
  const value = keywords[keyword];
  return typeof value === "string" ? value : "";
}

/** Is the text written in the model's own words? */
export function isFree({ keywords }: Draft): boolean {
  return keywords[FREE] === "free";
}

export function withFree(draft: Draft, free: boolean): Draft {
  return withKeyword(draft, FREE, free ? "free" : undefined);
}

export function withText(draft: Draft, keyword: "description" | "pattern" | "format", text: string): Draft {
  return withKeyword(draft, keyword, text === "" ? undefined : text);
}

/** The values of a choice. */
export function optionsOf({ keywords }: Draft): readonly string[] {
  const listed = Array.isArray(keywords.enum) ? (keywords.enum as readonly JsonValue[]) : [];
  return listed.filter((value) => typeof value === "string");
}

export function withOptions(draft: Draft, options: readonly string[]): Draft {
  return withKeyword(draft, "enum", isNullable(draft) ? [...options, null] : options);
}

/** Rules that hold and that the editor does not show, by their keyword. */
export function hiddenRules(draft: Draft): readonly string[] {
  const kind = kindOf(draft);
  if (kind === "other") return [];
  const known = ["type", ...SHOWN[kind], ...(kind === "group" && draft.keywords.additionalProperties === false ? ["additionalProperties"] : [])];
  return Object.keys(draft.keywords).filter((keyword) => RULES.includes(keyword) && !known.includes(keyword));
}

/** A new draft of a kind: for a value it may be null, for what holds others it is there. */
export function newDraft(kind: Kind, keywords: JsonSchema = {}): Draft {
  const type = TYPE_OF[kind];
  if (kind === "list") return withMembers({ ...EMPTY, keywords: { type, ...keywords } }, { item: withNullable(newDraft("text"), false) });
  if (kind === "group") return withMembers({ ...EMPTY, keywords: { type, properties: null, required: null, additionalProperties: false, ...keywords } }, { fields: [], required: [] });
  const rules: JsonSchema = kind === "date" ? { format: "date" } : kind === "choice" ? { enum: [null] } : {};
  return { ...EMPTY, keywords: { type: [type, "null"], ...rules, ...keywords } };
}

const EMPTY: Draft = { keywords: {}, fields: null, required: null, item: null };

/**
 * The draft as another kind. What it says beside its rules stays. A list takes what was there as its entries,
 * and what was a list becomes what its entries were, where that is of the kind asked for.
 */
export function withKind(draft: Draft, kind: Kind): Draft {
  const before = kindOf(draft);
  if (before === kind) return draft;
  if (kind === "list") return listOf(draft);
  const notes = withoutRules(draft.keywords);
  if (before === "list" && draft.item !== null && kindOf(draft.item) === kind) {
    const entry = withNullable(draft.item, kind !== "group");
    return { ...entry, keywords: { ...entry.keywords, ...notes } };
  }
  const fresh = newDraft(kind, { ...keptRules(draft.keywords, before, kind), ...notes });
  const wasHeld = before === "other" || before === "list" || before === "group";
  return wasHeld || kind === "group" ? fresh : withNullable(fresh, isNullable(draft));
}

function listOf(draft: Draft): Draft {
  const list = newDraft("list", withoutRules(draft.keywords));
  if (kindOf(draft) === "other") return list;
  const rules = Object.fromEntries(Object.entries(draft.keywords).filter(([keyword]) => RULES.includes(keyword)));
  return { ...list, item: withNullable({ ...draft, keywords: rules }, false) };
}

/** A list whose entries are of another kind. */
export function withEntryKind(list: Draft, kind: Kind): Draft {
  const entry = list.item === null ? newDraft(kind) : withKind(list.item, kind);
  return withMembers(list, { item: withNullable(entry, false) });
}

function withoutRules(keywords: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(keywords).filter(([keyword]) => !RULES.includes(keyword)));
}

/** Bounds hold for both kinds of numbers. */
function keptRules(keywords: JsonSchema, before: Kind | "other", kind: Kind): JsonSchema {
  const numbers = (one: Kind | "other"): boolean => one === "number" || one === "integer";
  if (!numbers(before) || !numbers(kind)) return {};
  return Object.fromEntries(Object.entries(keywords).filter(([keyword]) => OF_NUMBERS.includes(keyword)));
}

/** The group that a draft holds fields in: itself, or what a list repeats. */
export function groupIn(draft: Draft): Draft | null {
  const kind = kindOf(draft);
  if (kind === "list") return draft.item === null ? null : groupIn(draft.item);
  return kind === "group" ? draft : null;
}

/** Are these keywords a schema that could be edited as a list of fields? */
export function isGroup(schema: JsonValue): schema is JsonSchema {
  return isObject(schema) && (schema.type === "object" || isObject(schema.properties));
}
