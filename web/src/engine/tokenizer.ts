/** Text to token ids and back to bytes, by the kept JavaScript tokenizer. */

import { Tokenizer as HubTokenizer } from "@huggingface/tokenizers";
import { BundleError } from "../shared/errors.js";
import { isObject } from "./plan/keywords.js";
import type { JsonValue } from "../shared/schema.js";

const encoder = new TextEncoder();

export class Tokenizer {
  /** Knows the special tokens: for the prompt's own parts only. */
  private readonly prompt: HubTokenizer;
  /** Reads everything as plain text: a document that spells `<|im_end|>` ends nothing. */
  private readonly plain: HubTokenizer;
  private readonly specialIds: ReadonlySet<number>;

  /**
   * @param json the parsed `tokenizer.json` (byte-level BPE)
   * @throws BundleError `tokenizer-broken`
   */
  constructor(json: JsonValue) {
    if (!isObject(json)) throw broken();
    try {
      this.prompt = new HubTokenizer(json, {});
      this.plain = new HubTokenizer({ ...json, added_tokens: [] }, {});
    } catch {
      throw broken();
    }
    this.specialIds = new Set(this.prompt.get_added_tokens_decoder().keys());
  }

  /** The canonical tokens of a text, special tokens read as text. */
  encode(text: string): number[] {
    return this.plain.encode(text, { add_special_tokens: false }).ids;
  }

  /** The tokens of a part of the prompt, where special tokens mean what they say. */
  encodePrompt(text: string): number[] {
    return this.prompt.encode(text, { add_special_tokens: false }).ids;
  }

  /**
   * As `encode`, but gives up (null) above `limit` tokens, so that a huge text costs no more than a large one.
   * Cut only before a single line end between a letter or digit and what is no white space: every family's
   * pre-tokeniser makes a piece of its own of it (some put it to punctuation before it).
   */
  encodeAtMost(text: string, limit: number): number[] | null {
    const ids: number[] = [];
    for (const piece of text.split(/(?<=[\p{L}\p{N}])(?=\n\S)/u)) {
      const more = piece.length > limit * LONGEST_TOKEN ? null : this.encode(piece);
      if (more === null || ids.length + more.length > limit) return null;
      for (const id of more) ids.push(id);
    }
    return ids;
  }

  /** The bytes of each id; null for special tokens and unused ids. */
  tokenBytes(size: number): (Uint8Array | null)[] {
    const bytes: (Uint8Array | null)[] = new Array<null>(size).fill(null);
    for (const [token, id] of this.plain.get_vocab(false)) {
      if (!this.specialIds.has(id) && id < size) bytes[id] = bytesOf(token);
    }
    return bytes;
  }
}

/** Above this many UTF-16 units a token, a piece without a line end is not even looked at. */
const LONGEST_TOKEN = 32;

/** The byte-level alphabet of GPT-2: every byte as one printable character. */
const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = byteAlphabet();

function byteAlphabet(): Map<string, number> {
  const printable = (byte: number): boolean => (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  const alphabet = new Map<string, number>();
  let shifted = 256;
  for (let byte = 0; byte < 256; byte++) {
    alphabet.set(String.fromCharCode(printable(byte) ? byte : shifted++), byte);
  }
  return alphabet;
}

function bytesOf(token: string): Uint8Array {
  const bytes = Array.from(token, (character) => BYTE_OF_CHARACTER.get(character));
  return bytes.every((byte) => byte !== undefined) ? Uint8Array.from(bytes) : encoder.encode(token);
}

function broken(): BundleError {
  return new BundleError("tokenizer-broken", "The bundle's tokenizer cannot be read.", "Ask whoever hosts this page to build the bundle again.");
}
