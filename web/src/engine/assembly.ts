/** From the answers to single questions back to the whole: what is found, what is missing, and the output. */

import { pointerPart, soleColumn, type Absence, type ObjectNode, type Plan, type PlanNode, type RowsNode, type UnionNode } from "./plan.js";
import { equal } from "./plan/admits.js";
import { isObject } from "./plan/keywords.js";
import { isFound } from "./results.js";
import { InputError } from "../shared/errors.js";
import type { Extraction, FieldResult } from "../shared/extraction.js";
import type { JsonValue } from "../shared/schema.js";

/** Where results are looked up. */
export interface Results {
  readonly at: (path: string, node: PlanNode) => FieldResult | undefined;
  readonly rows: (path: string, node: RowsNode) => number;
}

export interface Assembled {
  /** Undefined where the key is left out. */
  readonly value: JsonValue | undefined;
  /** How many values of the document it holds. */
  readonly found: number;
  /** The surest of them first: what decides between alternatives that hold as many. */
  readonly confidence: number;
  /** Nothing is missing that the schema requires. */
  readonly complete: boolean;
  readonly results: readonly FieldResult[];
}

const LEFT_OUT: Assembled = { value: undefined, found: 0, confidence: 0, complete: true, results: [] };

export function assemble(node: PlanNode, path: string, results: Results): Assembled {
  switch (node.at) {
    case "fixed":
      return { ...LEFT_OUT, value: node.value, results: fixedResult(path, node.value) };
    case "leaf":
      return leaf(node, results.at(path, node));
    case "object":
      return object(node, path, results);
    case "rows":
      return rows(node, path, results);
    case "union":
      return union(node, path, results);
  }
}

/**
 * The output of a plan's results, one for each path.
 *
 * @throws InputError `nothing-to-answer`, see `checked`
 */
export function outputOf(plan: Plan, fields: readonly FieldResult[]): Extraction["output"] {
  const byPath = new Map(fields.map((field) => [field.path, field]));
  return checked(plan, assemble(plan.tree, "", { at: (path) => byPath.get(path), rows: (path) => rowsAmong(path, fields) }));
}

/**
 * The whole as the output, once it is certain that it fits the schema.
 *
 * @throws InputError `nothing-to-answer` where what was found does not make what the schema asks for
 */
export function checked({ fits }: Plan, { value, complete }: Assembled): Extraction["output"] {
  if (!complete || !isObject(value) || !fits(value)) throw tooLittle();
  return value;
}

/** The schema's only value is a result like any other, except that nobody was asked. */
function fixedResult(path: string, value: JsonValue): readonly FieldResult[] {
  if (typeof value === "object") return [];
  return [{ path, value, values: [{ value, origin: "inferred", evidence: null, confidence: 1 }], omitted: false, confidence: 1, forwards: 0 }];
}

function rowsAmong(path: string, fields: readonly FieldResult[]): number {
  const indices = fields.filter((field) => field.path.startsWith(`${path}/`)).map((field) => Number(field.path.slice(path.length + 1).split("/", 1)[0]));
  return indices.reduce((most, index) => Math.max(most, index + 1), 0);
}

function leaf({ absence, kind }: Extract<PlanNode, { at: "leaf" }>, result: FieldResult | undefined): Assembled {
  const results = result === undefined ? [] : [result];
  const items = kind.type === "list" ? result?.values.filter(({ origin }) => origin !== "absent").length ?? 0 : 1;
  const enough = kind.type !== "list" || items >= kind.minItems;
  if (result !== undefined && isFound(result) && (enough || absence === "never")) {
    return { value: result.value, found: items, confidence: result.confidence, complete: enough, results };
  }
  const empty = absence === "never" && kind.type === "list" && kind.minItems === 0;
  return { ...absent(absence, empty), results: results.map((one) => (empty ? emptied(one) : nothing(one, absence))) };
}

/** A list that must be there and may be empty is. */
function emptied(result: FieldResult): FieldResult {
  return { ...result, value: [] };
}

function absent(absence: Absence, empty: boolean): Assembled {
  if (absence === "null") return { ...LEFT_OUT, value: null };
  if (absence === "omit") return LEFT_OUT;
  return empty ? { ...LEFT_OUT, value: [] } : { ...LEFT_OUT, complete: false };
}

function object({ members, absence }: ObjectNode, path: string, results: Results): Assembled {
  const filled = members.map(({ key, node }) => ({ key, inner: assemble(node, `${path}/${pointerPart(key)}`, results) }));
  const found = filled.reduce((sum, { inner }) => sum + inner.found, 0);
  const complete = filled.every(({ inner }) => inner.complete);
  const all = filled.flatMap(({ inner }) => inner.results);
  if (absence !== "never" && (found === 0 || !complete)) return { ...absent(absence, false), results: all.map(leftOut) };
  const entries = filled.flatMap(({ key, inner }) => (inner.value === undefined ? [] : [[key, inner.value] as const]));
  return { value: Object.fromEntries(entries), found, confidence: Math.max(0, ...filled.map(({ inner }) => inner.confidence)), complete, results: all };
}

/** A result that the output has no place for, because what it belongs to is left out. */
function leftOut(result: FieldResult): FieldResult {
  return nothing(result, "omit");
}

function nothing(result: FieldResult, absence: Absence): FieldResult {
  const values = [{ value: null, origin: "absent", evidence: null, confidence: result.confidence }] as const;
  return { ...result, value: null, values, omitted: absence === "omit" };
}

function rows(node: RowsNode, path: string, results: Results): Assembled {
  const head = results.at(path, node);
  const kept = keptRows(node, path, results);
  const all = [...(head === undefined ? [] : [head]), ...kept.flatMap((row) => row.results)];
  const complete = kept.length >= node.minItems;
  if (kept.length === 0) {
    const empty = complete && node.absence === "never";
    return { ...absent(node.absence, empty), results: all.map((one) => (empty ? emptied(one) : nothing(one, node.absence))) };
  }
  if (!complete && node.absence !== "never") return { ...absent(node.absence, false), results: all.map(leftOut) };
  const found = kept.reduce((total, row) => total + row.found, 0);
  return { value: kept.map(({ value }) => value ?? null), found, confidence: head?.confidence ?? 0, complete, results: all };
}

/** The rows that are whole, each once where none may come twice. */
function keptRows(node: RowsNode, path: string, results: Results): readonly Assembled[] {
  const kept: Assembled[] = [];
  for (let index = 0; index < results.rows(path, node); index++) {
    const row = assemble(node.item, `${path}/${String(index)}`, results);
    const repeated = node.uniqueItems && kept.some(({ value }) => equal(value ?? null, row.value ?? null));
    if (row.complete && row.value !== undefined && !repeated) kept.push(renumbered(row, path, index, kept.length));
  }
  return kept;
}

/** Rows that are not kept leave no gap. */
function renumbered(row: Assembled, path: string, from: number, to: number): Assembled {
  const before = `${path}/${String(from)}`;
  return { ...row, results: row.results.map((result) => ({ ...result, path: `${path}/${String(to)}${result.path.slice(before.length)}` })) };
}

function union({ options, absence }: UnionNode, path: string, results: Results): Assembled {
  const filled = options.map((option) => assemble(option, path, results));
  const best = filled[bestOf(filled, true)];
  if (best !== undefined && (absence === "never" || (best.complete && best.found > 0))) return best;
  return { ...absent(absence, false), results: (best?.results ?? []).map(leftOut) };
}

/**
 * The alternative that is whole and holds the most; the first of those that are alike.
 *
 * @param settled nothing more will be asked: one that lacks something is worse than an empty one
 */
export function bestOf(filled: readonly Assembled[], settled: boolean): number {
  const rank = (one: Assembled | undefined): number => {
    if (one === undefined) return 0;
    if (one.found > 0) return one.complete ? 3 : settled ? 0 : 2;
    return one.complete ? 1 : 0;
  };
  const found = (index: number): number => filled[index]?.found ?? 0;
  const order = [...filled.keys()].sort((a, b) => rank(filled[b]) - rank(filled[a]) || found(b) - found(a) || a - b);
  return order[0] ?? 0;
}

function tooLittle(): InputError {
  return new InputError(
    "nothing-to-answer/document",
    "What the document holds does not make what the schema asks for.",
    "Let fields be empty (type with “null”), or check that this is the right document.",
  );
}

/** The path of the one column that a row has. */
export function columnPath(path: string, index: number, node: RowsNode): string | null {
  const column = soleColumn(node.item);
  return column === null ? null : `${path}/${String(index)}/${pointerPart(column.key)}`;
}
