/**
 * The road from a document and a schema to an extraction. Read this file first.
 *
 *   schema → plan (plan.ts) ─┐
 *   text → prefix tokens (prompt.ts) → cache (context.ts, prefilled early)
 *   text → bytes and places (source.ts, constraint/) ─┐
 *   each field: header + answer's machine (answer.ts) → branch (decode.ts) → value and evidence
 *
 * The document's prefix is the snapshot; every field is a short branch from it and sees nothing of the
 * others, so a field's value does not depend on the order or the presence of other fields.
 */

import { answerFor, type Answer } from "./answer.js";
import { decode, type DecodeTools, type Written } from "./decode.js";
import { compile, type Field } from "./plan.js";
import { headerOf } from "./prompt.js";
import type { Reader, Reading } from "./reader.js";
import type { SourceDocument } from "../shared/document.js";
import type { Extraction, ExtractionStats, FieldResult } from "../shared/extraction.js";
import type { PromptParts } from "../shared/manifest.js";
import type { ExtractEvent } from "../shared/protocol.js";
import type { JsonSchema } from "../shared/schema.js";

export interface ExtractTools extends DecodeTools {
  readonly reader: Reader;
  readonly prompt: PromptParts;
  readonly onEvent: (event: ExtractEvent) => void;
}

interface Question {
  readonly field: Field;
  readonly answer: Answer;
}

interface Answered {
  readonly result: FieldResult;
  readonly written: Written;
}

/**
 * @throws InputError for a schema that cannot be enforced or a document that cannot be read
 * @throws CancelledError, DeviceError
 */
export async function extract(document: SourceDocument, schema: JsonSchema, tools: ExtractTools): Promise<Extraction> {
  const plan = compile(schema);
  const reading = tools.reader.open(document);
  const questions = plan.fields.map((field) => ({ field, answer: answerFor(field, reading.findings) }));
  const prefixReused = await tools.reader.fill(reading, tools.signal, (tokensRead) => {
    tools.onEvent({ stage: "reading", tokensRead, tokens: reading.prefix.length });
  });
  const began = performance.now();
  const answered = await askAll(questions, reading, tools);
  const decodeMs = performance.now() - began;
  return {
    output: Object.fromEntries(answered.filter(({ result }) => !result.omitted).map(({ result, name }) => [name, result.value])),
    fields: answered.map(({ result }) => result),
    coverage: { read: [{ start: 0, end: document.text.length }], length: document.text.length },
    stats: statsOf(reading, prefixReused, answered.map(({ written }) => written), decodeMs),
  };
}

async function askAll(questions: readonly Question[], reading: Reading, tools: ExtractTools): Promise<(Answered & { name: string })[]> {
  const answered: (Answered & { name: string })[] = [];
  for (const question of questions) {
    const { result, written } = await ask(question, reading, tools);
    answered.push({ name: question.field.name, result, written });
    tools.onEvent({ stage: "field", field: result, done: answered.length, of: questions.length });
  }
  return answered;
}

async function ask({ field, answer }: Question, reading: Reading, tools: ExtractTools): Promise<Answered> {
  const branch = { prefix: reading.prefix, header: headerOf(field, tools.prompt), machine: answer.machine };
  const written = await decode(branch, tools);
  return { result: resultOf(field, answer, written), written };
}

function resultOf(field: Field, answer: Answer, written: Written): FieldResult {
  const { value, values } = answer.read(written.text);
  return {
    path: field.path,
    value,
    values: values.map((found) => ({ ...found, confidence: written.confidence })),
    omitted: value === null && field.absence === "omit",
    confidence: written.confidence,
    forwards: written.forwards,
  };
}

function statsOf(reading: Reading, prefixReused: number, written: readonly Written[], decodeMs: number): ExtractionStats {
  const sum = (figure: (one: Written) => number): number => written.reduce((total, one) => total + figure(one), 0);
  return {
    promptTokens: reading.prefix.length,
    branchTokens: sum((one) => one.fedTokens),
    forwards: sum((one) => one.forwards),
    prefillMs: reading.prefillMs,
    decodeMs,
    prefixReused,
    draftedTokens: sum((one) => one.drafted),
    acceptedTokens: sum((one) => one.accepted),
  };
}
