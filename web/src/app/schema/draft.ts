/**
 * A schema while it is edited: a tree of fields that keeps every keyword as it was written.
 *
 * `writeDraft(readDraft(schema))` is the same schema, down to the order of its keys, whatever it says:
 * what the editor does not show stays among the keywords. Fields have a key of their own beside their name,
 * so that two may have the same name, or none, while somebody types.
 */

import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";

export interface Draft {
  /** All keywords in their order. Those that are read into the members below stand for their place only. */
  readonly keywords: JsonSchema;
  /** The `properties`; null where there are none that could be fields. */
  readonly fields: readonly DraftField[] | null;
  /** The `required`; null where it is no list. */
  readonly required: readonly RequiredName[] | null;
  /** The `items`; null where they are no schema. */
  readonly item: Draft | null;
  /** Instead of all that: a schema that is no object, such as `true`. */
  readonly bare?: JsonValue;
}

export interface DraftField {
  /** Stable while the field is renamed and moved; the root has ROOT. */
  readonly key: number;
  readonly name: string;
  readonly draft: Draft;
}

/** An entry of `required`: a field of the draft, or a value that names none. */
export type RequiredName = { readonly field: number } | { readonly other: JsonValue };

export const ROOT = 0;

/** Gives keys that no field had before. */
export class Keys {
  #last = ROOT;

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}

export function readDraft(schema: JsonValue, keys: Keys): Draft {
  if (!isObject(schema)) return { keywords: {}, fields: null, required: null, item: null, bare: schema };
  const { properties, required, items } = schema;
  const fields = isObject(properties) ? Object.entries(properties).map(([name, value]) => ({ key: keys.next(), name, draft: readDraft(value, keys) })) : null;
  const keyOf = new Map(fields?.map(({ name, key }) => [name, key]));
  const names = Array.isArray(required) ? (required as readonly JsonValue[]).map((name) => requiredName(name, keyOf)) : null;
  const item = isObject(items) || typeof items === "boolean" ? readDraft(items, keys) : null;
  const kept = Object.entries(schema).map(([keyword, value]) => [keyword, isRead(keyword, { fields, required: names, item }) ? null : value]);
  return { keywords: Object.fromEntries(kept) as JsonSchema, fields, required: names, item };
}

export function writeDraft(draft: Draft): JsonValue {
  if (draft.bare !== undefined) return draft.bare;
  const written = Object.entries(draft.keywords).map(([keyword, value]) => [keyword, isRead(keyword, draft) ? writeMember(keyword, draft) : value]);
  return Object.fromEntries(written) as JsonSchema;
}

/** A draft with other members, whose keywords are there to say where they stand. */
export function withMembers(draft: Draft, members: Partial<Pick<Draft, "fields" | "required" | "item">>): Draft {
  const { keywords, fields, required, item } = { ...draft, ...members };
  const missing = (keyword: string, member: unknown): JsonSchema => (member === null || keyword in keywords ? {} : { [keyword]: null });
  return {
    keywords: { ...keywords, ...missing("properties", fields), ...missing("required", required), ...missing("items", item) },
    fields, required, item,
  };
}

/** A draft with one keyword changed, or without it; the others stay where they are. */
export function withKeyword(draft: Draft, keyword: string, value: JsonValue | undefined): Draft {
  const { keywords, fields, required, item } = draft;
  if (value !== undefined) return { keywords: { ...keywords, [keyword]: value }, fields, required, item };
  const others = Object.entries(keywords).filter(([name]) => name !== keyword);
  return { keywords: Object.fromEntries(others), fields, required, item };
}

type Members = Pick<Draft, "fields" | "required" | "item">;

/** Is the keyword's value in a member, and not among the keywords? */
function isRead(keyword: string, { fields, required, item }: Members): boolean {
  return (keyword === "properties" && fields !== null) || (keyword === "required" && required !== null) || (keyword === "items" && item !== null);
}

function requiredName(name: JsonValue, keyOf: ReadonlyMap<string, number>): RequiredName {
  const field = typeof name === "string" ? keyOf.get(name) : undefined;
  return field === undefined ? { other: name } : { field };
}

function writeMember(keyword: string, { fields, required, item }: Draft): JsonValue {
  if (keyword === "properties") return Object.fromEntries((fields ?? []).map(({ name, draft }) => [name, writeDraft(draft)]));
  if (keyword === "items") return item === null ? true : writeDraft(item);
  const nameOf = new Map(fields?.map(({ key, name }) => [key, name]));
  return (required ?? []).flatMap((entry) => ("other" in entry ? [entry.other] : nameOf.get(entry.field) ?? []));
}
