import { describe, expect, it } from "vitest";
import type { Fragment } from "../../../web/src/readers/layout/lines.js";
import { pageText } from "../../../web/src/readers/layout/page-text.js";

const WIDTH = 600;
const HEIGHT = 800;

/** A fragment in letters that are ten high and five wide. */
function at(left: number, baseline: number, text: string, more: Partial<Fragment> = {}): Fragment {
  return { text, left, right: left + 5 * text.length, baseline, height: 10, spaced: false, rightToLeft: false, ...more };
}

const textOf = (...fragments: Fragment[]): string => pageText(fragments, WIDTH, HEIGHT).text;

const LEFT = ["The harbour was rebuilt after the", "storm of that winter, and most of", "its merchants came back within", "the year, bringing their trade"];
const RIGHT = ["What they found was a town that", "had learned to live without them", "and did not mean to forget it as", "quickly as they had hoped to do"];

describe("a page's text", () => {
  it("has lines by their baselines, whatever the order of the page's own parts", () => {
    expect(textOf(at(50, 120, "second"), at(50, 100, "first"), at(50, 140, "third"))).toBe("first\nsecond\nthird");
  });

  it("joins fragments that touch and parts those that do not", () => {
    expect(textOf(at(50, 100, "Ex"), at(60, 100, "cerpt"), at(88, 100, "reads"))).toBe("Excerpt reads");
    expect(textOf(at(50, 100, "a"), at(55, 100, "b", { spaced: true }))).toBe("a b");
  });

  it("keeps a raised letter on its line", () => {
    expect(textOf(at(50, 100, "12 m"), at(70, 96.6, "2", { height: 6 }), at(50, 114, "next"))).toBe("12 m2\nnext");
  });

  it("reads letters that were drawn twice once", () => {
    expect(textOf(at(50, 100, "TOTAL"), at(50.4, 100, "TOTAL"))).toBe("TOTAL");
  });

  it("keeps a table's row on one line", () => {
    const rows = ["Rye bread", "Olive oil", "Tomatoes", "Subtotal", "Tax"].flatMap((name, row) => [at(50, 100 + 14 * row, name), at(400, 100 + 14 * row, `${row}.20`)]);
    expect(textOf(...rows)).toBe("Rye bread  0.20\nOlive oil  1.20\nTomatoes  2.20\nSubtotal  3.20\nTax  4.20");
  });

  it("reads columns of running text one after the other, between what goes across", () => {
    const lines = LEFT.flatMap((text, row) => [at(50, 130 + 12 * row, text), at(320, 133 + 12 * row, RIGHT[row] ?? "")]);
    const page = textOf(at(50, 100, "A heading that goes across the whole page and both of its columns, as headings do"), ...lines);
    expect(page.split("\n\n").slice(1)).toEqual([LEFT.join("\n"), RIGHT.join("\n")]);
  });

  it("has a blank line where lines drift apart", () => {
    expect(textOf(at(50, 100, "a"), at(50, 112, "b"), at(50, 124, "c"), at(50, 150, "d"), at(50, 162, "e"))).toBe("a\nb\nc\n\nd\ne");
  });

  it("reads from right to left what is written so", () => {
    const rtl = { rightToLeft: true };
    expect(textOf(at(50, 100, "עולם", rtl), at(100, 100, "שלום", rtl))).toBe("שלום  עולם");
  });
});

describe("the boxes of words", () => {
  it("are fractions of the page, each for its own place in the text", () => {
    const { text, layout } = pageText([at(60, 100, "one two")], WIDTH, HEIGHT);
    expect(layout.words.map(({ span }) => text.slice(span.start, span.end))).toEqual(["one", "two"]);
    expect(layout.words[1]).toMatchObject({ left: 80 / WIDTH, width: 15 / WIDTH, height: 10 / HEIGHT });
  });

  it("are one for a word in two fragments", () => {
    const { layout } = pageText([at(60, 100, "Ex"), at(70, 100, "cerpt")], WIDTH, HEIGHT);
    expect(layout.words).toHaveLength(1);
    expect(layout.words[0]).toMatchObject({ span: { start: 0, end: 7 }, left: 60 / WIDTH });
    expect(layout.words[0]?.width).toBeCloseTo(35 / WIDTH);
  });
});
