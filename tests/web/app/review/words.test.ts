import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxesOf, wordAt } from "../../../../web/src/app/review/boxes.js";
import { type Way, WordList } from "../../../../web/src/app/review/words.js";
import type { PageLayout } from "../../../../web/src/shared/document.js";

const TEXT = "INVOICE NW-1\nDate: 3 May\n\nTotal  9.50\n";
const WORDS = new WordList(TEXT);
const read = (index: number): string => TEXT.slice(WORDS.spans[index]?.start, WORDS.spans[index]?.end);

describe("a text's words", () => {
  it("are found at an offset, or after it", () => {
    expect([0, 6, 7, 8, 12, 25, 999].map((offset) => read(WORDS.at(offset)))).toEqual(["INVOICE", "INVOICE", "NW-1", "NW-1", "Date:", "Total", "9.50"]);
    expect(new WordList(" ").at(0)).toBe(-1);
  });

  it.each<[string, Way, string]>([
    ["Date:", "right", "3"], ["Date:", "left", "NW-1"], ["INVOICE", "left", "INVOICE"], ["9.50", "right", "9.50"],
    ["NW-1", "down", "May"], ["May", "up", "NW-1"], ["INVOICE", "up", "INVOICE"], ["3", "down", "9.50"], ["9.50", "down", "9.50"],
    ["9.50", "up", "May"], ["3", "start", "Date:"], ["3", "end", "May"],
  ])("from %s %s to %s", (from, way, to) => {
    const index = WORDS.spans.findIndex((_, at) => read(at) === from);
    expect(read(WORDS.step(index, way))).toBe(to);
  });

  it("always lead to a word, whatever the text is", () => {
    fc.assert(fc.property(fc.string(), fc.nat(), fc.constantFrom<Way>("left", "right", "up", "down", "start", "end"), (text, seed, way) => {
      const words = new WordList(text);
      if (words.spans.length === 0) return;
      expect(words.spans[words.step(seed % words.spans.length, way)]).toBeDefined();
    }));
  });

  it("are selected as a whole", () => {
    expect(WORDS.touching({ start: 2, end: 9 })).toEqual({ start: 0, end: 12 });
    expect(WORDS.touching({ start: 7, end: 8 })).toBeNull();
    expect(WORDS.touching({ start: 12, end: 14 })).toEqual({ start: 13, end: 18 });
    expect(WORDS.between(3, 1)).toEqual({ start: 8, end: 20 });
  });
});

describe("boxes on a page", () => {
  const word = (start: number, end: number, left: number, top: number) => ({ span: { start, end }, left, top, width: 0.1, height: 0.02 });
  const page: PageLayout = { width: 100, height: 100, words: [word(0, 5, 0.1, 0.1), word(6, 10, 0.25, 0.102), word(11, 15, 0.1, 0.2)] };

  it("are one for each line", () => {
    const [first, second, ...others] = boxesOf(page, { start: 0, end: 15 });
    expect(others).toEqual([]);
    expect(first?.left).toBeCloseTo(0.1);
    expect(first?.width).toBeCloseTo(0.25);
    expect(second).toEqual({ left: 0.1, top: 0.2, width: 0.1, height: 0.02 });
  });

  it("hold no more of a word than the span does", () => {
    const [box] = boxesOf(page, { start: 1, end: 3 });
    expect(box?.left).toBeCloseTo(0.12);
    expect(box?.width).toBeCloseTo(0.04);
    expect(boxesOf(page, { start: 5, end: 6 })).toEqual([]);
  });

  it("are found by a point, the nearest where none is there", () => {
    expect(wordAt(page, 0.3, 0.11)?.span.start).toBe(6);
    expect(wordAt(page, 0.6, 0.19)?.span.start).toBe(11);
    expect(wordAt({ ...page, words: [] }, 0.3, 0.11)).toBeNull();
  });
});
