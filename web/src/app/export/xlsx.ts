/** Tables as an Excel workbook. Texts are written as texts, so none of them is a formula. */

import writeWorkbook from "write-excel-file/universal";
import type { CellValue, Sheet } from "./sheets.js";

/** What Excel allows for the name of a sheet, and for a text in a cell. */
const NOT_IN_NAMES = /[\\/?*[\]:]/g;
const LONGEST_NAME = 31;
const LONGEST_TEXT = 32_767;
/** Of a column, in characters. */
const [NARROWEST, WIDEST] = [10, 50];

/** Control characters that XML has no way to write. */
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function toXlsx(sheets: readonly Sheet[]): Promise<Blob> {
  const names = distinctNames(sheets.map(({ name }) => name));
  return writeWorkbook(sheets.map(({ head, rows }, index) => ({
    sheet: names[index] ?? `Sheet ${index + 1}`,
    data: [head.map((value) => ({ value: plain(value), fontWeight: "bold" as const })), ...rows.map((row) => row.map(cell))],
    columns: head.map((title, at) => ({ width: widthOf([title, ...rows.slice(0, 100).map((row) => row[at] ?? null)]) })),
    stickyRowsCount: 1,
  }))).toBlob();
}

function cell(value: CellValue): string | number | boolean | null {
  return typeof value === "string" ? plain(value) : value;
}

function plain(text: string): string {
  return text.replaceAll(NOT_IN_XML, " ").slice(0, LONGEST_TEXT);
}

function widthOf(values: readonly CellValue[]): number {
  const longest = Math.max(...values.map((value) => (value === null ? 0 : String(value).length)));
  return Math.min(WIDEST, Math.max(NARROWEST, longest + 2));
}

/** Excel does not tell capital letters from small ones in the names of sheets. */
function distinctNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const short = name.replaceAll(NOT_IN_NAMES, " ").trim().slice(0, LONGEST_NAME);
    const free = short !== "" && !taken.has(short.toLowerCase()) ? short : `${short.slice(0, LONGEST_NAME - 4)} ${index + 1}`.trim();
    taken.add(free.toLowerCase());
    return free;
  });
}
