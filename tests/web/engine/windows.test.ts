import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pieces, SEAM, weigh, WindowCutter, type WindowSize } from "../../../web/src/engine/windows.js";
import type { Span } from "../../../web/src/shared/document.js";

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** A stand-in for a tokenizer: a token for every four bytes. */
const count = (text: string): number => Math.ceil(new TextEncoder().encode(text).length / 4);

function cut(text: string, size: WindowSize, most = size.overlap / 2): readonly Span[] {
  const cutter = new WindowCutter(size);
  for (const piece of pieces(text)) for (const part of weigh(text, piece, most, count)) cutter.add(part);
  return cutter.finish();
}

const words = fc.array(fc.constantFrom("a", "Total", "12.50", "漢字", "👩‍👩‍👧", "e\u0301", "🇨🇭", "\ud800", "x".repeat(90)), { maxLength: 60 });
const texts = fc
  .array(fc.tuple(words, fc.constantFrom("\n", "\r\n", "\n\n", ". ", " ", "", "\u2028", "\f")), { maxLength: 40 })
  .map((lines) => lines.map(([line, end]) => line.join(line.length % 3 === 0 ? "" : " ") + end).join(""));
const sizes = fc.record({ budget: fc.integer({ min: 40, max: 400 }), overlap: fc.integer({ min: 0, max: 30 }) });

describe("pieces", () => {
  it("are the text again, and cut no grapheme", () => {
    fc.assert(fc.property(texts, (text) => {
      const all = [...pieces(text)].flatMap((piece) => [...weigh(text, piece, 8, count)]);
      expect(all.map(({ start, end }) => text.slice(start, end)).join("")).toBe(text);
      const starts = new Set([...graphemes.segment(text)].map(({ index }) => index));
      for (const { start, end } of all) expect(starts.has(start) && end > start).toBe(true);
    }), { numRuns: 200 });
  });

  it("are as light as asked, down to a grapheme", () => {
    fc.assert(fc.property(texts, (text) => {
      for (const piece of pieces(text)) {
        for (const { start, end, tokens } of weigh(text, piece, 8, count)) {
          if (tokens > 8) expect([...graphemes.segment(text.slice(start, end))]).toHaveLength(1);
        }
      }
    }), { numRuns: 100 });
  });

  it("end with the seam that stands there", () => {
    const text = `One line\r\n\nA new paragraph. ${"Words go on ".repeat(20)}and end. ${"漢".repeat(300)}`;
    const found = [...pieces(text)].map(({ start, end, seam }) => [text.slice(start, end).slice(0, 8), seam]);
    expect(found.slice(0, 2)).toEqual([["One line", SEAM.paragraph], ["A new pa", SEAM.word]]);
    expect(found.at(-2)?.[1]).toBe(SEAM.character);
  });

  it("hold a few short lines, and are halved between them", () => {
    const line = "Twelve chars\n";
    const [first, second] = pieces(line.repeat(20));
    expect([first, second]).toEqual([{ start: 0, end: 130, seam: SEAM.line }, { start: 130, end: 260, seam: SEAM.line }]);
    const halves = first === undefined ? [] : [...weigh(line.repeat(20), first, 20, count)];
    expect(halves.map(({ end, seam }) => [end, seam])).toEqual([[65, SEAM.line], [130, SEAM.line]]);
  });

  it("never part the halves of a pair, even in a grapheme of hundreds of marks", () => {
    const text = `e${"\u0301".repeat(255)}${"👍🏽\u200d".repeat(400)}`;
    for (const { end } of pieces(text)) expect(text.codePointAt(end - 1) ?? 0).not.toBeGreaterThan(0xffff);
  });
});

describe("windows", () => {
  it("cover the text, each further than the one before, within the budget", () => {
    fc.assert(fc.property(texts, sizes, (text, size) => {
      const most = 30;
      const windows = cut(text, size, most);
      expect(windows[0]?.start ?? 0).toBe(0);
      expect(windows.at(-1)?.end ?? 0).toBe(text.length);
      windows.forEach(({ start, end }, index) => {
        const before = windows[index - 1];
        if (before !== undefined) {
          expect(start).toBeGreaterThan(before.start);
          expect(start).toBeLessThanOrEqual(before.end);
          expect(end).toBeGreaterThan(before.end);
          // A stand-in rounds up at each piece: the whole is never heavier than its parts.
          expect(count(text.slice(start, before.end))).toBeLessThanOrEqual(size.overlap);
        }
        expect(count(text.slice(start, end))).toBeLessThanOrEqual(size.budget);
      });
    }), { numRuns: 300 });
  });

  it("share whole lines, and end at a paragraph where one ends late enough", () => {
    const line = "A line of some words here.\n";
    const text = `${line.repeat(9)}\n${line.repeat(9)}`;
    const [first, second] = cut(text, { budget: 72, overlap: 16 }, 16);
    expect(text.slice(first?.start, first?.end)).toBe(`${line.repeat(9)}\n`);
    expect(text.slice(second?.start, first?.end)).toBe(`${line}${line}\n`);
  });

  it("of an empty text are none", () => {
    expect(cut("", { budget: 10, overlap: 2 })).toEqual([]);
  });

  it("of a million characters of any shape are found fast", () => {
    for (const text of ["12.50 ".repeat(166_667), "x".repeat(1_000_000), "a\n".repeat(500_000), "漢".repeat(400_000)]) {
      const windows = cut(text, { budget: 1280, overlap: 160 }, 80);
      expect(windows.at(-1)?.end).toBe(text.length);
    }
  }, 20_000);
});
