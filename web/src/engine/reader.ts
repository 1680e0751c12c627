/** Documents on their way into the cache: checked, tokenised, prefilled as early as anyone asks. */

import type { Context } from "./context.js";
import { Findings } from "./findings.js";
import { prefixOf, type PromptTokenizer } from "./prompt.js";
import { SourceText } from "./source.js";
import { MAX_TEXT_LENGTH, type SourceDocument } from "../shared/document.js";
import { InputError } from "../shared/errors.js";
import type { PromptParts } from "../shared/manifest.js";

/**
 * The longest document that is read in one piece. The cache costs some 46 kB a token for the default
 * model, and every forward copies it once; longer texts wait for windows.
 */
const MAX_DOCUMENT_TOKENS = 3072;
/** Room behind the document for the instruction and the longest branch. */
const RESERVE = 512;

export interface Reading {
  readonly text: string;
  /** The prompt's tokens up to the first field. */
  readonly prefix: readonly number[];
  readonly findings: Findings;
  /** Time spent on the prefix so far, in milliseconds. */
  prefillMs: number;
}

export class Reader {
  readonly maxTokens: number;
  private last: Reading | null = null;

  constructor(
    private readonly context: Context,
    private readonly tokenizer: PromptTokenizer,
    private readonly prompt: PromptParts,
    maxPositions: number,
  ) {
    this.maxTokens = Math.min(MAX_DOCUMENT_TOKENS, maxPositions - RESERVE);
  }

  /** @throws InputError `empty-text`, `binary-text`, `text-too-long` */
  open(document: SourceDocument): Reading {
    if (this.last?.text === document.text) return this.last;
    checkText(document.text);
    const prefix = prefixOf(document.text, this.prompt, this.tokenizer, this.maxTokens);
    if (prefix.ids === null) throw tooManyTokens(document.text.length, prefix.fits, this.maxTokens);
    this.last = { text: document.text, prefix: prefix.ids, findings: new Findings(new SourceText(document.text)), prefillMs: 0 };
    return this.last;
  }

  /** Fills the cache with the instruction that every document follows: the first run also warms the runtime. */
  async warm(signal: AbortSignal): Promise<void> {
    await this.context.read(this.tokenizer.encodePrompt(this.prompt.before_document), signal);
  }

  /**
   * Makes sure that the cache begins with the document's prefix.
   *
   * @returns how many of its tokens were there already
   */
  async fill(reading: Reading, signal: AbortSignal, onProgress: (tokensRead: number) => void): Promise<number> {
    const held = this.context.held(reading.prefix);
    if (held === reading.prefix.length) return held;
    const began = performance.now();
    try {
      await this.context.read(reading.prefix, signal, onProgress);
    } finally {
      reading.prefillMs += performance.now() - began;
    }
    return held;
  }
}

function checkText(text: string): void {
  if (text.trim() === "") throw new InputError("empty-text", "There is no text to read.", "Paste or drop a text first.");
  if (text.includes("\0")) {
    throw new InputError("binary-text", "This is not a text: it holds zero bytes.", "Choose a plain text file, or copy the text out of its program.");
  }
  if (text.length > MAX_TEXT_LENGTH) {
    throw tooLong(`The text has ${shown(text.length)} characters; at most ${shown(MAX_TEXT_LENGTH)} are taken.`);
  }
}

function tooManyTokens(length: number, fits: number, limit: number): InputError {
  const enough = fits > 0 ? `the first ${shown(fits)} would fit` : "not even its first line would fit";
  return tooLong(`The text has ${shown(length)} characters, more than the ${shown(limit)} tokens that this model reads at once; ${enough}.`);
}

function tooLong(message: string): InputError {
  return new InputError("text-too-long", message, "Shorten it to the part that matters. Nothing was changed.");
}

function shown(count: number): string {
  return count.toLocaleString("en");
}
