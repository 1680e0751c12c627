/** Results as a file, or as what is pasted into a spreadsheet. Loaded when something is exported. */

import { reviewedOutput } from "../../shared/record.js";
import type { JsonSchema, JsonValue } from "../../shared/schema.js";
import type { Entry, Wanted } from "./entry.js";
import { toCsv, toTabbed } from "./csv.js";
import { toJson, toJsonLine, toJsonValue } from "./json.js";
import { fileName } from "./names.js";
import { type Sheet, SheetMaker, type Titles } from "./sheets.js";

export const FORMATS = ["xlsx", "csv", "json", "jsonl"] as const;

export type Format = (typeof FORMATS)[number];

export interface ExportOf {
  /** One after the other, so that the texts of hundreds need not be in memory together. */
  readonly entries: AsyncIterable<Entry>;
  readonly schema: JsonSchema;
  readonly wanted: Wanted;
  readonly titles: Titles;
  /** Is it one result that stands by itself, and no list of one? */
  readonly alone: boolean;
}

export interface ExportedFile {
  readonly blob: Blob;
  /** What its name ends with. */
  readonly ending: string;
}

export async function exportFile(format: Format, given: ExportOf): Promise<ExportedFile> {
  switch (format) {
    case "json": return file([await json(given)], "application/json", "json");
    case "jsonl": return file([await jsonLines(given)], "application/jsonl", "jsonl");
    case "csv": return csvFile(await sheetsOf(given));
    case "xlsx": return { blob: await (await import("./xlsx.js")).toXlsx(await sheetsOf(given)), ending: "xlsx" };
  }
}

/** The same for the clipboard; of tables that of the documents, as spreadsheets paste it. */
export async function exportText(format: Format, given: ExportOf): Promise<string> {
  if (format === "json") return json(given);
  if (format === "jsonl") return jsonLines(given);
  const [main] = await sheetsOf(given);
  return main === undefined ? "" : toTabbed(main);
}

/** Several tables are several files, in one archive. */
async function csvFile(sheets: readonly Sheet[]): Promise<ExportedFile> {
  const [main] = sheets;
  if (sheets.length === 1 && main !== undefined) return file([toCsv(main)], "text/csv;charset=utf-8", "csv");
  const { zipped } = await import("./zip.js");
  const encoder = new TextEncoder();
  const files = Object.fromEntries(sheets.map((sheet, index) => [`${index + 1} ${fileName(sheet.name)}.csv`, encoder.encode(toCsv(sheet))]));
  return { blob: new Blob([zipped(files)], { type: "application/zip" }), ending: "csv.zip" };
}

async function sheetsOf({ entries, schema, wanted, titles }: ExportOf): Promise<readonly Sheet[]> {
  const maker = new SheetMaker(schema, wanted, titles);
  for await (const entry of entries) maker.add(entry);
  return maker.sheets();
}

/** A list of results; one that stands by itself as the values alone, or with what is asked for beside them. */
async function json({ entries, wanted, alone }: ExportOf): Promise<string> {
  const all: JsonValue[] = [];
  for await (const entry of entries) all.push(alone && !wanted.evidence && !wanted.confidence ? reviewedOutput(entry.record) : toJsonValue(entry, wanted));
  return toJson(alone ? all[0] ?? null : all);
}

async function jsonLines({ entries, wanted }: ExportOf): Promise<string> {
  const lines: string[] = [];
  for await (const entry of entries) lines.push(toJsonLine(toJsonValue(entry, wanted)));
  return lines.join("");
}

function file(parts: string[], type: string, ending: string): ExportedFile {
  return { blob: new Blob(parts, { type }), ending };
}
