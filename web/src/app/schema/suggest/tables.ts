/** Lines with the same cells below each other: a table, with names where a header stands above it. */

import type { DatePlace } from "../../../normalize/date.js";
import { asKey, freeName } from "../names.js";
import type { Line } from "./lines.js";
import { type Column, type Shape, type Suggestion, TEXT } from "./suggestion.js";
import { isNumeric, shapeOf } from "./values.js";
import { namesSum } from "./words.js";

export interface FoundTable {
  readonly suggestion: Suggestion;
  /** The lines that it takes, so that they are not read as something else: from, and up to without. */
  readonly from: number;
  readonly to: number;
}

export function findTables(lines: readonly Line[], dates: readonly DatePlace[]): readonly FoundTable[] {
  const found: FoundTable[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const table = tableAt(lines, at, dates);
    if (table === null) continue;
    found.push(table);
    at = table.to - 1;
  }
  return found;
}

/** A header and its rows, or rows alone that end with an amount. */
function tableAt(lines: readonly Line[], at: number, dates: readonly DatePlace[]): FoundTable | null {
  const headed = rowsFrom(lines, at + 1);
  const header = lines[at]?.cells ?? [];
  if (isHeader(lines[at], headed) && (endsWithAmounts(headed, dates) || (headed.length >= 2 && header.length >= 3))) {
    return tableOf(headed, header.map(({ text }) => text), { from: at, to: at + 1 + headed.length, dates });
  }
  const rows = rowsFrom(lines, at);
  return rows.length >= 2 && endsWithAmounts(rows, dates) ? tableOf(rows, [], { from: at, to: at + rows.length, dates }) : null;
}

/** The lines from here on that have as many cells as the first one, up to a sum. */
function rowsFrom(lines: readonly Line[], from: number): readonly Line[] {
  const count = lines[from]?.cells.length ?? 0;
  if (count < 2) return [];
  const end = lines.findIndex((line, index) => index >= from && !(line.cells.length === count && isRow(line)));
  return lines.slice(from, end < 0 ? lines.length : end);
}

function isRow({ cells }: Line): boolean {
  const first = cells[0]?.text ?? "";
  return /\p{L}|\d/u.test(first) && !first.endsWith(":") && !namesSum(first);
}

function isHeader(line: Line | undefined, rows: readonly Line[]): boolean {
  const cells = line?.cells ?? [];
  return rows.length > 0 && cells.length === rows[0]?.cells.length && cells.every(({ text }) => /\p{L}/u.test(text) && !/\d|:/u.test(text));
}

function endsWithAmounts(rows: readonly Line[], dates: readonly DatePlace[]): boolean {
  return rows.length > 0 && rows.every(({ cells }) => {
    const last = cells.at(-1);
    return last !== undefined && shapeOf(last, dates).kind === "number" && /\p{L}/u.test(cells[0]?.text ?? "");
  });
}

interface Around {
  readonly from: number;
  readonly to: number;
  readonly dates: readonly DatePlace[];
}

function tableOf(rows: readonly Line[], header: readonly string[], { from, to, dates }: Around): FoundTable | null {
  const [first] = rows;
  if (first === undefined) return null;
  const shapes = first.cells.map((_, index) => columnShape(rows, index, dates));
  const taken = new Set<string>();
  const columns = shapes.map((shape, index): Column => {
    const description = header[index] ?? "";
    const name = freeName(asKey(description) || plainName(shape, shapes.slice(index + 1)), taken);
    taken.add(name);
    return { ...shape, name, description };
  });
  const amounts = shapes.at(-1)?.kind === "number";
  const sample = first.cells.map(({ text }) => text).join("  ");
  const told = { name: amounts ? "items" : "rows", description: amounts ? "The lines of the document that have an amount" : "The rows of the table" };
  const suggestion: Suggestion = {
    ...told, kind: "list", format: null, rule: header.length > 0 ? "table" : "items", entry: "group", columns, sample, start: first.cells[0]?.start ?? first.start,
  };
  return { suggestion, from, to };
}

/** What all values of a column are; whole numbers among others are numbers. */
function columnShape(rows: readonly Line[], index: number, dates: readonly DatePlace[]): Shape {
  const shapes = rows.flatMap(({ cells }) => cells[index] ?? []).map((cell) => shapeOf(cell, dates));
  const [first = TEXT] = shapes;
  if (shapes.every(({ kind }) => kind === first.kind)) return first.kind === "list" || first.kind === "boolean" ? TEXT : first;
  return shapes.every(isNumeric) ? { kind: "number", format: null } : TEXT;
}

/** A column without a header is called by what it holds. */
function plainName({ kind }: Shape, behind: readonly Shape[]): string {
  if (kind === "date") return "date";
  if (kind === "integer") return "quantity";
  if (kind === "number") return behind.some((shape) => shape.kind === "number") ? "price" : "amount";
  return "name";
}
