/**
 * The road from a document and a schema to an extraction. Read this file first.
 *
 *   schema → plan (plan.ts) ─┐
 *   text → prefix tokens (prompt.ts) → cache (context.ts, prefilled early)
 *   text → bytes and places (source.ts, constraint/) ─┐
 *   plan's tree → questions, wave by wave (walk.ts) → output (assembly.ts)
 *   each question: header + answer's machine (answer.ts) → branch (branches.ts, decode.ts) → value and evidence
 *
 * The document's prefix is the snapshot; every field is a short branch from it and sees nothing of the
 * others, so a field's value does not depend on the order or the presence of other fields.
 *
 * A text that the model cannot read at once goes this road window by window (windows.ts, long.ts, merge.ts).
 */

import { checked, outputOf, type Assembled } from "./assembly.js";
import { askAll, prepare, type Asked, type AskTools, type Written } from "./branches.js";
import { extractLong, type WindowResult } from "./long.js";
import { compile, type Plan } from "./plan.js";
import type { Reader, Reading } from "./reader.js";
import { Walk } from "./walk.js";
import { joined } from "./windows.js";
import type { SourceDocument } from "../shared/document.js";
import type { Extraction, ExtractionStats } from "../shared/extraction.js";
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
  const coverage = { read: joined(windows), windows, length: document.text.length };
  if (windows.length > 1) {
    const ask = (reading: Reading, asked: Plan): Promise<WindowResult> => extractWindow(reading, asked, quietly(tools));
    const { fields, stats } = await extractLong(document, windows, plan, { ...tools, ask });
    return { output: outputOf(plan, fields), fields, coverage, stats };
  }
  const { whole, fields, stats } = await extractWindow(tools.reader.open(document), plan, tools);
  return { output: checked(plan, whole), fields, coverage, stats };
}

/** Everything that a plan asks of a text that is read in one piece. */
async function extractWindow(reading: Reading, plan: Plan, tools: ExtractTools): Promise<WindowResult & { readonly whole: Assembled }> {
  const walk = new Walk(plan.tree, reading.findings, (field, done, of) => { tools.onEvent({ stage: "field", field, done, of }); });
  const prefixReused = await tools.reader.fill(reading, tools.signal, (tokensRead) => {
    tools.onEvent({ stage: "reading", tokensRead, tokens: reading.prefix.length });
  });
  const began = performance.now();
  const waves: Asked[] = [];
  const whole = await walk.run(async (questions, told) => { waves.push(await askAll(questions, tools, told)); });
  return { whole, fields: whole.results, stats: statsOf(reading, prefixReused, waves, performance.now() - began) };
}

/**
 * Reads what a schema will ask of a text that has been read, before anyone waits for the answers.
 *
 * @throws InputError, CancelledError, DeviceError
 */
export async function prepareFor(schema: JsonSchema, reading: Reading, tools: AskTools): Promise<void> {
  const { questions } = new Walk(compile(schema).tree, reading.findings, () => undefined);
  await prepare(questions, tools);
}

/** A window's fields are told once they are merged, not as they come. */
function quietly(tools: ExtractTools): ExtractTools {
  return { ...tools, onEvent: (event) => { if (event.stage !== "field") tools.onEvent(event); } };
}

function statsOf(reading: Reading, prefixReused: number, waves: readonly Asked[], decodeMs: number): ExtractionStats {
  const all = waves.flatMap(({ written }) => written);
  const sum = (figure: (one: Written) => number): number => all.reduce((total, one) => total + figure(one), 0);
  return {
    promptTokens: reading.prefix.length,
    branchTokens: sum((one) => one.fedTokens),
    forwards: waves.reduce((total, wave) => total + wave.forwards, 0),
    prefillMs: reading.prefillMs,
    decodeMs,
    maskMs: waves.reduce((total, wave) => total + wave.maskMs, 0),
    prefixReused,
    draftedTokens: sum((one) => one.drafted),
    acceptedTokens: sum((one) => one.accepted),
  };
}
