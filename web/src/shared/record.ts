/**
 * What is kept of the work: documents as they were read, results as the model gave them, and what people made of
 * them. A record is written anew as a whole; the model's value is never overwritten by a person's.
 */

import type { Reading, Span } from "./document.js";
import type { ErrorData } from "./errors.js";
import type { Extraction } from "./extraction.js";
import { absenceAt, keyOrder } from "./record-schema.js";
import { isObject, type JsonObject, type JsonSchema, type JsonValue } from "./schema.js";

/** A document whose text is known. It never changes: an edited text is a document of its own. */
export interface DocumentRecord {
  readonly id: string;
  readonly name: string;
  /** Its media type as somebody stated it; may be empty or wrong. */
  readonly type: string;
  /** In bytes; in characters for a text that never was a file. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** The name of the document that it was attached to. */
  readonly within: string | null;
  readonly reading: Reading;
  /** The file itself; null for a text that never was one. */
  readonly original: Blob | null;
}

/** What a person made of one value. */
export interface Review {
  readonly status: "accepted" | "corrected" | "cleared";
  readonly value: JsonValue;
  /** Where the person says that it stands. */
  readonly span: Span | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type ResultStatus = "waiting" | "running" | "done" | "failed" | "cancelled";

/** One document asked by one schema. */
export interface ResultRecord {
  readonly id: string;
  readonly documentId: string;
  readonly documentName: string;
  /** The batch that it is part of; null for a document that was read by itself. */
  readonly batchId: string | null;
  readonly schemaName: string;
  readonly schema: JsonSchema;
  readonly status: ResultStatus;
  readonly extraction: Extraction | null;
  readonly error: ErrorData | null;
  /** Which kind of engine read it, and why not a better one; empty until one has. */
  readonly tier: string;
  readonly why: string;
  readonly model: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  /** How often it was begun. */
  readonly attempts: number;
  /** By the JSON pointer of the leaf: `/total`, `/items/0/price`. */
  readonly reviews: { readonly [field: string]: Review };
}

/** Whether nothing more is to come. */
export function isSettled({ status }: Pick<ResultRecord, "status">): boolean {
  return status === "done" || status === "failed" || status === "cancelled";
}

/** The output with the person's values over the model's, in the schema's order of keys. */
export function reviewedOutput({ extraction, reviews, schema }: Pick<ResultRecord, "extraction" | "reviews" | "schema">): JsonObject {
  const output: JsonObject = extraction?.output ?? {};
  const entries = Object.entries(reviews).map(([field, review]) => ({ path: pathOf(field), review }));
  entries.sort((left, right) => compare(left.path, right.path));
  const whole = entries.reduce<JsonValue>((before, { path, review }) => {
    return isGone(schema, path, review) ? before : withValue(before, path, review.value, schema);
  }, output);
  // The last place of a list goes first, so that the others keep their numbers until it is their turn.
  const left = entries.reduceRight<JsonValue>((before, { path, review }) => {
    return isGone(schema, path, review) ? withValue(before, path, undefined, schema) : before;
  }, whole);
  return isObject(left) ? left : output;
}

/** `/a~1b/0` → `["a/b", "0"]`. */
export function pathOf(pointer: string): readonly string[] {
  return pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A cleared value that the schema does not let be null is left out. */
function isGone(schema: JsonSchema, path: readonly string[], { status, value }: Review): boolean {
  return status === "cleared" && value === null && absenceAt(schema, path) === "omitted";
}

/** A copy of `whole` in which `value` stands at `path`; undefined takes away what stands there. */
function withValue(whole: JsonValue | undefined, path: readonly string[], value: JsonValue | undefined, schema: JsonSchema, at = 0): JsonValue {
  const key = path[at];
  if (key === undefined) return value ?? null;
  const inner = (old: JsonValue | undefined): JsonValue | undefined => {
    return at === path.length - 1 ? value : withValue(old, path, value, schema, at + 1);
  };
  const isNew = whole === undefined || whole === null;
  if (isList(whole) || (isNew && /^\d+$/.test(key))) return withItem(isList(whole) ? whole : [], Number(key), inner);
  return withKey(isObject(whole) ? whole : {}, key, inner, keyOrder(schema, path.slice(0, at)));
}

function withKey(object: JsonObject, key: string, inner: (old: JsonValue | undefined) => JsonValue | undefined, order: readonly string[]): JsonValue {
  const now = inner(Object.hasOwn(object, key) ? object[key] : undefined);
  const entries = Object.entries(object).filter(([name]) => name !== key);
  if (now !== undefined) entries.push([key, now]);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(entries.sort(([left], [right]) => rank(left) - rank(right)));
}

function withItem(list: readonly JsonValue[], index: number, inner: (old: JsonValue | undefined) => JsonValue | undefined): JsonValue {
  const now = inner(list[index]);
  const place = Math.min(index, list.length); // A new item follows the last one.
  return [...list.slice(0, place), ...(now === undefined ? [] : [now]), ...list.slice(place + 1)];
}

function compare(left: readonly string[], right: readonly string[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index] ?? "";
    if (part !== other) return Number(part) - Number(other) || (part < other ? -1 : 1);
  }
  return left.length - right.length;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The reviews with a person's word on one field set, or taken away. */
export function withReview<T extends Pick<ResultRecord, "reviews">>(record: T, field: string, review: Review | null): T {
  const others = Object.entries(record.reviews).filter(([name]) => name !== field);
  return { ...record, reviews: Object.fromEntries(review === null ? others : [...others, [field, review]]) };
}
