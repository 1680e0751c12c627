/** Results as a file, or as what is pasted into a spreadsheet. Loaded when something is exported. */

import type { JsonSchema, JsonValue } from "../../shared/schema.js";
import type { Entry, Wanted } from "./entry.js";
import { toCsv, toTabbed } from "./csv.js";
import { toJson, toJsonLine, toJsonValue } from "./json.js";
import { type Sheet, SheetMaker, type Titles } from "./sheets.js";

export const FORMATS = ["xlsx", "csv", "json", "jsonl"] as const;

export type Format = (typeof FORMATS)[number];

export interface ExportOf {
  /** One after the other, so that the texts of hundreds need not be in memory together. */
  readonly entries: AsyncIterable<Entry>;
  readonly schema: JsonSchema;
  readonly wanted: Wanted;
  readonly titles: Titles;
}

export interface ExportedFile {
  readonly blob: Blob;
  /** What its name ends with. */
  readonly ending: string;
}

export async function exportFile(format: Format, given: ExportOf): Promise<ExportedFile> {
  switch (format) {
    case "json": return file([toJson(await values(given))], "application/json", "json");
    case "jsonl": return file((await values(given)).map(toJsonLine), "application/jsonl", "jsonl");
    case "csv": return csvFile(await sheetsOf(given));
    case "xlsx": return { blob: await (await import("./xlsx.js")).toXlsx(await sheetsOf(given)), ending: "xlsx" };
  }
}

/** The table of documents, for the clipboard. */
export async function exportTable(given: ExportOf): Promise<string> {
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

async function values({ entries, wanted }: ExportOf): Promise<readonly JsonValue[]> {
  const all: JsonValue[] = [];
  for await (const entry of entries) all.push(toJsonValue(entry, wanted));
  return all;
}

/** A name that every system takes. */
export function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, " ").trim().slice(0, 80) || "export";
}

function file(parts: string[], type: string, ending: string): ExportedFile {
  return { blob: new Blob(parts, { type }), ending };
}
