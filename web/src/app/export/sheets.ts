/**
 * Results as tables: one row for each document, and for each list of rows a table of its own. Columns for evidence
 * and confidence stand beside the value that they belong to.
 */

import type { JsonSchema, JsonValue } from "../../shared/schema.js";
import { type Column, columnsOf, pointerOf, rowColumnsOf, valueAt } from "./columns.js";
import { type Entry, type Evidence, Findings, type Wanted } from "./entry.js";

export type CellValue = string | number | boolean | null;

export interface Sheet {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
}

/** The words at the heads of columns that are no fields. */
export interface Titles {
  readonly document: string;
  readonly documents: string;
  readonly row: string;
  readonly evidence: (field: string) => string;
  readonly confidence: (field: string) => string;
  readonly reviewed: string;
}

/** Takes one result after the other, so that their texts need not be there together. */
export class SheetMaker {
  readonly #columns: readonly Column[];
  readonly #main: CellValue[][] = [];
  readonly #lists: readonly { readonly column: Column; readonly columns: readonly Column[]; readonly rows: CellValue[][] }[];

  constructor(schema: JsonSchema, readonly wanted: Wanted, readonly titles: Titles) {
    this.#columns = columnsOf(schema);
    this.#lists = this.#columns.filter(({ kind }) => kind === "rows").map((column) => ({ column, columns: rowColumnsOf(schema, column), rows: [] }));
  }

  add(entry: Entry): void {
    const found = new Findings(entry);
    const { documentName, reviews } = entry.record;
    const reviewed = this.wanted.confidence ? [Object.keys(reviews).sort().join(" ")] : [];
    this.#main.push([documentName, ...this.#cells(found, this.#columns, []), ...reviewed]);
    for (const { column, columns, rows } of this.#lists) {
      const list = valueAt(found.output, column.path);
      const items = Array.isArray(list) ? (list as readonly JsonValue[]) : [];
      items.forEach((_, index) => {
        rows.push([documentName, index + 1, ...this.#cells(found, columns, [...column.path, String(index)])]);
      });
    }
  }

  sheets(): readonly Sheet[] {
    const { document, documents, row, reviewed } = this.titles;
    const last = this.wanted.confidence ? [reviewed] : [];
    const main = { name: documents, head: [document, ...this.#head(this.#columns), ...last], rows: this.#main };
    const lists = this.#lists.map(({ column, columns, rows }) => ({ name: column.title, head: [document, row, ...this.#head(columns)], rows }));
    return [main, ...lists];
  }

  #head(columns: readonly Column[]): string[] {
    const { evidence, confidence } = this.titles;
    return columns.flatMap(({ title, kind }) => [
      title,
      ...(this.wanted.evidence && kind !== "rows" ? [evidence(title)] : []),
      ...(this.wanted.confidence && kind !== "rows" ? [confidence(title)] : []),
    ]);
  }

  #cells(found: Findings, columns: readonly Column[], base: readonly string[]): CellValue[] {
    return columns.flatMap(({ path, kind }) => {
      const place = [...base, ...path];
      const value = valueAt(found.output, place);
      if (kind === "rows") return [Array.isArray(value) ? value.length : null];
      const pointer = pointerOf(place);
      return [
        cellValue(value),
        ...(this.wanted.evidence ? [quoted(found.evidence(pointer))] : []),
        ...(this.wanted.confidence ? [found.confidence(pointer)] : []),
      ];
    });
  }
}

function cellValue(value: JsonValue | undefined): CellValue {
  if (value === undefined || value === null) return null;
  if (typeof value !== "object") return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  const items = (value as readonly JsonValue[]).map(cellValue).filter((item) => item !== null);
  return items.length === 0 ? null : items.join("; ");
}

function quoted(evidence: readonly Evidence[]): CellValue {
  const texts = evidence.map(({ text }) => text).filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join("; ");
}
