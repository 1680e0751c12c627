/** What the database's tables hold. */

import type { DBSchema } from "idb";
import type { Reading, Warning } from "../../shared/document.js";
import type { ErrorData } from "../../shared/errors.js";
import type { Measure } from "../../shared/measure.js";
import type { DocumentRecord, ResultRecord } from "../../shared/record.js";
import type { JsonSchema } from "../../shared/schema.js";
import type { SavedSchema } from "../schema/saved.js";

/** What became of a document, without its text. */
export type HeadStatus =
  | { readonly state: "waiting" }
  | { readonly state: "locked"; readonly wrong: boolean; readonly error: ErrorData }
  | { readonly state: "ready"; readonly characters: number; readonly parts: number; readonly firstPart: string; readonly warnings: readonly Warning[] }
  | { readonly state: "failed"; readonly error: ErrorData };

export type DocumentHead = Omit<DocumentRecord, "reading" | "original"> & {
  /** False for a text that never was a file. */
  readonly isFile: boolean;
  readonly status: HeadStatus;
};

/** One schema asked of many documents. */
export interface BatchRecord {
  readonly id: string;
  readonly schemaName: string;
  readonly schema: JsonSchema;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** A batch that was paused waits for the person; one that runs goes on after a reload. */
  readonly state: "running" | "paused" | "ended";
  /** The results in their order on the screen. */
  readonly resultIds: readonly string[];
}

/** What lies open in a tab: its documents in their order, the one that is shown, and its batch. */
export interface DeskRecord {
  readonly id: string;
  readonly documentIds: readonly string[];
  readonly chosenId: string | null;
  readonly batchId: string | null;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

/** The tables and what stands in them. */
export interface Tables {
  documents: DocumentHead;
  readings: { readonly id: string; readonly reading: Reading };
  originals: { readonly id: string; readonly original: Blob };
  results: ResultRecord;
  batches: BatchRecord;
  desks: DeskRecord;
  schemas: SavedSchema;
  measures: Measure;
}

export type TableName = keyof Tables;

/** The tables with their indices: fields by which their values are found, or put in order. */
export const INDICES = {
  documents: ["addedAt"],
  readings: [],
  originals: [],
  results: ["documentId", "batchId", "startedAt"],
  batches: ["startedAt"],
  desks: ["usedAt"],
  schemas: [],
  measures: ["at"],
} as const satisfies Record<TableName, readonly string[]>;

export type ExcerptDb = DBSchema & {
  [N in TableName]: { key: string; value: Tables[N]; indexes: Record<string, string | number> };
};
