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

import { beginsAbsence, chooseFirst } from "./calibration.js";
import { forcedBytes, likelyBytes, viableBytes, type AnyMachine } from "./constraint/machine.js";
import type { TokenTrie } from "./constraint/token-trie.js";
import { choose, type Choice } from "./model.js";
import type { Tokenizer } from "./tokenizer.js";

const encoder = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** A draft begins with this many tokens and doubles after each that was right to its end. */
const FIRST_DRAFT = 4;

export interface Branch {
  /** The text that asks for the field. */
  readonly header: string;
  readonly machine: AnyMachine;
  /** The field is absent where the probability of that reaches this. */
  readonly nullThreshold: number;
}

export interface WritingTools {
  readonly tokenizer: Pick<Tokenizer, "encode">;
  readonly trie: TokenTrie;
}

/** A choice among tokens: where what it wrote begins, in bytes behind the header, and its probability within its mask. */
export interface Chosen {
  readonly at: number;
  readonly probability: number;
}

export interface Written {
  /** What was written after the header. */
  readonly text: string;
  readonly choices: readonly Chosen[];
  /** The product of the choices' probabilities within their masks. */
  readonly confidence: number;
  /** The probability at the first choice that the field is absent; null where that was not to be chosen. */
  readonly absence: number | null;
  /** Forward passes that this branch took part in. */
  readonly forwards: number;
  readonly fedTokens: number;
  readonly drafted: number;
  readonly accepted: number;
}

/** What a branch wants to be fed: its text's tokens, then a draft. */
export interface Proposal {
  readonly ids: readonly number[];
  /** For how many of the last tokens logits are wanted: one more than the draft has. */
  readonly keep: number;
}

/** The way of one branch from its header to a complete answer. */
export class Writing {
  private readonly bytes: number[];
  private readonly headerLength: number;
  private readonly machine: AnyMachine;
  private state: unknown;
  /** Canonical tokens of the text so far, without the one held back. */
  private tokens: readonly number[] = [];
  /** The bytes of the token held back; they count as written. */
  private held: Uint8Array = NOTHING;
  private allowed: readonly number[] = [];
  private fed: readonly number[] = [];
  private readonly counts = { forwards: 0, fedTokens: 0, drafted: 0, accepted: 0 };
  private absence: number | null = null;
  private readonly choices: Chosen[] = [];
  private draftLength = FIRST_DRAFT;

  constructor(private readonly branch: Branch, private readonly tools: WritingTools) {
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
    const confidence = this.choices.reduce((product, { probability }) => product * probability, 1);
    return { text, choices: this.choices, confidence, absence: this.absence, ...this.counts };
  }

  /** The next tokens to feed, with a draft of at most `longest` tokens; what is chosen does not depend on it. */
  propose(longest: number): Proposal {
    const draft = longest > 0 ? this.draft(Math.min(longest, this.draftLength)) : [];
    this.fed = [...this.tokens, ...draft];
    this.counts.drafted += draft.length;
    return { ids: this.fed, keep: draft.length + 1 };
  }

  /**
   * Every choice that the logits after the proposal settle.
   *
   * @param row the logits after each of the last `keep` tokens
   * @param fedTokens how many of the tokens had to be fed
   */
  accept(row: (index: number) => Float32Array, fedTokens: number): void {
    this.counts.forwards += 1;
    this.counts.fedTokens += fedTokens;
    const base = this.tokens.length;
    let at = 0;
    while (at >= 0) {
      this.take(this.choose(row(at)));
      const next = this.finished ? -1 : this.rowAfter(base);
      if (next > at) this.counts.accepted += next - at;
      if (next === this.draftLength) this.draftLength *= 2;
      at = next;
    }
  }

  /** The first choice decides whether the field is absent. */
  private choose(logits: Float32Array): Choice {
    if (this.choices.length > 0) return choose(logits, this.allowed);
    const kept = this.bytes.length - this.held.length;
    const before = this.bytes.slice(this.headerLength, kept);
    const ofHeader = Math.max(0, this.headerLength - kept);
    const isAbsent = (id: number): boolean => beginsAbsence([...before, ...this.tools.trie.bytesOf(id).subarray(ofHeader)]);
    const first = chooseFirst(logits, this.allowed, isAbsent, this.branch.nullThreshold);
    this.absence = first.absence;
    return first;
  }

  private take({ id, probability }: Choice): void {
    this.choices.push({ at: this.bytes.length - this.headerLength, probability });
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
  private rowAfter(base: number): number {
    const end = this.tokens.length;
    const same = end >= base && end <= this.fed.length && this.tokens.every((id, i) => this.fed[i] === id);
    return same ? end - base : -1;
  }

  /** Tokens that go on from the text as the machine thinks likely. */
  private draft(length: number): number[] {
    const likely = likelyBytes(this.machine, this.state);
    if (likely.length === 0) return [];
    const text = new TextDecoder().decode(Uint8Array.from([...this.bytes, ...likely]), { stream: true });
    const tokens = this.tools.tokenizer.encode(text);
    const goesOn = this.tokens.every((id, i) => tokens[i] === id);
    return goesOn ? tokens.slice(this.tokens.length, this.tokens.length + length) : [];
  }
}

function wholeText(bytes: readonly number[]): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
