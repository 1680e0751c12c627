/** Sets of code points, as the character classes of regular expressions need them. */

/** Ranges of code points, both ends included, ascending and apart. */
export type CharSet = readonly (readonly [from: number, to: number])[];

export const LAST_CODE_POINT = 0x10ffff;
export const ALL: CharSet = [[0, LAST_CODE_POINT]];

export function single(codePoint: number): CharSet {
  return [[codePoint, codePoint]];
}

export function union(...sets: readonly CharSet[]): CharSet {
  const sorted = sets.flat().sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

export function complement(set: CharSet): CharSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST_CODE_POINT) rest.push([next, LAST_CODE_POINT]);
  return rest;
}

export function has(set: CharSet, codePoint: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((set[middle]?.[1] ?? 0) < codePoint) low = middle + 1;
    else high = middle;
  }
  return (set[low]?.[0] ?? Number.POSITIVE_INFINITY) <= codePoint;
}

/** The classes that ECMA-262 names by one letter (22.2.2.9). */
export const DIGIT: CharSet = [[0x30, 0x39]];
export const WORD: CharSet = union(DIGIT, [[0x41, 0x5a]], [[0x5f, 0x5f]], [[0x61, 0x7a]]);
export const LINE_END: CharSet = [[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]];
export const SPACE: CharSet = union(
  LINE_END, [[0x09, 0x0c]], [[0x20, 0x20]], [[0xa0, 0xa0]], [[0x1680, 0x1680]], [[0x2000, 0x200a]],
  [[0x202f, 0x202f]], [[0x205f, 0x205f]], [[0x3000, 0x3000]], [[0xfeff, 0xfeff]],
);

const properties = new Map<string, CharSet>();

/** A Unicode property such as `L` or `Script=Greek`, asked of the runtime's own tables once. */
export function property(name: string): CharSet {
  const known = properties.get(name);
  if (known !== undefined) return known;
  const test = new RegExp(`\\p{${name}}`, "u");
  const ranges: [number, number][] = [];
  for (let at = 0; at <= LAST_CODE_POINT; at++) {
    if (!test.test(String.fromCodePoint(at))) continue;
    const last = ranges.at(-1);
    if (last?.[1] === at - 1) last[1] = at;
    else ranges.push([at, at]);
  }
  properties.set(name, ranges);
  return ranges;
}
