/** A text as lines of cells: what stands apart by two blanks or more, a tab or an upright line. */

export interface Cell {
  readonly text: string;
  readonly start: number;
}

export interface Line {
  readonly cells: readonly Cell[];
  readonly start: number;
}

const GAP = /\t+| {2,}|\u00a0{2,}|\s*\|\s*/gu;
const CURRENCY = /^(?:[A-Z]{3}|\p{Sc})$/u;
/** A line that is drawn has no cells; the one under the header of a table in Markdown is none at all. */
const DRAWN = /^[\s|:=_+-]*$/u;
const UNDER_HEADER = /^[\s|:-]*\|[\s|:-]*$/u;

export function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split("\n").flatMap((line) => {
    const made = { start, cells: DRAWN.test(line) ? [] : withCurrency(cellsOf(line, start)) };
    start += line.length + 1;
    return UNDER_HEADER.test(line) ? [] : [made];
  });
}

function cellsOf(line: string, start: number): readonly Cell[] {
  const cells: Cell[] = [];
  let from = 0;
  const take = (to: number): void => {
    const piece = line.slice(from, to);
    const text = piece.trim();
    if (text !== "") cells.push({ text, start: start + from + piece.indexOf(text) });
  };
  for (const gap of line.matchAll(GAP)) {
    take(gap.index);
    from = gap.index + gap[0].length;
  }
  take(line.length);
  return cells;
}

/** A currency that stands apart belongs to the amount behind it: it is no cell of its own. */
function withCurrency(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter(({ text }, index) => !(CURRENCY.test(text) && /^\d/u.test(cells[index + 1]?.text ?? "")));
}
