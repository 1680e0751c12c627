/** Workbooks as text: a line for each row, cells apart by tabs, sheet after sheet under its name. */

import { unzipSync, zipSync } from "fflate";
import readWorkbook, { type CellValue, type Sheet } from "read-excel-file/universal";
import type { Part, Reading } from "../../shared/document.js";
import { damaged } from "../problems.js";
import type { ToFormats } from "../in-worker.js";

export async function readSheets({ name, bytes }: ToFormats): Promise<Reading> {
  try {
    return joined(await readWorkbook(uncompressed(bytes)));
  } catch {
    throw damaged(name, "workbook");
  }
}

/** The library would inflate large members in workers made of blobs, which the content security policy refuses. */
function uncompressed(bytes: Uint8Array): ArrayBuffer {
  const members = unzipSync(bytes, { filter: ({ name }) => /\.(?:xml|rels)$/i.test(name) });
  return zipSync(members, { level: 0 }).slice().buffer;
}

function joined(sheets: readonly Sheet[]): Reading {
  const filled = sheets.filter(({ data }) => data.length > 0);
  const parts: Part[] = [];
  let text = "";
  for (const { sheet, data } of filled) {
    const rows = data.map((row) => row.map(cellText).join("\t").trimEnd()).join("\n");
    if (text !== "") text += "\n\n";
    const start = text.length;
    text += filled.length > 1 ? `${sheet}\n${rows}` : rows;
    parts.push({ label: `Sheet “${sheet}”`, span: { start, end: text.length }, layout: null });
  }
  return { text, parts, warnings: [], attachments: [] };
}

/** A tab or a line's end within a cell would look like a cell's or a row's end. */
function cellText(value: CellValue | null): string {
  if (value === null) return "";
  if (value instanceof Date) return dateText(value);
  return String(value).replace(/\s+/g, " ").trim();
}

/** A workbook's dates have no zone; the library gives them as if they were in UTC. */
function dateText(date: Date): string {
  const [day = "", time = ""] = date.toISOString().split("T");
  return time.startsWith("00:00:00") ? day : `${day} ${time.slice(0, 5)}`;
}
