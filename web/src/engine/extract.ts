/**
 * The road from a document and a schema to an extraction. Read this file first.
 *
 *   schema → plan (plan.ts) ─┐
 *   text → prefix tokens (prompt.ts) → cache (context.ts, prefilled early)
 *   text → bytes and places (source.ts, constraint/) ─┐
 *   each field: header + answer's machine (answer.ts) → branch (branches.ts, decode.ts) → value and evidence
 *
 * The document's prefix is the snapshot; every field is a short branch from it and sees nothing of the
 * others, so a field's value does not depend on the order or the presence of other fields.
 *
 * A text that the model cannot read at once goes this road window by window (windows.ts, long.ts, merge.ts).
 */

import { answerFor } from "./answer.js";
import { askAll, type Asked, type AskTools, type Question, type Written } from "./branches.js";
import { extractLong, type WindowResult } from "./long.js";
import { compile, type Plan } from "./plan.js";
import type { Reader, Reading } from "./reader.js";
import { joined } from "./windows.js";
import type { SourceDocument } from "../shared/document.js";
import type { Extraction, ExtractionStats, FieldResult } from "../shared/extraction.js";
import type { ExtractEvent } from "../shared/protocol.js";
import type { JsonSchema } from "../shared/schema.js";

export interface ExtractTools extends AskTools {
  readonly reader: Reader;
  readonly onEvent: (event: ExtractEvent) => void;
}

/**
 * @throws InputError for a schema that cannot be enforced or a document that cannot be read
 * @throws CancelledError, DeviceError
 */
export async function extract(document: SourceDocument, schema: JsonSchema, tools: ExtractTools): Promise<Extraction> {
  const plan = compile(schema);
  const windows = await tools.reader.windows(document, tools.signal);
  const { fields, stats } = windows.length > 1
    ? await extractLong(document, windows, plan, { ...tools, ask: (reading, asked) => extractWindow(reading, asked, quietly(tools)) })
    : await extractWindow(tools.reader.open(document), plan, tools);
  return { output: outputOf(plan, fields), fields, coverage: { read: joined(windows), windows, length: document.text.length }, stats };
}

/** Everything that a plan asks of a text that is read in one piece. */
async function extractWindow(reading: Reading, plan: Plan, tools: ExtractTools): Promise<WindowResult> {
  const questions = plan.fields.map((field) => ({ field, answer: answerFor(field, reading.findings) }));
  const prefixReused = await tools.reader.fill(reading, tools.signal, (tokensRead) => {
    tools.onEvent({ stage: "reading", tokensRead, tokens: reading.prefix.length });
  });
  const began = performance.now();
  const fields: FieldResult[] = [];
  const asked = await askAll(questions, tools, (index, one) => {
    const question = questions[index];
    if (question === undefined) return;
    const field = resultOf(question, one);
    fields.push(field);
    tools.onEvent({ stage: "field", field, done: fields.length, of: questions.length });
  });
  return { fields, stats: statsOf(reading, prefixReused, asked, performance.now() - began) };
}

/** A window's fields are told once they are merged, not as they come. */
function quietly(tools: ExtractTools): ExtractTools {
  return { ...tools, onEvent: (event) => { if (event.stage !== "field") tools.onEvent(event); } };
}

function outputOf({ fields }: Plan, results: readonly FieldResult[]): Extraction["output"] {
  const found = new Map(results.map((result) => [result.path, result]));
  return Object.fromEntries(fields.flatMap(({ name, path }) => {
    const result = found.get(path);
    return result === undefined || result.omitted ? [] : [[name, result.value] as const];
  }));
}

function resultOf({ field, answer }: Question, written: Written): FieldResult {
  const { value, values } = answer.read(written.text);
  return {
    path: field.path,
    value,
    values: values.map((found) => ({ ...found, confidence: written.confidence })),
    omitted: value === null && field.absence === "omit",
    confidence: written.confidence,
    uncalibrated: written.uncalibrated,
    forwards: written.forwards,
  };
}

function statsOf(reading: Reading, prefixReused: number, asked: Asked, decodeMs: number): ExtractionStats {
  const sum = (figure: (one: Written) => number): number => asked.written.reduce((total, one) => total + figure(one), 0);
  return {
    promptTokens: reading.prefix.length,
    branchTokens: sum((one) => one.fedTokens),
    forwards: asked.forwards,
    prefillMs: reading.prefillMs,
    decodeMs,
    maskMs: asked.maskMs,
    prefixReused,
    draftedTokens: sum((one) => one.drafted),
    acceptedTokens: sum((one) => one.accepted),
  };
}
