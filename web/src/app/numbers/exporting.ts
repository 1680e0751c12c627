/** Measures as files to take away: everything as JSON, and one line for each as CSV. */

import type { Measure } from "../../shared/measure.js";
import { toCsv } from "../export/csv.js";
import type { CellValue } from "../export/sheets.js";

const COLUMNS = [
  "kind", "at", "status", "error", "tier", "why", "fell", "model", "ms", "prefill_ms", "decode_ms", "tokens", "fields",
  "memory_bytes", "memory_of", "accepted", "corrected", "cleared",
] as const;

export function toJson(measures: readonly Measure[]): string {
  return `${JSON.stringify({ format: "excerpt-measures", version: 1, measures }, null, 2)}\n`;
}

export function toTable(measures: readonly Measure[]): string {
  return toCsv({ name: "measures", head: COLUMNS, rows: measures.map(rowOf) });
}

function rowOf(measure: Measure): readonly CellValue[] {
  const at = new Date(measure.at).toISOString();
  if (measure.kind === "reading") {
    const { kind, error, ms } = measure;
    return [kind, at, error === null ? "done" : "failed", error, ...Array.from({ length: 4 }, () => null), ms, ...Array.from({ length: 9 }, () => null)];
  }
  const { kind, status, error, tier, why, fell, model, ms, prefillMs, decodeMs, tokens, fields, memory, answers } = measure;
  const count = (verdict: string): number => answers.filter((answer) => answer.verdict === verdict).length;
  return [
    kind, at, status, error, tier, why, fell, model, ms, prefillMs, decodeMs, tokens, fields,
    memory?.bytes ?? null, memory?.of ?? null, count("accepted"), count("corrected"), count("cleared"),
  ];
}
