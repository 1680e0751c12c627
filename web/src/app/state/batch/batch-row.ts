/** A row of the table: what is shown of a result, and no more, so that hundreds fit into memory. */

import type { ErrorData } from "../../../shared/errors.js";
import type { Extraction } from "../../../shared/extraction.js";
import { reviewedOutput, type ResultRecord, type ResultStatus } from "../../../shared/record.js";
import type { JsonSchema, JsonValue } from "../../../shared/schema.js";
import { type Column, columnsOf, pointerOf, valueAt } from "../../export/columns.js";

/** What of a value is shown in a cell. */
const LONGEST_CELL = 120;

export interface Cell {
  /** Empty where there is none. */
  readonly text: string;
  /** For a list of rows: how many. */
  readonly count: number | null;
  readonly confidence: number;
  readonly reviewed: boolean;
}

export interface BatchRow {
  /** The result's. */
  readonly id: string;
  readonly documentId: string;
  readonly name: string;
  readonly status: ResultStatus;
  readonly error: ErrorData | null;
  /** Where it was read, and why there; empty until it was. */
  readonly tier: string;
  readonly why: string;
  /** One for each column; none before there is a result. */
  readonly cells: readonly Cell[];
  /** Of the value that the model was least sure of and no person has looked at; 1 where there is none. */
  readonly confidence: number;
}

export function rowOf(record: ResultRecord, columns: readonly Column[] = columnsOf(record.schema)): BatchRow {
  const { id, documentId, documentName: name, status, error, tier, why } = record;
  const cells = record.extraction === null ? [] : cellsOf(record, record.extraction, columns);
  const open = cells.filter(({ reviewed, text }) => !reviewed && text !== "").map(({ confidence }) => confidence);
  return { id, documentId, name, status, error, tier, why, cells, confidence: Math.min(1, ...open) };
}

function cellsOf(record: ResultRecord, { fields }: Extraction, columns: readonly Column[]): readonly Cell[] {
  const output = reviewedOutput(record);
  return columns.map(({ path, kind }) => {
    const pointer = pointerOf(path);
    const below = (name: string): boolean => name === pointer || name.startsWith(`${pointer}/`);
    const value = valueAt(output, path);
    const found = fields.filter((field) => below(field.path)).map(({ confidence }) => confidence);
    return {
      text: cellText(value).slice(0, LONGEST_CELL),
      count: kind === "rows" && Array.isArray(value) ? value.length : null,
      confidence: Math.min(1, ...found),
      reviewed: Object.keys(record.reviews).some(below),
    };
  });
}

/** A value in one line. */
export function cellText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((item: JsonValue) => cellText(item)).filter((text) => text !== "").join("; ");
  if (typeof value === "object") return Object.values(value).map(cellText).filter((text) => text !== "").join(", ");
  return String(value).replaceAll(/\s+/g, " ");
}

/** How a schema is compared with another one. */
export function sameSchema(left: JsonSchema, right: JsonSchema): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
