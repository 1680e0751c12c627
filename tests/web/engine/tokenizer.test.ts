/** The browser's tokenizer against what Python wrote; the tokenizer itself is the default bundle's (`excerpt build`). */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Tokenizer } from "../../../web/src/engine/tokenizer.js";
import type { Manifest } from "../../../web/src/shared/manifest.js";
import type { JsonValue } from "../../../web/src/shared/schema.js";

interface Golden {
  readonly name: string;
  readonly text: string;
  /** Special tokens read as such, and read as the text that they are. */
  readonly ids: readonly number[];
  readonly ids_as_text: readonly number[];
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));
const golden = (read("tests/golden/tokenizer.json") as { cases: Golden[] }).cases;
const manifest = read("dist/bundle/manifest.json") as Manifest;
interface Described extends Record<string, JsonValue> {
  readonly model: Record<string, JsonValue> & { readonly vocab: Record<string, number>; readonly merges: JsonValue[] };
}
const described = read(`dist/bundle/${manifest.tokenizer.file}`) as Described;
const tokenizer = new Tokenizer(described);
const bytes = tokenizer.tokenBytes(manifest.model.vocab_size);

interface Cut extends Golden {
  readonly cut: string;
  /** A token of two that is not in the vocabulary. */
  readonly joined: readonly [string, string];
  readonly pre_tokenizer: JsonValue;
}

describe("the cuts of other families", () => {
  const all = (read("tests/golden/cuts.json") as { cases: Cut[] }).cases;
  const cuts = new Map(all.map((entry) => [entry.cut, entry]));

  it.each([...cuts])("%s: cuts as Python does, whole and piece by piece", (cut, { joined, pre_tokenizer }) => {
    const { vocab, merges, ...rest } = described.model;
    const grown = { ...vocab, [joined.join("")]: Object.keys(vocab).length };
    const other = new Tokenizer({ ...described, pre_tokenizer, model: { ...rest, vocab: grown, merges: [...merges, [...joined]] } });
    const cases = all.filter((entry) => entry.cut === cut);
    for (const { name, text, ids, ids_as_text } of cases) {
      expect(other.encodePrompt(text), name).toEqual(ids);
      expect(other.encode(text), name).toEqual(ids_as_text);
    }
    const lines = "A full stop.\nThe next line (in brackets)\nword\n12\n- item\n";
    const text = lines + cases.map((entry) => entry.text).join("\n");
    expect(other.encodeAtMost(text, 10_000)).toEqual(other.encode(text));
  });
});

describe("the tokenizer", () => {
  it.each(golden)("cuts as Python does: $name", ({ text, ids, ids_as_text }) => {
    expect(tokenizer.encodePrompt(text)).toEqual(ids);
    expect(tokenizer.encode(text)).toEqual(ids_as_text);
  });

  it.each(golden)("knows the bytes of every token: $name", ({ text, ids_as_text }) => {
    const joined = Uint8Array.from(ids_as_text.flatMap((id) => [...(bytes[id] ?? [])]));
    expect(new TextDecoder().decode(joined)).toBe(text);
  });

  it("reads a text of many lines piece by piece to the same tokens", () => {
    const text = golden.map((entry) => entry.text).join("\n");
    expect(tokenizer.encodeAtMost(text, 10_000)).toEqual(tokenizer.encode(text));
  });

  it("gives up where a text has more tokens than asked for", () => {
    expect(tokenizer.encodeAtMost("one\ntwo\nthree and more", 3)).toBeNull();
    expect(tokenizer.encodeAtMost("x".repeat(1000), 3)).toBeNull();
  });
});
