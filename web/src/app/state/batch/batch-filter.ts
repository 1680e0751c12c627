/** Which rows of the table are shown. */

import type { BatchRow } from "./batch-row.js";

export const FILTERS = ["all", "open", "finished", "unsure", "failed"] as const;

export type BatchFilter = (typeof FILTERS)[number];

/** Below this a value is worth a look. */
const UNSURE = 0.6;

const PREDICATES: Readonly<Record<BatchFilter, (row: BatchRow) => boolean>> = {
  all: () => true,
  open: ({ status }) => status === "waiting" || status === "running",
  finished: ({ status }) => status === "done",
  unsure: ({ status, confidence }) => status === "done" && confidence < UNSURE,
  failed: ({ status }) => status === "failed" || status === "cancelled",
};

export function rowsOf(rows: readonly BatchRow[], filter: BatchFilter, search = ""): readonly BatchRow[] {
  const wanted = search.trim().toLocaleLowerCase();
  return rows.filter((row) => PREDICATES[filter](row) && (wanted === "" || says(row, wanted)));
}

/** Is it unsure, and has no person looked at it? */
export function isUnsure({ confidence, reviewed, text }: BatchRow["cells"][number]): boolean {
  return text !== "" && !reviewed && confidence < UNSURE;
}

function says({ name, cells }: BatchRow, wanted: string): boolean {
  return [name, ...cells.map(({ text }) => text)].some((text) => text.toLocaleLowerCase().includes(wanted));
}
