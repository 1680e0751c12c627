/**
 * Tables as CSV, and as what spreadsheets paste. A text that a spreadsheet would take for a formula is made a
 * plain text by an apostrophe before it: documents come from people unknown.
 */

import { unparse } from "papaparse";
import type { Sheet } from "./sheets.js";

/** What a cell may not begin with, full-width signs too; a plain signed number is no formula. */
const FORMULA = /^(?:[=@\t\r\n＝＋－＠]|[+-](?!\d+(?:[.,]\d+)?$))/;

/** Excel takes a file for UTF-8 only where it begins so. */
const BYTE_ORDER_MARK = "\ufeff";

export function toCsv(sheet: Sheet): string {
  return `${BYTE_ORDER_MARK}${separated(sheet, ",")}\r\n`;
}

/** For the clipboard. */
export function toTabbed(sheet: Sheet): string {
  return separated(sheet, "\t");
}

function separated({ head, rows }: Sheet, delimiter: string): string {
  return unparse([[...head], ...rows.map((row) => [...row])], { delimiter, newline: "\r\n", escapeFormulae: FORMULA });
}
