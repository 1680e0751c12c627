/** Documents on their way into the cache: checked, tokenised, prefilled as early as anyone asks. */

import { breathe } from "./breathe.js";
import type { Context } from "./context.js";
import { Findings, habitsOf, type Habits } from "./findings.js";
import { prefixOf, type PromptTokenizer } from "./prompt.js";
import { SourceText } from "./source.js";
import { pieces, weigh, WindowCutter } from "./windows.js";
import { MAX_TEXT_LENGTH, type SourceDocument, type Span } from "../shared/document.js";
import { InputError } from "../shared/errors.js";
import type { Told } from "../shared/wordings.js";
import type { PromptParts } from "../shared/manifest.js";

/** The longest document that is read in one piece. The cache costs some 46 kB a token for the default model. */
const MAX_DOCUMENT_TOKENS = 3072;
/**
 * Tokens of a window of a longer document. Every field is asked in every window, so few large windows cost
 * fewer forwards; but a forward costs more with every token before it, and a small model finds a value
 * among a page or two better than among six.
 */
const WINDOW_TOKENS = 1280;
/** Of a window, as much is read again with the next one: some ten lines, a row of a table or an address. */
const OVERLAP_SHARE = 1 / 8;
/** While a text is cut, messages are heard after as many UTF-16 units: some 50 ms of work. */
const UNITS_BETWEEN_BREATHS = 16_384;
/** Room behind the document for the instruction and the longest branch. */
const RESERVE = 512;

export interface Reading {
  readonly text: string;
  /** The prompt's tokens up to the first field. */
  readonly prefix: readonly number[];
  readonly findings: Findings;
  /** Those of the document, where the text is a part of it. */
  readonly habits: Habits | undefined;
  /** Time spent on the prefix so far, in milliseconds. */
  prefillMs: number;
}

export class Reader {
  readonly maxTokens: number;
  private last: Reading | null = null;
  private cut: { readonly text: string; readonly windows: readonly Span[]; readonly habits: Habits } | null = null;

  constructor(
    private readonly context: Context,
    private readonly tokenizer: PromptTokenizer,
    private readonly prompt: PromptParts,
    maxPositions: number,
  ) {
    this.maxTokens = Math.min(MAX_DOCUMENT_TOKENS, maxPositions - RESERVE);
  }

  /**
   * The parts in which a document is read: all of it where that fits, else windows that overlap.
   *
   * @throws InputError `empty-text`, `binary-text`, `text-too-long`
   * @throws CancelledError
   */
  async windows({ text }: SourceDocument, signal: AbortSignal): Promise<readonly Span[]> {
    if (this.cut?.text === text) return this.cut.windows;
    if (this.read(text) !== null) return [{ start: 0, end: text.length }];
    this.cut = { text, windows: await this.cutUp(text, signal), habits: habitsOf(text) };
    return this.cut.windows;
  }

  /** A document, or one of its windows, ready to be asked. @throws InputError as `windows` does */
  open({ text }: SourceDocument, window: Span = { start: 0, end: text.length }): Reading {
    const habits = this.cut?.text === text ? this.cut.habits : undefined;
    const reading = this.read(text.slice(window.start, window.end), habits);
    if (reading === null) throw tooLong(["text-too-long/tokens", { most: this.maxTokens }], `The text has more than the ${shown(this.maxTokens)} tokens that this model reads at once.`);
    return reading;
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

  /** Null where the text has too many tokens. */
  private read(text: string, habits?: Habits): Reading | null {
    if (this.last?.text === text && this.last.habits === habits) return this.last;
    checkText(text);
    const prefix = prefixOf(text, this.prompt, this.tokenizer, this.maxTokens);
    if (prefix === null) return null;
    return (this.last = { text, prefix, findings: new Findings(new SourceText(text), habits), habits, prefillMs: 0 });
  }

  private async cutUp(text: string, signal: AbortSignal): Promise<readonly Span[]> {
    const budget = Math.min(WINDOW_TOKENS, Math.floor(this.maxTokens * 0.75));
    const overlap = Math.floor(budget * OVERLAP_SHARE);
    const cutter = new WindowCutter({ budget, overlap });
    let heard = 0;
    for (const piece of pieces(text)) {
      for (const part of weigh(text, piece, overlap / 2, (some) => this.tokenizer.encode(some).length)) cutter.add(part);
      if (piece.end - heard < UNITS_BETWEEN_BREATHS) continue;
      heard = piece.end;
      await breathe(signal);
    }
    return cutter.finish();
  }
}

function checkText(text: string): void {
  if (text.trim() === "") throw new InputError("empty-text/nothing", "There is no text to read.", "Paste or drop a text first.");
  if (text.includes("\0")) {
    throw new InputError("binary-text", "This is not a text: it holds zero bytes.", "Choose a plain text file, or copy the text out of its program.");
  }
  if (text.length > MAX_TEXT_LENGTH) {
    const told: Told = ["text-too-long/at-most", { length: text.length, most: MAX_TEXT_LENGTH }];
    throw tooLong(told, `The text has ${shown(text.length)} characters; at most ${shown(MAX_TEXT_LENGTH)} are taken.`);
  }
}

function tooLong(told: Told, message: string): InputError {
  return new InputError(told, message, "Shorten it to the part that matters. Nothing was changed.");
}

function shown(count: number): string {
  return count.toLocaleString("en");
}
