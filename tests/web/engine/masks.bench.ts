/** What masks cost (`npx vitest bench`): a document of 3,000 words and a vocabulary of some 40,000 tokens. */

import { bench, describe } from "vitest";
import { answerFor } from "../../../web/src/engine/answer.js";
import { viableBytes } from "../../../web/src/engine/constraint/machine.js";
import { TokenTrie } from "../../../web/src/engine/constraint/token-trie.js";
import { Findings } from "../../../web/src/engine/findings.js";
import type { FieldKind, StringKind } from "../../../web/src/engine/plan.js";
import { SourceText } from "../../../web/src/engine/source.js";

const SYLLABLES = ["con", "tract", "in", "voice", "num", "ber", "de", "liv", "er", "y", "to", "tal", "am", "ount", "mün", "chen", "str", "aße", "12", ".50"];
const pick = (seed: number): string => SYLLABLES[(Math.imul(seed + 1, 0x9e3779b1) >>> 16) % SYLLABLES.length] ?? "";
const words = Array.from({ length: 3000 }, (_, i) => pick(i) + pick(i * 17 + 3) + (i % 3 === 0 ? pick(i * 5) : ""));
const text = words.join(" ");

const pieces = SYLLABLES.flatMap((a) => ["", ...SYLLABLES].flatMap((b) => ["", ...SYLLABLES].flatMap((c) => [a + b + c, ` ${a}${b}${c}`, `${a}${b}${c}"`, `"${a}${b}${c}`])));
const encoder = new TextEncoder();
const trie = new TokenTrie([...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)), ...[...new Set(pieces)].map((piece) => encoder.encode(piece))]);

const STRING: StringKind = { type: "string", minLength: 0, maxLength: Infinity, patterns: [], format: null, free: false };
const findings = new Findings(new SourceText(text));
const field = (kind: FieldKind) => ({ name: "f", path: "/f", description: "", absence: "null", kind }) as const;

describe("once a document", () => {
  bench("bytes and places", () => {
    new Findings(new SourceText(text)).words.within(STRING);
  });
});

describe.each<[string, FieldKind, string]>([
  ["any words", STRING, ' "'],
  ["words of a length", { ...STRING, minLength: 3, maxLength: 40 }, ' "'],
  ["words with a pattern", { ...STRING, patterns: ["[0-9]"] }, ' "'],
  ["a list of words", { type: "list", item: STRING, minItems: 0, maxItems: 200, uniqueItems: true }, ' ["'],
  ["free text", { ...STRING, free: true }, ' "'],
])("%s", (_, kind, opening) => {
  const { machine } = answerFor(field(kind), findings);
  const state = encoder.encode(opening).reduce<unknown>((at, byte) => machine.transition(at, byte), machine.initial());
  bench("the answer", () => {
    answerFor(field(kind), findings);
  });
  bench("the mask where a value begins", () => {
    trie.allowed(machine, state);
  });
  bench("the bytes that may follow", () => {
    viableBytes(machine, state);
  });
});
