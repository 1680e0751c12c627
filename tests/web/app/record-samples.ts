/** Records that several tests need. */

import { IDBFactory } from "fake-indexeddb";
import { Database } from "../../../web/src/app/store/database.js";
import type { DocumentHead } from "../../../web/src/app/store/tables.js";
import type { ResultRecord } from "../../../web/src/shared/record.js";
import { EXTRACTION, SCHEMA } from "./samples.js";

export const RESULT: ResultRecord = {
  id: "r1",
  documentId: "d1",
  documentName: "a.txt",
  batchId: null,
  schemaName: "Visit",
  schema: SCHEMA,
  status: "done",
  extraction: EXTRACTION,
  error: null,
  tier: "wasm-threads",
  why: "",
  model: "small 1",
  startedAt: 1000,
  ms: 20,
  attempts: 1,
  reviews: {},
};

export const HEAD: DocumentHead = {
  id: "d1",
  name: "a.txt",
  type: "text/plain",
  size: 18,
  addedAt: 1000,
  within: null,
  isFile: true,
  status: { state: "ready", characters: 18, parts: 0, firstPart: "", warnings: [] },
};

export const READING = { text: "Ada came on 3 May.", parts: [], warnings: [], attachments: [] };

/** An empty database, as on a first visit. */
export function freshDatabase(): Database {
  globalThis.indexedDB = new IDBFactory();
  return new Database();
}

/** The database of the next visit. */
export async function reopened(database: Database): Promise<Database> {
  await database.close();
  return new Database();
}
