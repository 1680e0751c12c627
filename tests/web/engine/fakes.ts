/** Neighbours of the engine, made by implementing their interfaces: a byte tokenizer and models without weights. */

import type { AskTools } from "../../../web/src/engine/branches.js";
import { UNCALIBRATED } from "../../../web/src/engine/calibration.js";
import { TokenTrie } from "../../../web/src/engine/constraint/token-trie.js";
import { Context } from "../../../web/src/engine/context.js";
import type { PromptParts } from "../../../web/src/shared/manifest.js";
import { Logits, type Fed, type Model } from "../../../web/src/engine/model.js";

const encoder = new TextEncoder();

/** Tokens: the 256 bytes, then these. Longest match first, as a stand-in for merges. */
export class ByteTokenizer {
  readonly tokens: Uint8Array[];

  constructor(merged: readonly string[] = []) {
    const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
    this.tokens = [...bytes, ...merged.map((text) => encoder.encode(text))];
  }

  encode(text: string): number[] {
    const bytes = encoder.encode(text);
    const ids: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      const id = this.longest(bytes, at);
      ids.push(id);
      at += this.tokens[id]?.length ?? 1;
    }
    return ids;
  }

  private longest(bytes: Uint8Array, at: number): number {
    let best = bytes[at] ?? 0;
    this.tokens.forEach((token, id) => {
      const longer = token.length > (this.tokens[best]?.length ?? 0);
      if (longer && token.every((byte, i) => bytes[at + i] === byte)) best = id;
    });
    return best;
  }
}

/** The same, with what the prompt needs of a tokenizer. */
export class PromptTokenizer extends ByteTokenizer {
  encodePrompt(text: string): number[] {
    return this.encode(text);
  }

  encodeAtMost(text: string, limit: number): number[] | null {
    const ids = this.encode(text);
    return ids.length > limit ? null : ids;
  }
}

/** Keeps tokens in columns and gives logits by what each of the last ones sees. */
abstract class ColumnModel implements Model {
  readonly runs: number[] = [];
  private readonly columns: number[] = [];

  constructor(private readonly vocabulary: number) {}

  forward(tokens: readonly Fed[], keep: number): Promise<Logits> {
    this.runs.push(tokens.length);
    for (const { id, column } of tokens) this.columns[column] = id;
    const rows = tokens.slice(tokens.length - keep).map((token) => this.row(this.seen(token)));
    return Promise.resolve(new Logits(Float32Array.from(rows.flat()), this.vocabulary));
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  protected abstract row(ids: readonly number[]): number[];

  /** The token's own text; its position has to be the number of tokens before it. */
  private seen({ sees, position }: Fed): number[] {
    const ids = sees.flatMap(({ from, to }) => this.columns.slice(from, to));
    if (ids.length !== position + 1) throw new Error(`a token at position ${String(position)} sees ${String(ids.length)} tokens`);
    return ids;
  }
}

/** Logits that depend on every token so far and on nothing else: a model as far as decoding can tell. */
export class HashModel extends ColumnModel {
  constructor(private readonly size: number, private readonly seed: number) {
    super(size);
  }

  protected row(ids: readonly number[]): number[] {
    let hash = this.seed;
    for (const id of ids) hash = (Math.imul(hash ^ id, 0x01000193) + 0x9e3779b9) >>> 0;
    return Array.from({ length: this.size }, (_, token) => mix(hash + Math.imul(token, 0x85ebca6b)) / 2 ** 30);
  }
}

function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A model that wants to write given text after any header that ends as told, and an end of line elsewhere. */
export class ScriptModel extends ColumnModel {
  /** An answer is a text, or depends on everything that was read before it. */
  constructor(private readonly tokenizer: ByteTokenizer, private readonly script: readonly (readonly [header: string, answer: string | ((read: string) => string)])[]) {
    super(tokenizer.tokens.length);
  }

  protected row(ids: readonly number[]): number[] {
    const text = new TextDecoder().decode(Uint8Array.from(ids.flatMap((id) => [...(this.tokenizer.tokens[id] ?? [])])));
    const wanted = this.continuation(text);
    return this.tokenizer.tokens.map((token) => {
      const spelled = new TextDecoder().decode(token);
      return wanted.startsWith(spelled) ? 10 + spelled.length : 0;
    });
  }

  private continuation(text: string): string {
    for (const [header, given] of this.script) {
      const at = text.lastIndexOf(header);
      const written = at < 0 ? null : text.slice(at + header.length);
      const answer = typeof given === "string" ? given : given(text.slice(0, at));
      if (written !== null && answer.startsWith(written)) return answer.slice(written.length);
    }
    return "\n";
  }
}

/** A prompt that is the document and a header that is the field's name. */
export const PLAIN_PROMPT: PromptParts = {
  style: "fields", before_document: "", after_document: "", field: "- {name} ({description}):", field_without_description: "- {name}:",
};

export function toolsFor(model: Model, tokenizer: ByteTokenizer, drafts = true): AskTools {
  return {
    context: new Context(model), tokenizer, trie: new TokenTrie(tokenizer.tokens), prompt: PLAIN_PROMPT, calibration: UNCALIBRATED, drafts, signal: new AbortController().signal,
  };
}
