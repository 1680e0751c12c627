import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Words } from "../../../web/src/engine/constraint/words.js";
import { findPlace } from "../../../web/src/engine/evidence.js";
import { SourceText } from "../../../web/src/engine/source.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const ANY = { minLength: 0, maxLength: Number.POSITIVE_INFINITY };

function spanOf(text: string, written: string): string {
  const source = new SourceText(text);
  const place = findPlace(new Words(source).within(ANY), bytes(written));
  const span = source.span(place?.start ?? 0, place?.end ?? 0);
  return text.slice(span.start, span.end);
}

describe("the source", () => {
  it("counts a run of white space as one blank and finds the way back", () => {
    expect(spanOf("  12 Main St\r\n\t Springfield ", "12 Main St Springfield")).toBe("12 Main St\r\n\t Springfield");
  });

  it("escapes as JSON does, so that a quote in the text ends nothing", () => {
    expect(spanOf('a 5" pipe \\ end', '5\\" pipe \\\\')).toBe('5" pipe \\');
  });

  it.each([
    ["accents made of two characters", "Zo\u0065\u0301 Müller", "Zo\u0065\u0301"],
    ["emoji of several characters", "to 👩‍👩‍👧 family", "👩‍👩‍👧"],
    ["Chinese without blanks", "公司名称有限公司", "名称"],
    ["Hebrew and Arabic", "שלום עולם مرحبا", "עולם مرحبا"],
    ["surrogate pairs", "𝒳 and 𝒴", "𝒴"],
  ])("places %s exactly", (_, text, value) => {
    expect(spanOf(text, value)).toBe(value);
  });

  it("begins and ends values at words, and between letters and digits", () => {
    const source = new SourceText("RM404.40, paid:");
    const starts = source.starts().map((position) => source.span(position, position).start);
    expect(starts).toEqual([0, 2, 5, 6, 10]);
    const text = "RM404.40, paid:";
    const ends = Array.from({ length: text.length + 1 }, (_, offset) => offset).flatMap((offset) => (source.mayEnd(offset) ? [offset] : []));
    expect(ends).toEqual([2, 5, 6, 8, 14]);
  });

  it("never splits what a reader sees as one character", () => {
    const source = new SourceText("e\u0301🏳️‍🌈");
    const offsets = source.starts().map((position) => source.span(position, position).start);
    expect(offsets).toEqual([0, 2]);
  });

  it("places every planted span exactly", () => {
    const word = fc.constantFrom("Acme", "né", "日本", "🙂", 'a"b', "12", "שלום", "\\", "x");
    const gap = fc.constantFrom(" ", "\n", "  ", "\t", "\u00a0");
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), (parts, a, b) => {
        const text = parts.flat().join("");
        const from = a % parts.length;
        const to = from + (b % (parts.length - from));
        const start = parts.slice(0, from).flat().join("").length;
        const planted = parts.slice(from, to + 1).flat().join("").trimEnd();
        const source = new SourceText(text);
        const begin = source.positionOf(start);
        const end = source.positionOf(start + planted.length);
        expect(source.span(begin, end)).toEqual({ start, end: start + planted.length });
        expect(source.starts()).toContain(begin);
        expect(source.mayEnd(end)).toBe(true);
      }),
      { seed: 3 },
    );
  });
});

describe("evidence", () => {
  it("is nowhere where a value does not stand in the document", () => {
    const words = new Words(new SourceText("one two")).within(ANY);
    expect(findPlace(words, bytes("three"))).toBeNull();
    expect(findPlace(words, bytes("tw"))).toBeNull();
  });

  it("keeps to the lengths that the schema allows, in code points", () => {
    const words = new Words(new SourceText("🙂🙂🙂 ab")).within({ minLength: 2, maxLength: 2 });
    expect(findPlace(words, bytes("🙂🙂"))).toEqual({ start: 0, end: 8 });
    expect(findPlace(words, bytes("🙂"))).toBeNull();
    expect(findPlace(words, bytes("🙂🙂🙂"))).toBeNull();
  });
});
