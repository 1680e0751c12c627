/** Records of results, from their beginning to their end. */

import type { Outcome } from "../../../shared/batch.js";
import type { LoadedModel } from "../../../shared/protocol.js";
import type { ResultRecord } from "../../../shared/record.js";
import type { JsonSchema } from "../../../shared/schema.js";

export interface NewResult {
  readonly document: { readonly id: string; readonly name: string };
  readonly batchId: string | null;
  readonly schema: JsonSchema;
  readonly schemaName: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function waitingResult({ document, batchId, schema, schemaName, now }: NewResult): ResultRecord {
  return {
    id: crypto.randomUUID(), documentId: document.id, documentName: document.name, batchId, schemaName, schema,
    status: "waiting", extraction: null, error: null, tier: "", why: "", model: "", startedAt: now, ms: 0, attempts: 0, reviews: {},
  };
}

/** The same, when a model begins with it. */
export function runningResult(record: ResultRecord, { name, version, tier, why }: LoadedModel, now: number): ResultRecord {
  const model = `${name} ${version}`;
  return { ...record, status: "running", error: null, tier, why: why.join(" "), model, startedAt: now, attempts: record.attempts + 1 };
}

export function settledResult(record: ResultRecord, outcome: Outcome, ms: number): ResultRecord {
  const { status } = outcome;
  const found = status === "done" ? { extraction: outcome.extraction, error: null } : { extraction: null, error: outcome.error };
  return { ...record, ...found, status, ms, reviews: {} };
}
