/** Results as JSON: the values, and on request where they stand and how sure the model was. */

import type { JsonValue } from "../../shared/schema.js";
import { type Entry, Findings, type Wanted } from "./entry.js";

export function toJsonValue(entry: Entry, wanted: Wanted): JsonValue {
  const found = new Findings(entry);
  const { documentName, schemaName, model, startedAt, reviews } = entry.record;
  const pointers = found.pointers();
  return {
    document: documentName,
    schema: schemaName,
    values: found.output,
    ...(wanted.evidence ? { evidence: Object.fromEntries(pointers.map((pointer) => [pointer, found.evidence(pointer).map((one) => ({ ...one }))])) } : {}),
    ...(wanted.confidence
      ? {
          confidence: Object.fromEntries(pointers.map((pointer) => [pointer, found.confidence(pointer)])),
          reviewed: Object.fromEntries(Object.entries(reviews).map(([pointer, { status }]) => [pointer, status])),
          model,
          extractedAt: new Date(startedAt).toISOString(),
        }
      : {}),
  };
}

/** Two blanks, a line end. */
export function toJson(value: JsonValue): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function toJsonLine(value: JsonValue): string {
  return `${JSON.stringify(value)}\n`;
}
