/** Neighbours of the engine, made by implementing their interfaces: a byte tokenizer and models without weights. */

import { TokenTrie } from "../../../web/src/engine/constraint/token-trie.js";
import { Context } from "../../../web/src/engine/context.js";
import type { DecodeTools } from "../../../web/src/engine/decode.js";
import { Logits, type Model } from "../../../web/src/engine/model.js";

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

/** Logits that depend on every token so far and on nothing else: a model as far as decoding can tell. */
export class HashModel implements Model {
  readonly runs: number[] = [];
  private ids: number[] = [];

  constructor(private readonly vocabulary: number, private readonly seed: number) {}

  get length(): number {
    return this.ids.length;
  }

  crop(length: number): void {
    this.ids.length = Math.min(this.ids.length, length);
  }

  forward(ids: readonly number[], keep: number): Promise<Logits> {
    this.runs.push(ids.length);
    const rows = ids.map((id) => {
      this.ids.push(id);
      return this.row();
    });
    const kept = rows.slice(rows.length - keep);
    return Promise.resolve(new Logits(Float32Array.from(kept.flat()), this.vocabulary));
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  private row(): number[] {
    let hash = this.seed;
    for (const id of this.ids) hash = (Math.imul(hash ^ id, 0x01000193) + 0x9e3779b9) >>> 0;
    return Array.from({ length: this.vocabulary }, (_, token) => mix(hash + Math.imul(token, 0x85ebca6b)) / 2 ** 30);
  }
}

function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** A model that wants to write given text after any header that ends as told, and an end of line elsewhere. */
export class ScriptModel implements Model {
  readonly runs: number[] = [];
  private ids: number[] = [];

  constructor(private readonly tokenizer: ByteTokenizer, private readonly script: readonly (readonly [header: string, answer: string])[]) {}

  get length(): number {
    return this.ids.length;
  }

  crop(length: number): void {
    this.ids.length = Math.min(this.ids.length, length);
  }

  forward(ids: readonly number[], keep: number): Promise<Logits> {
    this.runs.push(ids.length);
    const vocabulary = this.tokenizer.tokens.length;
    const rows = ids.map((id) => {
      this.ids.push(id);
      return this.row();
    });
    return Promise.resolve(new Logits(Float32Array.from(rows.slice(rows.length - keep).flat()), vocabulary));
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  private row(): number[] {
    const text = new TextDecoder().decode(Uint8Array.from(this.ids.flatMap((id) => [...(this.tokenizer.tokens[id] ?? [])])));
    const wanted = this.continuation(text);
    return this.tokenizer.tokens.map((token) => {
      const spelled = new TextDecoder().decode(token);
      return wanted.startsWith(spelled) ? 10 + spelled.length : 0;
    });
  }

  private continuation(text: string): string {
    for (const [header, answer] of this.script) {
      const at = text.lastIndexOf(header);
      const written = at < 0 ? null : text.slice(at + header.length);
      if (written !== null && answer.startsWith(written)) return answer.slice(written.length);
    }
    return "\n";
  }
}

export function toolsFor(model: Model, tokenizer: ByteTokenizer, drafts = true): DecodeTools {
  return { context: new Context(model), tokenizer, trie: new TokenTrie(tokenizer.tokens), drafts, signal: new AbortController().signal };
}
