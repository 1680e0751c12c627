/** What a line of a history file must be, to the last key: the file may come from anywhere. */

import * as v from "valibot";
import { MAX_TEXT_LENGTH, type Reading, type Warning } from "../../shared/document.js";
import type { ErrorData, ErrorValues } from "../../shared/errors.js";
import type { Extraction } from "../../shared/extraction.js";
import type { ResultRecord } from "../../shared/record.js";
import { isObject, type JsonObject, type JsonValue } from "../../shared/schema.js";
import type { SavedSchema } from "../schema/saved.js";
import type { DocumentHead } from "../store/tables.js";

export const FORMAT = "excerpt-history";
/** The second one tells of an error in what words it was thrown. */
export const VERSION = 2;
/** What was written by an older Excerpt is read all the same. */
const READ = [1, VERSION] as const;

/** No text of an error names more values. */
const MOST_VALUES = 20;

/** Bytes of a file that stand in one line. */
export const CHUNK_BYTES = 300_000;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const figure = v.pipe(v.number(), v.finite(), v.minValue(0));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const name = v.pipe(v.string(), v.maxLength(1000));
const words = v.pipe(v.string(), v.maxLength(10_000));
const object = v.custom<JsonObject>(isObject, "is no object");
/** What comes out of JSON is a JSON value. */
const json = v.custom<JsonValue>((value) => value !== undefined, "is missing");
const span = v.pipe(v.strictObject({ start: count, end: count }), v.check(({ start, end }) => start <= end, "ends before it begins"));

/** The values of an error's text: names of files and fields, and numbers. */
const told: v.GenericSchema<ErrorValues> = v.pipe(
  v.record(name, v.union([words, v.pipe(v.number(), v.finite())])),
  v.check((values) => Object.keys(values).length <= MOST_VALUES, "has too many values"),
);

const error: v.GenericSchema<ErrorData> = v.strictObject({
  kind: v.picklist(["input", "bundle", "device", "cancelled", "internal"]),
  code: name, wording: v.exactOptional(name), values: v.exactOptional(told), message: words, advice: words, place: v.exactOptional(words),
});

const warning: v.GenericSchema<Warning> = v.strictObject({
  code: name, message: words, wording: v.exactOptional(name), values: v.exactOptional(told), reason: v.exactOptional(error),
});

const word = v.strictObject({ span, left: v.number(), top: v.number(), width: v.number(), height: v.number() });

const reading: v.GenericSchema<Reading> = v.pipe(
  v.strictObject({
    text: v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH)),
    parts: v.array(v.strictObject({
      label: name, span,
      layout: v.nullable(v.strictObject({ width: figure, height: figure, words: v.array(word) })),
    })),
    warnings: v.array(warning),
    attachments: v.pipe(v.custom<Reading["attachments"]>(Array.isArray), v.maxLength(0)),
  }),
  v.check(({ text, parts }) => parts.every((part) => part.span.end <= text.length), "names a place beyond its text"),
);

const head: v.GenericSchema<DocumentHead> = v.strictObject({
  id, name, type: name, size: count, addedAt: figure, within: v.nullable(name), isFile: v.boolean(),
  status: v.strictObject({ state: v.literal("ready"), characters: count, parts: count, firstPart: name, warnings: v.array(warning) }),
});

const values = v.array(v.strictObject({
  value: json,
  origin: v.picklist(["verbatim", "normalised", "inferred", "free", "absent"]),
  evidence: v.nullable(span),
  rule: v.exactOptional(name),
  confidence: share,
}));

const fields = v.array(v.strictObject({
  path: words, values, value: json, omitted: v.boolean(), confidence: share,
  uncalibrated: v.exactOptional(v.strictObject({ kind: v.custom<CalibratedKind>((kind) => typeof kind === "string"), absence: v.nullable(share), confidence: share })),
  forwards: count,
}));

type CalibratedKind = NonNullable<Extraction["fields"][number]["uncalibrated"]>["kind"];

const extraction: v.GenericSchema<Extraction> = v.strictObject({
  output: object, fields,
  coverage: v.strictObject({ read: v.array(span), windows: v.array(span), length: count }),
  stats: v.strictObject({
    promptTokens: figure, branchTokens: figure, forwards: figure, prefillMs: figure, decodeMs: figure, maskMs: figure,
    prefixReused: figure, draftedTokens: figure, acceptedTokens: figure,
  }),
});

const review = v.strictObject({ status: v.picklist(["accepted", "corrected", "cleared"]), value: json, span: v.nullable(span), at: figure });

const result: v.GenericSchema<ResultRecord> = v.strictObject({
  id, documentId: id, documentName: name, batchId: v.nullable(id), schemaName: name, schema: object,
  status: v.picklist(["done", "failed", "cancelled"]),
  extraction: v.nullable(extraction), error: v.nullable(error),
  tier: name, why: name, model: name, startedAt: figure, ms: figure, attempts: v.pipe(v.number(), v.integer()),
  reviews: v.record(v.string(), review),
});

/** As in the form for it: a name has letters, and none of its blanks stand around it. */
const title = v.pipe(name, v.minLength(1), v.check((given) => given === given.trim(), "begins or ends with a blank"));

const schema: v.GenericSchema<SavedSchema> = v.strictObject({ id, name: title, source: v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH)), changedAt: figure });

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** One line of the file after its head. */
export const LINE = v.variant("kind", [
  v.strictObject({ kind: v.literal("document"), head, reading, bytes: v.nullable(count) }),
  v.strictObject({ kind: v.literal("bytes"), of: id, data: v.pipe(v.string(), v.maxLength(CHUNK_BYTES * 2), v.regex(BASE64)) }),
  v.strictObject({ kind: v.literal("result"), result }),
  v.strictObject({ kind: v.literal("schema"), schema }),
  v.strictObject({ kind: v.literal("end"), documents: count, results: count, schemas: count }),
]);

export const HEAD = v.strictObject({ format: v.literal(FORMAT), version: v.picklist(READ), exportedAt: figure });

export type Line = v.InferOutput<typeof LINE>;
export type FileHead = v.InferOutput<typeof HEAD>;

/** Where a line is not what it must be, empty for the line itself, and what is wanted there, empty for what has no name. */
export interface Unlike {
  readonly at: string;
  readonly wanted: string;
}

/** Null where the line is what it must be. Says nothing of what stands in it. */
export function problemOf(schemaOf: typeof LINE | typeof HEAD, value: unknown): Unlike | null {
  const checked = v.safeParse(schemaOf, value, { abortEarly: true });
  if (checked.success) return null;
  const [issue] = checked.issues;
  return { at: v.getDotPath(issue) ?? "", wanted: issue.expected ?? "" };
}
