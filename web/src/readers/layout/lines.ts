/**
 * Puts the fragments of a page into the order in which people read them.
 *
 * - Fragments on one baseline are a line; a wide gap cuts it into segments, which stay on the line: a row of a
 *   table reads as a row.
 * - Where both sides of an empty strip are running text, they are columns: first the left one, then the right one.
 * - Lines that drift apart begin a new paragraph.
 */

/** A run of text as the page has it, in the page's units, from its upper left corner. */
export interface Fragment {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly height: number;
  /** Whether the page says that a space stands before it. */
  readonly spaced: boolean;
  readonly rightToLeft: boolean;
}

/** Fragments of one line without a wide gap between them. */
export interface Segment {
  readonly fragments: readonly Fragment[];
  readonly left: number;
  readonly right: number;
}

export interface Line {
  readonly segments: readonly Segment[];
  readonly baseline: number;
  readonly height: number;
}

/** Lines that are read one after the other. */
export type Block = readonly Line[];

/** Parts of the height of letters: how far baselines of one line may be apart, and what a wide gap is. */
const SAME_LINE = 0.35;
const WIDE_GAP = 1;

/** What makes lines running text: so many, so long, so full, so much of it letters. */
const FEWEST_LINES = 4;
const SHORTEST_LINE = 20;
const FULL_LINE = 0.7;
const MOST_DIGITS = 0.2;

export function arrange(fragments: readonly Fragment[]): Block[] {
  return columns(linesOf(fragments));
}

/** Whether a blank line stands between two lines of a block: they are further apart than its lines are. */
export function startsParagraph(previous: Line, line: Line, pitch: number): boolean {
  const gap = line.baseline - previous.baseline;
  return gap > 1.5 * pitch || gap > 2.6 * Math.max(previous.height, line.height);
}

/** The usual distance of a block's lines; infinite for a single line. */
export function pitchOf(block: Block): number {
  const gaps = block.slice(1).map((line, index) => line.baseline - (block[index]?.baseline ?? 0));
  return gaps.length === 0 ? Infinity : median(gaps);
}

function linesOf(fragments: readonly Fragment[]): Line[] {
  const groups: Fragment[][] = [];
  for (const fragment of [...fragments].sort((a, b) => a.baseline - b.baseline)) {
    const group = groups.at(-1);
    const first = group?.[0];
    const isSame = first !== undefined && fragment.baseline - first.baseline <= SAME_LINE * Math.max(first.height, fragment.height);
    if (isSame) group?.push(fragment);
    else groups.push([fragment]);
  }
  return groups.map(toLine);
}

function toLine(group: readonly Fragment[]): Line {
  const across = [...group].sort((a, b) => a.left - b.left).filter((fragment, index, all) => !isShadow(fragment, all[index - 1]));
  const height = Math.max(...group.map((fragment) => fragment.height));
  const segments = segmentsOf(across, WIDE_GAP * height);
  const letters = sum(group, ({ text, rightToLeft }) => (rightToLeft ? text.length : -text.length));
  if (letters <= 0) return { segments, baseline: group[0]?.baseline ?? 0, height };
  const turned = segments.map((segment) => ({ ...segment, fragments: [...segment.fragments].reverse() })).reverse();
  return { segments: turned, baseline: group[0]?.baseline ?? 0, height };
}

/** Bold letters are drawn twice by some programs, a hair apart. */
function isShadow(fragment: Fragment, before: Fragment | undefined): boolean {
  return before?.text === fragment.text && fragment.left - before.left < 0.2 * fragment.height && fragment.text.trim() !== "";
}

function segmentsOf(across: readonly Fragment[], wide: number): Segment[] {
  const segments: { fragments: Fragment[]; left: number; right: number }[] = [];
  for (const fragment of across) {
    const last = segments.at(-1);
    if (last === undefined || fragment.left - last.right > wide) segments.push({ fragments: [fragment], left: fragment.left, right: fragment.right });
    else {
      last.fragments.push(fragment);
      last.right = Math.max(last.right, fragment.right);
    }
  }
  return segments;
}

function columns(lines: readonly Line[]): Block[] {
  const gutter = widestGutter(lines);
  if (gutter === undefined) return lines.length === 0 ? [] : [lines];
  const { from, to, x } = gutter;
  const run = lines.slice(from, to);
  const sides = [side(run, (segment) => segment.left < x), side(run, (segment) => segment.left >= x)];
  return [...columns(lines.slice(0, from)), ...sides.flatMap(columns), ...columns(lines.slice(to))];
}

interface Gutter {
  /** The lines it runs through: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Where the right column begins. */
  readonly x: number;
}

/** The gutter along most lines that has running text on both sides. */
function widestGutter(lines: readonly Line[]): Gutter | undefined {
  const edges = new Set(lines.flatMap(({ segments }) => segments.map(({ left }) => Math.floor(left))));
  let best: Gutter | undefined;
  for (const x of edges) {
    for (const gutter of runsBeside(lines, x)) {
      if (best !== undefined && gutter.to - gutter.from <= best.to - best.from) continue;
      const run = lines.slice(gutter.from, gutter.to);
      if (isProse(run, (segment) => segment.left < x) && isProse(run, (segment) => segment.left >= x)) best = gutter;
    }
  }
  return best;
}

/** The runs of lines that nothing crosses at `x`. */
function runsBeside(lines: readonly Line[], x: number): Gutter[] {
  const runs: Gutter[] = [];
  let from = 0;
  for (let at = 0; at <= lines.length; at += 1) {
    const line = lines[at];
    if (line?.segments.every(({ left, right }) => left >= x || right < x) === true) continue;
    if (at - from >= FEWEST_LINES) runs.push({ from, to: at, x });
    from = at + 1;
  }
  return runs;
}

function side(lines: readonly Line[], belongs: (segment: Segment) => boolean): Line[] {
  return lines.flatMap((line) => {
    const segments = line.segments.filter(belongs);
    return segments.length === 0 ? [] : [{ ...line, segments }];
  });
}

function isProse(lines: readonly Line[], belongs: (segment: Segment) => boolean): boolean {
  const rows = side(lines, belongs);
  if (rows.length < FEWEST_LINES || rows.some(({ segments }) => segments.length > 2)) return false;
  const texts = rows.map(({ segments }) => segments.flatMap(({ fragments }) => fragments.map(({ text }) => text)).join(""));
  const left = Math.min(...rows.map(({ segments }) => segments[0]?.left ?? 0));
  const rights = rows.map(({ segments }) => segments.at(-1)?.right ?? 0);
  const width = Math.max(...rights) - left;
  const full = rights.filter((right) => right - left >= FULL_LINE * width).length;
  const all = texts.join("");
  const digits = all.replace(/\D/g, "").length;
  return median(texts.map(({ length }) => length)) >= SHORTEST_LINE && full * 2 >= rows.length && digits <= MOST_DIGITS * all.length;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
