/**
 * One result for a document that was read in several windows.
 *
 * - A single value: found beats absent; of different values the stronger one. A value is as strong as its
 *   best window, and stronger where it stands in several places: windows that read the same place are one
 *   witness, and a value without a place (a boolean, say) is not witnessed twice. What a rival value takes away
 *   shows in the confidence.
 * - A list, and the rows of an array of objects: united in the order of the document. Of entries from two
 *   windows that share a part of the text, the surer (of rows, the fuller) one stays.
 * - Absent: as sure as the least sure window.
 */

import type { Span } from "../shared/document.js";
import type { FieldResult } from "../shared/extraction.js";
import { forwardsOf, isFound, leastSure, overlap } from "./results.js";
import { uniteItems, uniteRows, type ListRule } from "./unite.js";

/** The plan's lists, by their paths. */
export interface Lists {
  /** Lists of single values: one field each. */
  readonly values: ReadonlyMap<string, ListRule>;
  /** Arrays of objects: each row has fields of its own, `/items/0/price`. */
  readonly rows: ReadonlyMap<string, ListRule>;
}

/** The results of one window, their places in the whole document. */
export type WindowResults = readonly FieldResult[];

/** Results of a window that begins at `start`, as results of the whole document. */
export function shifted(results: readonly FieldResult[], start: number): WindowResults {
  const move = (span: Span | null): Span | null => span && { start: span.start + start, end: span.end + start };
  return results.map((result) => ({
    ...result,
    values: result.values.map((value) => ({ ...value, evidence: move(value.evidence) })),
  }));
}

/** One result for each field of any window, in the order in which the windows first name them. */
export function merge(windows: readonly WindowResults[], lists: Lists): FieldResult[] {
  const [only] = windows;
  if (windows.length === 1 && only !== undefined) return [...only];
  const byKey = new Map<string, FieldResult[][]>();
  windows.forEach((results, window) => {
    for (const result of results) {
      const key = rowsPathOf(result.path, lists) ?? result.path;
      const found = byKey.get(key) ?? windows.map(() => []);
      byKey.set(key, found);
      found[window]?.push(result);
    }
  });
  return [...byKey].flatMap(([path, found]) => mergeOne(path, found, lists));
}

function mergeOne(path: string, found: readonly FieldResult[][], lists: Lists): FieldResult[] {
  const rows = lists.rows.get(path);
  if (rows !== undefined) return uniteRows(path, found, rows);
  const rule = lists.values.get(path);
  const results = found.flat();
  return [rule === undefined ? mergeSingle(results) : uniteItems(found, rule)];
}

/** The path of the array of objects that a result belongs to; null for any other field. */
function rowsPathOf(path: string, { rows }: Lists): string | null {
  for (const array of rows.keys()) {
    if (path === array || path.startsWith(`${array}/`)) return array;
  }
  return null;
}

/** A value and all results that say it. */
interface Claim {
  readonly best: FieldResult;
  readonly strength: number;
}

function mergeSingle(results: readonly FieldResult[]): FieldResult {
  const claims = claimsOf(results.filter(isFound)).sort((a, b) => b.strength - a.strength);
  const [winner, rival] = claims;
  if (winner === undefined) return leastSure(results);
  const { best, strength } = winner;
  const confidence = rival === undefined ? strength : (strength * strength) / (strength + rival.strength);
  return { ...best, values: best.values.map((value) => ({ ...value, confidence })), confidence, forwards: forwardsOf(results) };
}

function claimsOf(found: readonly FieldResult[]): Claim[] {
  const groups = new Map<string, FieldResult[]>();
  for (const result of found) {
    const key = JSON.stringify(result.value);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].flatMap((group) => {
    const [best, ...others] = [...group].sort((a, b) => b.confidence - a.confidence);
    return best === undefined ? [] : [{ best, strength: strengthOf([best, ...others]) }];
  });
}

/** The chance that not every witness is wrong; `group` begins with the surest. */
function strengthOf(group: readonly FieldResult[]): number {
  const places: Span[] = [];
  let strength = 0;
  for (const [index, { values, confidence }] of group.entries()) {
    const place = values[0]?.evidence ?? null;
    const seen = index > 0 && (place === null || places.some((other) => overlap(other, place)));
    if (place !== null) places.push(place);
    if (!seen) strength += (1 - strength) * confidence;
  }
  return strength;
}
