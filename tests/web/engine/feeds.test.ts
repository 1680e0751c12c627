import { describe, expect, it } from "vitest";
import { before, visibleTo } from "../../../web/src/engine/feeds.js";
import type { Fed } from "../../../web/src/engine/model.js";

/** A trunk of three tokens; behind it a branch at column 16, of which two tokens are fed, and one at 32. */
const trunk = { from: 0, to: 3 };
const fed: Fed[] = [
  { id: 7, position: 3, column: 16, sees: [trunk, { from: 16, to: 17 }] },
  { id: 8, position: 4, column: 17, sees: [trunk, { from: 16, to: 18 }] },
  { id: 9, position: 3, column: 32, sees: [trunk, { from: 32, to: 33 }] },
];
const seen = (flags: Uint8Array, columns: number): number[][] =>
  Array.from({ length: flags.length / columns }, (_, row) =>
    [...flags.subarray(row * columns, (row + 1) * columns)].flatMap((flag, column) => (flag === 1 ? [column] : [])),
  );

describe("what a token sees", () => {
  it("is its own text", () => {
    expect(seen(visibleTo(fed, 48), 48)).toEqual([[0, 1, 2, 16], [0, 1, 2, 16, 17], [0, 1, 2, 32]]);
  });

  it("is the end of its own text inside a window, over the gap between its columns", () => {
    expect(seen(visibleTo(fed, 48, 3), 48)).toEqual([[1, 2, 16], [2, 16, 17], [1, 2, 32]]);
    expect(seen(visibleTo(fed, 48, 1), 48)).toEqual([[16], [17], [32]]);
  });
});

describe("what comes before a token", () => {
  it("is of earlier runs or of this one, never of another branch", () => {
    const { columns, rows } = before(fed, 2);
    expect(columns).toEqual([1, 2]);
    // Rows: zeros, columns 1 and 2, then the three tokens of this run.
    expect(rows).toEqual([1, 2, 2, 3, 1, 2]);
  });

  it("is zeros where the text begins", () => {
    const start: Fed[] = [0, 1, 2].map((column) => ({ id: 5, position: column, column, sees: [{ from: 0, to: column + 1 }] }));
    expect(before(start, 2)).toEqual({ columns: [], rows: [0, 0, 0, 1, 1, 2] });
  });

  it("is nothing for a model without convolutions", () => {
    expect(before(fed, 0)).toEqual({ columns: [], rows: [] });
  });
});
