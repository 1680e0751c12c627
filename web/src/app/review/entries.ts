/**
 * A result as people read it: a tree of groups, lists and single values, in the schema's order.
 *
 * - Before a field is found it stands there all the same, as one that is still looked for.
 * - What the schema leaves open (one of several shapes) is shown as it was found.
 * - A person's value counts before the model's, which stays beside it.
 */

import type { Span } from "../../shared/document.js";
import type { FieldResult, FieldValue } from "../../shared/extraction.js";
import { pathOf, type Review } from "../../shared/record.js";
import { keyOrder, schemaAt } from "../../shared/record-schema.js";
import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";
import { below } from "../checks/scopes.js";
import { type Form, formAt } from "./form.js";

export type Entry = LeafEntry | GroupEntry;

export interface LeafEntry {
  readonly kind: "leaf";
  /** JSON pointer into the output. */
  readonly pointer: string;
  /** The key, or the number of a list's item. */
  readonly name: string;
  /** `unsought`: the run ended before it was looked for. */
  readonly state: "pending" | "found" | "absent" | "unsought";
  /** The model's answer. */
  readonly found: FieldValue | null;
  readonly review: Review | null;
  /** What counts: the person's value, else the model's. */
  readonly value: JsonValue;
  /** Where that stands. */
  readonly span: Span | null;
  readonly form: Form;
}

export interface GroupEntry {
  /** An object; a list, of single values or of rows; a row of such a list. */
  readonly kind: "group" | "list" | "row";
  readonly pointer: string;
  readonly name: string;
  /** The place of a row as a whole. */
  readonly span: Span | null;
  /** A person has taken the row out of its list. */
  readonly removed: boolean;
  readonly entries: readonly Entry[];
}

export interface Result {
  readonly schema: JsonSchema;
  readonly fields: readonly FieldResult[];
  readonly reviews: { readonly [field: string]: Review };
  /** Whether more fields are to come. */
  readonly active: boolean;
}

export function entriesOf(result: Result): readonly Entry[] {
  return new Builder(result).members("", []);
}

/** The single values that count, in their order. */
export function leavesOf(entries: readonly Entry[]): readonly LeafEntry[] {
  return entries.flatMap((entry) => {
    if (entry.kind === "leaf") return [entry];
    return entry.removed ? [] : leavesOf(entry.entries);
  });
}

/** The places that a person may add to lists: the next value, or each column of the next row. */
export function openPlaces(entries: readonly Entry[], schema: JsonSchema): readonly string[] {
  return entries.flatMap((entry) => {
    if (entry.kind === "leaf") return [];
    const inner = openPlaces(entry.entries, schema);
    if (entry.kind !== "list") return inner;
    const items = entry.entries.filter(({ pointer }) => pointer !== entry.pointer);
    const next = `${entry.pointer}/${1 + Math.max(-1, ...items.map(({ pointer }) => Number(pathOf(pointer).at(-1))))}`;
    const columns = keyOrder(schema, pathOf(next));
    return [...inner, ...(columns.length === 0 ? [next] : columns.map((column) => below(next, column)))];
  });
}

class Builder {
  readonly #byPath: ReadonlyMap<string, FieldResult>;
  /** The keys that results and reviews have below each place, in their order. */
  readonly #keys = new Map<string, Set<string>>();

  constructor(readonly result: Result) {
    this.#byPath = new Map(result.fields.map((field) => [field.path, field]));
    for (const path of [...this.#byPath.keys(), ...Object.keys(result.reviews)]) this.#noteKeys(path);
  }

  members(pointer: string, path: readonly string[]): readonly Entry[] {
    const keys = new Set([...keyOrder(this.result.schema, path), ...(this.#keys.get(pointer) ?? [])]);
    return [...keys].map((key) => this.#entry(below(pointer, key), [...path, key]));
  }

  #noteKeys(pointer: string): void {
    for (let at = pointer.lastIndexOf("/"); at >= 0; at = pointer.lastIndexOf("/", at - 1)) {
      const keys = this.#keys.get(pointer.slice(0, at)) ?? new Set();
      const [key] = pathOf(pointer.slice(at));
      this.#keys.set(pointer.slice(0, at), key === undefined ? keys : keys.add(key));
      if (at === 0) return;
    }
  }

  #entry(pointer: string, path: readonly string[]): Entry {
    const name = path.at(-1) ?? "";
    const place = schemaAt(this.result.schema, path);
    const keys = [...(this.#keys.get(pointer) ?? [])];
    if (isObject(place?.items) || hasType(place, "array")) return this.#list(pointer, path, name);
    const isGroup = isObject(place?.properties) || keys.some((key) => !/^\d+$/.test(key));
    if (isGroup) return { kind: "group", pointer, name, span: null, removed: false, entries: this.members(pointer, path) };
    return this.#leaf(pointer, path, this.#byPath.get(pointer)?.values[0] ?? null);
  }

  #list(pointer: string, path: readonly string[], name: string): Entry {
    const values = foundOf(this.#byPath.get(pointer));
    const numbers = [...(this.#keys.get(pointer) ?? [])].map(Number).filter(Number.isInteger);
    const length = Math.max(values.length, 1 + Math.max(-1, ...numbers));
    const rows = isRowList(this.result.schema, path);
    const entries = Array.from({ length }, (_, index): Entry => {
      const at = `${pointer}/${index}`;
      const inner = [...path, `${index}`];
      if (!rows) return this.#leaf(at, inner, values[index] ?? null);
      const removed = this.result.reviews[at]?.status === "cleared";
      return { kind: "row", pointer: at, name: `${index + 1}`, span: values[index]?.evidence ?? null, removed, entries: this.members(at, inner) };
    });
    // An empty list is an answer too, to be accepted as such.
    return { kind: "list", pointer, name, span: null, removed: false, entries: length > 0 ? entries : [this.#leaf(pointer, path, this.#emptyList(pointer))] };
  }

  #emptyList(pointer: string): FieldValue | null {
    const result = this.#byPath.get(pointer);
    return result === undefined ? null : { value: result.value, origin: "absent", evidence: null, confidence: result.confidence };
  }

  #leaf(pointer: string, path: readonly string[], found: FieldValue | null): LeafEntry {
    const review = this.result.reviews[pointer] ?? null;
    const last = path.at(-1) ?? "";
    const isItem = /^\d+$/.test(last) && this.#byPath.has(pointer.slice(0, pointer.lastIndexOf("/")));
    return {
      kind: "leaf", pointer, found, review,
      name: isItem ? `${Number(last) + 1}` : last,
      state: this.#stateOf(found),
      ...standing(found, review),
      form: formAt(this.result.schema, path),
    };
  }

  #stateOf(found: FieldValue | null): LeafEntry["state"] {
    if (found !== null) return found.origin === "absent" ? "absent" : "found";
    return this.result.active ? "pending" : "unsought";
  }
}

/** What counts: the person's word, else the model's. */
function standing(found: FieldValue | null, review: Review | null): Pick<LeafEntry, "value" | "span"> {
  if (review !== null) return { value: review.value, span: review.span };
  return { value: found?.value ?? null, span: found?.evidence ?? null };
}

function foundOf(result: FieldResult | undefined): readonly FieldValue[] {
  return result?.values.filter(({ origin }) => origin !== "absent") ?? [];
}

/** Is a list one of objects? */
function isRowList(schema: JsonSchema, path: readonly string[]): boolean {
  return isObject(schemaAt(schema, [...path, "0"])?.properties);
}

function hasType(place: JsonSchema | null, wanted: string): boolean {
  return place?.type === wanted || (Array.isArray(place?.type) && place.type.includes(wanted));
}
