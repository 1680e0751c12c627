/** Everything as one file: lines of JSON, compressed. One document is in memory at a time. */

import type { Database } from "../store/database.js";
import { DocumentStore } from "../store/documents.js";
import { ResultStore } from "../store/results.js";
import { isSettled } from "../../shared/record.js";
import { SchemaStore } from "../store/schemas.js";
import { toBase64 } from "./base64.js";
import { CHUNK_BYTES, FORMAT, type FileHead, type Line, VERSION } from "./checks.js";

export async function exportHistory(database: Database, now: number): Promise<Blob> {
  const lines = linesOf(database, now);
  const text = new ReadableStream<string>({
    async pull(controller) {
      const next = await lines.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  const compressed = text.pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream("gzip"));
  return new Blob([await new Response(compressed).blob()], { type: "application/gzip" });
}

async function* linesOf(database: Database, now: number): AsyncGenerator<string> {
  const tally = { documents: 0, results: 0, schemas: 0 };
  yield line({ format: FORMAT, version: VERSION, exportedAt: now });
  for await (const one of everything(database)) {
    if (one.kind === "document") tally.documents += 1;
    if (one.kind === "result") tally.results += 1;
    if (one.kind === "schema") tally.schemas += 1;
    yield line(one);
  }
  yield line({ kind: "end", ...tally });
}

async function* everything(database: Database): AsyncGenerator<Line> {
  const [documents, results] = [new DocumentStore(database), new ResultStore(database)];
  for (const id of await idsOf((visit) => documents.heads(visit))) yield* documentLines(documents, id);
  for (const id of await idsOf((visit) => results.walk(visit))) {
    const result = await results.get(id);
    if (result !== undefined && isSettled(result)) yield { kind: "result", result };
  }
  for (const schema of await new SchemaStore(database).all()) yield { kind: "schema", schema };
}

/** What was never read is nothing to keep. */
async function* documentLines(documents: DocumentStore, id: string): AsyncGenerator<Line> {
  const [head, document] = [await documents.head(id), await documents.get(id)];
  if (head?.status.state !== "ready" || document === undefined) return;
  const { reading, original } = document;
  yield { kind: "document", head, reading, bytes: original?.size ?? null };
  for (let at = 0; original !== null && at < original.size; at += CHUNK_BYTES) {
    const bytes = new Uint8Array(await original.slice(at, at + CHUNK_BYTES).arrayBuffer());
    yield { kind: "bytes", of: id, data: toBase64(bytes) };
  }
}

/** A cursor does not wait for what is done between its steps, so the ids are taken first. */
async function idsOf(walk: (visit: (value: { readonly id: string }) => boolean) => Promise<void>): Promise<readonly string[]> {
  const ids: string[] = [];
  await walk(({ id }) => ids.push(id) > 0);
  return ids;
}

function line(value: Line | FileHead): string {
  return `${JSON.stringify(value)}\n`;
}
