import { describe, expect, it } from "vitest";
import { fragmentsOf, turnedBack } from "../../../web/src/readers/worker/tsv.js";

const TSV = [
  "1\t1\t0\t0\t0\t0\t0\t0\t200\t100\t-1\t",
  "4\t1\t1\t1\t1\t0\t10\t20\t150\t10\t-1\t",
  "5\t1\t1\t1\t1\t1\t10\t20\t40\t9\t96.1\tRye",
  "5\t1\t1\t1\t1\t2\t140\t20\t20\t9\t91\t3.20",
  "5\t1\t1\t1\t1\t3\t170\t20\t2\t2\t3\t~",
  "5\t1\t1\t1\t1\t4\t180\t20\t2\t2\t95\t ",
].join("\n");

describe("fragmentsOf", () => {
  it("takes the words that are sure enough, on their line's baseline", () => {
    expect(fragmentsOf(TSV).map(({ text, left, right, baseline, height }) => [text, left, right, baseline, height])).toEqual([
      ["Rye", 10, 50, 27.8, 10],
      ["3.20", 140, 160, 27.8, 10],
    ]);
  });
});

describe("turnedBack", () => {
  const word = { span: { start: 0, end: 1 }, left: 0.9, top: 0.45, width: 0.1, height: 0.1 };

  it("leaves a level picture alone", () => {
    const layout = { width: 200, height: 100, words: [word] };
    expect(turnedBack(layout, 0)).toBe(layout);
  });

  it("puts the box where the word stood before a clockwise turn", () => {
    const [box] = turnedBack({ width: 200, height: 100, words: [word] }, 0.1).words;
    // Right of the middle by 90 pixels: before the turn it was higher by nearly 9.
    expect((box?.top ?? 0) * 100).toBeCloseTo(45 - 90 * Math.sin(0.1));
    expect((box?.left ?? 0) * 200).toBeCloseTo(180 - 90 * (1 - Math.cos(0.1)));
  });
});
