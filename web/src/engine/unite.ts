/**
 * Lists that were found in several windows of a document, as one list in the document's order without
 * doubles. Of two entries from different windows that share a part of the text, the better one stays: of
 * values the surer, of rows the fuller. Where there are more than the schema allows, the best stay.
 */

import type { Span } from "../shared/document.js";
import type { FieldResult, FieldValue } from "../shared/extraction.js";
import { forwardsOf, isFound, leastSure, overlap } from "./results.js";

export interface ListRule {
  readonly maxItems: number;
  readonly uniqueItems: boolean;
}

/** What is told apart: a value of a list, or a row. */
interface Entry {
  readonly window: number;
  /** The part of the text that it takes; null where it stands nowhere. */
  readonly place: Span | null;
  /** Equal for entries that read the same. */
  readonly contents: string;
  /** For the order of entries that have no place: that of the entry before them. */
  readonly at: number;
}

/** Of entries that come best first, those that stay, in the document's order. */
function unite<E extends Entry>(best: readonly E[], { maxItems, uniqueItems }: ListRule): E[] {
  const kept: E[] = [];
  const isDouble = (entry: E, other: E): boolean => {
    if (uniqueItems && entry.contents === other.contents) return true;
    if (entry.window === other.window) return false;
    if (entry.place === null || other.place === null) return entry.place === other.place && entry.contents === other.contents;
    return overlap(entry.place, other.place);
  };
  for (const entry of best) {
    if (kept.length < maxItems && !kept.some((other) => isDouble(entry, other))) kept.push(entry);
  }
  return kept.sort((a, b) => a.at - b.at || a.window - b.window);
}

/**
 * A list of single values.
 *
 * @param found for each window the field's results: one, or none where the window could not be asked
 */
export function uniteItems(found: readonly FieldResult[][], rule: ListRule): FieldResult {
  const results = found.flat();
  const full = results.filter(({ value }) => Array.isArray(value) && value.length > 0);
  const [first] = full;
  if (first === undefined) return emptiest(results);
  const items = found.flatMap((inWindow, window) => inWindow.flatMap(({ values }) => itemsOf(values, window)));
  const kept = unite(items.sort((a, b) => b.value.confidence - a.value.confidence), rule).map(({ value }) => value);
  return {
    ...first,
    values: kept,
    value: kept.map(({ value }) => value),
    confidence: Math.min(...full.map(({ confidence }) => confidence)),
    forwards: forwardsOf(results),
  };
}

/** An empty list where any window says so, else null or left out. */
function emptiest(results: readonly FieldResult[]): FieldResult {
  const empty = results.filter(isFound);
  return leastSure(empty.length > 0 ? empty : results, results);
}

function itemsOf(values: readonly FieldValue[], window: number): (Entry & { readonly value: FieldValue })[] {
  let at = 0;
  return values.filter(({ origin }) => origin !== "absent").map((value) => {
    at = value.evidence?.start ?? at;
    return { value, window, place: value.evidence, contents: JSON.stringify(value.value), at };
  });
}

interface Row extends Entry {
  readonly index: number;
  /** What the row itself was answered with, where rows are. */
  readonly own: FieldValue | null;
  readonly fields: readonly FieldResult[];
  readonly found: number;
  readonly confidence: number;
}

/**
 * An array of objects: the rows' fields, their paths renumbered, behind the result of the array itself where
 * windows have one.
 *
 * @param path the array's, such as `/items`
 * @param found for each window the results at `path` and below it
 */
export function uniteRows(path: string, found: readonly FieldResult[][], rule: ListRule): FieldResult[] {
  const heads = found.flat().filter((result) => result.path === path);
  const rows = found.flatMap((results, window) => rowsOf(path, results, window));
  const kept = unite(rows.sort((a, b) => b.found - a.found || b.confidence - a.confidence), rule);
  return [...headOf(heads, kept), ...kept.flatMap((row, index) => renumbered(path, row, index))];
}

function rowsOf(path: string, results: readonly FieldResult[], window: number): Row[] {
  const own = results.find((result) => result.path === path)?.values ?? [];
  const byIndex = new Map<number, FieldResult[]>();
  for (const result of results) {
    if (result.path === path) continue;
    const index = Number(result.path.slice(path.length + 1).split("/", 1)[0]);
    byIndex.set(index, [...(byIndex.get(index) ?? []), result]);
  }
  let at = 0;
  return [...byIndex].map(([index, fields]) => {
    const place = own[index]?.evidence ?? hull(fields);
    at = place?.start ?? at;
    const found = fields.filter(isFound);
    const confidence = found.reduce((sum, field) => sum + field.confidence, 0) / Math.max(1, found.length);
    const contents = JSON.stringify(found.map((field) => [field.path.slice(`${path}/${String(index)}`.length), field.value]));
    return { index, own: own[index] ?? null, fields, found: found.length, confidence, window, place, contents, at };
  });
}

/** From the first place of any value to the end of the last. */
function hull(fields: readonly FieldResult[]): Span | null {
  const places = fields.flatMap(({ values }) => values.flatMap(({ evidence }) => evidence ?? []));
  if (places.length === 0) return null;
  return { start: Math.min(...places.map(({ start }) => start)), end: Math.max(...places.map(({ end }) => end)) };
}

function renumbered(path: string, row: Row, index: number): FieldResult[] {
  const before = `${path}/${String(row.index)}`;
  return row.fields.map((field) => ({ ...field, path: `${path}/${String(index)}${field.path.slice(before.length)}` }));
}

function headOf(heads: readonly FieldResult[], kept: readonly Row[]): FieldResult[] {
  if (heads.length === 0) return [];
  const full = heads.filter(({ values }) => values.some(({ origin }) => origin !== "absent"));
  const [first] = full;
  if (first === undefined) return [emptiest(heads)];
  const values = kept.flatMap(({ own }) => own ?? []);
  const confidence = Math.min(...full.map((head) => head.confidence));
  return [{ ...first, values, value: values.map(({ value }) => value), confidence, forwards: forwardsOf(heads) }];
}
