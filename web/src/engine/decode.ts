/**
 * One branch, written token by token under a machine.
 *
 * The text written so far is the truth; the cache holds its canonical tokens. Before each forward the
 * forced bytes are added, the text is tokenised anew and only the difference is fed. The last token of a
 * forced run is held back, because what is chosen next may belong to the same token (` "` and ` null`
 * share their blank): the next choice is among the tokens that begin with it.
 *
 * A draft of what the source suggests rides along: as long as the choice at a position leads to the very
 * tokens that were fed, the next position's logits count too. So the result is that of choosing one
 * token at a time, with fewer forwards.
 */

import type { Context } from "./context.js";
import { forcedBytes, likelyBytes, viableBytes, type AnyMachine } from "./constraint/machine.js";
import type { TokenTrie } from "./constraint/token-trie.js";
import { choose, type Choice } from "./model.js";
import type { Tokenizer } from "./tokenizer.js";

const encoder = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** Feeding this many tokens costs hardly more than feeding one (measured: README, “What it costs”). */
const FIRST_DRAFT = 8;
/** A draft that was right to its end is followed by one twice as long, up to this. */
const LONGEST_DRAFT = 32;

export interface Branch {
  /** The tokens of the document's prefix. */
  readonly prefix: readonly number[];
  /** The text that asks for the field. */
  readonly header: string;
  readonly machine: AnyMachine;
}

export interface DecodeTools {
  readonly context: Context;
  readonly tokenizer: Pick<Tokenizer, "encode">;
  readonly trie: TokenTrie;
  readonly drafts: boolean;
  readonly signal: AbortSignal;
}

export interface Written {
  /** What was written after the header. */
  readonly text: string;
  /** The product of the choices' probabilities within their masks. */
  readonly confidence: number;
  readonly forwards: number;
  readonly fedTokens: number;
  readonly drafted: number;
  readonly accepted: number;
}

/** @throws CancelledError, DeviceError */
export async function decode(branch: Branch, tools: DecodeTools): Promise<Written> {
  const writing = new Writing(branch, tools);
  while (!writing.finished) await writing.forward();
  return writing.result();
}

class Writing {
  private readonly bytes: number[];
  private readonly headerLength: number;
  private readonly machine: AnyMachine;
  private state: unknown;
  /** Canonical tokens of the text so far, without the one held back. */
  private tokens: readonly number[] = [];
  /** The bytes of the token held back; they count as written. */
  private held: Uint8Array = NOTHING;
  private allowed: readonly number[] = [];
  private readonly counts = { forwards: 0, fedTokens: 0, drafted: 0, accepted: 0 };
  private confidence = 1;
  private draftLength = FIRST_DRAFT;

  constructor(private readonly branch: Branch, private readonly tools: DecodeTools) {
    this.bytes = [...encoder.encode(branch.header)];
    this.headerLength = this.bytes.length;
    this.machine = branch.machine;
    this.state = branch.machine.initial();
    this.settle([]);
  }

  get finished(): boolean {
    return this.machine.accepting(this.state);
  }

  result(): Written {
    const text = new TextDecoder().decode(Uint8Array.from(this.bytes.slice(this.headerLength)));
    return { text, confidence: this.confidence, ...this.counts };
  }

  /** One forward, and every choice that its logits settle. */
  async forward(): Promise<void> {
    const { context, drafts, signal } = this.tools;
    const base = [...this.branch.prefix, ...this.tokens];
    const draft = drafts ? this.draft() : [];
    const fed = [...base, ...draft];
    const known = Math.min(context.held(fed), base.length - 1);
    const logits = await context.feed(fed, draft.length + 1, signal);
    this.counts.forwards += 1;
    this.counts.fedTokens += fed.length - known;
    this.counts.drafted += draft.length;
    let row = 0;
    while (row >= 0) {
      this.take(choose(logits.row(row), this.allowed));
      const next = this.finished ? -1 : this.rowAfter(fed, base.length);
      if (next > row) this.counts.accepted += next - row;
      if (next === this.draftLength) this.draftLength = Math.min(this.draftLength * 2, LONGEST_DRAFT);
      row = next;
    }
  }

  private take({ id, probability }: Choice): void {
    this.confidence *= probability;
    this.write(this.tools.trie.bytesOf(id).subarray(this.held.length));
    this.held = NOTHING;
    this.settle([id]);
  }

  private write(bytes: Iterable<number>): void {
    for (const byte of bytes) {
      this.bytes.push(byte);
      this.state = this.machine.transition(this.state, byte);
    }
  }

  /** Writes what is forced, and tokens that are the only ones, until there is a choice to make. */
  private settle(chosen: readonly number[]): void {
    let last = chosen;
    for (;;) {
      const forced = forcedBytes(this.machine, this.state);
      this.write(forced);
      if (this.finished) return;
      this.retokenise(last, forced.length > 0);
      this.allowed = this.allowedTokens();
      const only = this.allowed[0];
      if (this.allowed.length !== 1 || only === undefined) return;
      this.write(this.tools.trie.bytesOf(only).subarray(this.held.length));
      this.held = NOTHING;
      last = [only];
    }
  }

  private allowedTokens(): number[] {
    const allowed = this.tools.trie.allowed(this.machine, this.state, this.held);
    if (this.held.length === 0) return allowed;
    const joins = allowed.filter((id) => this.tools.trie.bytesOf(id).length > this.held.length);
    return joins.length > 0 && !this.heldStandsAlone() ? joins : allowed;
  }

  /** Can the token held back stay a token of its own, or does it swallow every byte that may follow? */
  private heldStandsAlone(): boolean {
    const { tokenizer } = this.tools;
    return viableBytes(this.machine, this.state).some((byte) => {
      const text = wholeText([...this.bytes, byte]);
      return text === null || tokenizer.encode(text)[this.tokens.length + 1] !== undefined;
    });
  }

  private retokenise(chosen: readonly number[], holdLast: boolean): void {
    const text = wholeText(this.bytes);
    // In the middle of a character there is no text to tokenise: the chosen tokens stand until it is whole.
    const tokens = text === null ? [...this.tokens, ...chosen] : this.tools.tokenizer.encode(text);
    const last = tokens.at(-1);
    const hold = holdLast && text !== null && last !== undefined;
    this.held = hold ? this.tools.trie.bytesOf(last) : NOTHING;
    this.tokens = hold ? tokens.slice(0, -1) : tokens;
  }

  /** The row of logits that belongs to the end of the text, or -1 if the fed tokens are not the text's. */
  private rowAfter(fed: readonly number[], baseLength: number): number {
    const offset = this.branch.prefix.length;
    const end = offset + this.tokens.length;
    const same = end >= baseLength && end <= fed.length && this.tokens.every((id, i) => fed[offset + i] === id);
    return same ? end - baseLength : -1;
  }

  /** Tokens that go on from the text as the machine thinks likely. */
  private draft(): number[] {
    const likely = likelyBytes(this.machine, this.state);
    if (likely.length === 0) return [];
    const text = new TextDecoder().decode(Uint8Array.from([...this.bytes, ...likely]), { stream: true });
    const tokens = this.tools.tokenizer.encode(text);
    const goesOn = this.tokens.every((id, i) => tokens[i] === id);
    return goesOn ? tokens.slice(this.tokens.length, this.tokens.length + this.draftLength) : [];
  }
}

function wholeText(bytes: readonly number[]): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
