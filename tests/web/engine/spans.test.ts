/** Exact places: what is planted in a text of any script is found at its very characters. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerFor } from "../../../web/src/engine/answer.js";
import { Findings } from "../../../web/src/engine/findings.js";
import { graphemesOf } from "../../../web/src/engine/graphemes.js";
import type { StringKind } from "../../../web/src/engine/plan.js";
import { SourceText } from "../../../web/src/engine/source.js";
import type { FoundValue } from "../../../web/src/engine/answer.js";

interface Golden {
  readonly name: string;
  readonly text: string;
  readonly value: string;
  readonly units: readonly [number, number];
}

const golden = (JSON.parse(readFileSync(new URL("../../golden/spans.json", import.meta.url), "utf8")) as { cases: Golden[] }).cases;
const STRING: StringKind = { type: "string", minLength: 0, maxLength: Infinity, patterns: [], format: null, free: false };

/** The value as a model writes it: white space as one blank. */
const written = (value: string): string => JSON.stringify(value.replace(/\s+/gu, " "));

function read(source: SourceText, value: string): FoundValue | undefined {
  const field = { name: "f", path: "/f", description: "", absence: "null", kind: STRING } as const;
  const { machine, read: back } = answerFor(field, new Findings(source));
  const answer = ` ${written(value)}\n`;
  let state = machine.initial();
  for (const byte of new TextEncoder().encode(answer)) state = machine.transition(state, byte);
  expect(machine.accepting(state)).toBe(true);
  return back(answer).values[0];
}

describe("a planted value", () => {
  it.each(golden)("stands exactly where it was planted: $name", ({ text, value, units: [start, end] }) => {
    expect(read(new SourceText(text), value)).toEqual({ value, origin: "verbatim", evidence: { start, end } });
  });

  const word = fc.constantFrom(
    "Acme", "né", "ne\u0301", "日本", "東京都", "🙂", "👩‍👩‍👧", "🇩🇪", 'a"b', "\\", "12", "1,234.50", "שלום", "مُحَمَّد", "สินค้า", "𝒳𝒴", "नगर", "(x)", "well-", "ﬁn", "\u0001", "q".repeat(400),
  );
  const gap = fc.constantFrom(" ", "\n", "  ", "\t", "\u00a0", "\r\n", " \r\n\t", "\u3000", "\f");
  const parts = fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 16 });

  it("is found at its very characters, in any script and with any white space", () => {
    fc.assert(
      fc.property(parts, fc.nat(), fc.nat(), (all, a, b) => {
        const text = all.flat().join("");
        const from = a % all.length;
        const length = Math.min(1 + (b % 3), all.length - from);
        const start = all.slice(0, from).flat().join("").length;
        const planted = all.slice(from, from + length).flat().join("").trimEnd();
        const source = new SourceText(text);
        const found = read(source, planted);
        const evidence = found?.evidence ?? { start: -1, end: -1 };
        const value = text.slice(evidence.start, evidence.end);
        expect(found?.value).toBe(value);
        expect(written(value)).toBe(written(planted));
        expect(evidence.start).toBeLessThanOrEqual(start);
        const again = new Findings(source);
        const field = { name: "f", path: "/f", description: "", absence: "null", kind: STRING } as const;
        const held = answerFor(field, again, { start, end: start + planted.length }).read(` ${written(planted)}\n`);
        expect(held.values[0]).toEqual({ value: planted, origin: "verbatim", evidence: { start, end: start + planted.length } });
      }),
      { seed: 17, numRuns: 200 },
    );
  });
});

describe("graphemes", () => {
  it("are the segmenter's, however they are found", () => {
    const piece = fc.constantFrom("a", "\r", "\n", "\r\n", "\u0301", "é", "👩‍👩‍👧", "🇩🇪", "\u0600", "1", "\u200d", "각", " ", "नि", "\u0000");
    const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }).map((all) => all.join("")), (text) => {
        const wanted = Array.from(segmenter.segment(text), ({ segment, index }) => ({ segment, index }));
        expect([...graphemesOf(text)]).toEqual(wanted);
      }),
      { seed: 19, numRuns: 500 },
    );
  });
});
