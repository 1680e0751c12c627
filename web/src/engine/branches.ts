/** Questions about one document, each a branch behind its prefix: asked in their order, answered in it. */

import type { Answer } from "./answer.js";
import { decode, type DecodeTools, type Written } from "./decode.js";
import type { Field } from "./plan.js";
import { headerOf } from "./prompt.js";
import type { Reading } from "./reader.js";
import type { PromptParts } from "../shared/manifest.js";

export interface Question {
  readonly field: Field;
  readonly answer: Answer;
}

export interface AskTools extends DecodeTools {
  readonly prompt: PromptParts;
}

/**
 * What the model wrote for each question, in their order.
 *
 * @param onWritten told of each answer as soon as it and all before it are settled
 * @throws CancelledError, DeviceError
 */
export async function askAll(
  questions: readonly Question[], reading: Reading, tools: AskTools, onWritten?: (index: number, written: Written) => void,
): Promise<Written[]> {
  const all: Written[] = [];
  for (const [index, { field, answer }] of questions.entries()) {
    const written = await decode({ prefix: reading.prefix, header: headerOf(field, tools.prompt), machine: answer.machine }, tools);
    all.push(written);
    onWritten?.(index, written);
  }
  return all;
}
