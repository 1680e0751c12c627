/** What a graph is told about the tokens of one run: where they go, what they see, what came before them. */

import type { ColumnRange, Fed } from "./model.js";

/**
 * One row of `columns` for each token: 1 where it may see a column.
 *
 * @param window sees the last so many of its columns only
 */
export function visibleTo(tokens: readonly Fed[], columns: number, window = Number.POSITIVE_INFINITY): Uint8Array {
  const visible = new Uint8Array(tokens.length * columns);
  tokens.forEach(({ sees }, row) => {
    let left = window;
    for (const { from, to } of [...sees].reverse()) {
      visible.fill(1, row * columns + Math.max(from, to - left), row * columns + to);
      left -= Math.min(left, to - from);
    }
  });
  return visible;
}

/** Which columns the layers that convolve read of the tokens before each token. */
export interface Before {
  /** Columns of earlier runs, each once; the cache hands them to the graph behind a row of zeros. */
  readonly columns: readonly number[];
  /** For each token the rows of the `reach` tokens before it, the farthest first; 0 before its text began. */
  readonly rows: readonly number[];
}

/** @param reach how many tokens before its own a token is convolved with */
export function before(tokens: readonly Fed[], reach: number): Before {
  const wanted = tokens.map(({ sees }) => lastColumns(sees, reach + 1).slice(0, -1));
  const fed = new Map(tokens.map(({ column }, index) => [column, index]));
  const columns = [...new Set(wanted.flat())].filter((column) => !fed.has(column));
  const rowOf = new Map(columns.map((column, index) => [column, 1 + index]));
  for (const [column, index] of fed) rowOf.set(column, 1 + columns.length + index);
  const rows = wanted.flatMap((own) => [
    ...Array.from({ length: reach - own.length }, () => 0),
    ...own.map((column) => rowOf.get(column) ?? 0),
  ]);
  return { columns, rows };
}

/** The last `count` columns of a text, or all where it has fewer; ascending. */
function lastColumns(sees: readonly ColumnRange[], count: number): number[] {
  const found: number[] = [];
  for (const { from, to } of [...sees].reverse()) {
    for (let column = to - 1; column >= from; column--) {
      if (found.length === count) return found.reverse();
      found.push(column);
    }
  }
  return found.reverse();
}
