/** What the app keeps of its work, and how the parts that keep it hear of each other. */

import { effect, untracked } from "@preact/signals";
import type { ReadingMeasure } from "../shared/measure.js";
import type { DocumentRecord, ResultRecord } from "../shared/record.js";
import type { JsonSchema } from "../shared/schema.js";
import { readFile } from "../readers/read.js";
import type { EngineClient } from "./engine-client.js";
import { timed } from "./numbers/timing.js";
import { readerWorkers } from "./reader-workers.js";
import { BatchState } from "./state/batch/batch-state.js";
import { LeftMark } from "./state/batch/left-mark.js";
import type { DocumentState } from "./state/document-state.js";
import { type DeskLocks, DeskState } from "./state/documents/desk-state.js";
import { FilesState } from "./state/documents/files-state.js";
import { LeavingState } from "./state/documents/leaving.js";
import type { ModelState } from "./state/model-state.js";
import { RecordsState } from "./state/records-state.js";
import { runningResult, settledResult, waitingResult } from "./state/results/make.js";
import { RunState, type SettledRun } from "./state/run-state.js";
import { holdWork } from "./state/shell/shell-state.js";
import type { KeyValueStore } from "./state/storage.js";
import { BatchStore } from "./store/batches.js";
import type { Database } from "./store/database.js";
import { DeskStore } from "./store/desks.js";
import { DocumentStore } from "./store/documents.js";
import { ResultStore } from "./store/results.js";

export interface Keeping {
  readonly records: RecordsState;
  readonly files: FilesState;
  readonly run: RunState;
  readonly batch: BatchState;
  /** What became of documents that were taken off the list. */
  readonly leaving: LeavingState;
  readonly desk: DeskState;
  readonly leftMark: LeftMark;
}

export interface KeepingNeeds {
  readonly client: EngineClient;
  readonly database: Database;
  readonly document: DocumentState;
  readonly model: ModelState;
  readonly session: KeyValueStore;
  readonly local: KeyValueStore;
  readonly typedName: () => string;
  /** Told how long a file took to be read, and how it ended. */
  readonly readingEnded: (told: Pick<ReadingMeasure, "ms" | "error">) => void;
}

const now = (): number => Date.now();
const clock = (): number => performance.now();

export function createKeeping({ client, database, document: source, model, session, local, typedName, readingEnded }: KeepingNeeds): Keeping {
  const [documents, results] = [new DocumentStore(database), new ResultStore(database)];
  const records = new RecordsState(results);
  const start = (): ReturnType<ModelState["start"]> => model.start();
  const run = new RunState(client, { model: start, hold: holdWork, settled: (settled) => void keepRun(records, settled), now: clock });
  const leftMark = new LeftMark(local);
  const batch = new BatchState({
    engine: client, documents, batches: new BatchStore(database), records, model: start, hold: holdWork, left: leftMark, now, clock,
  });
  const leaving = new LeavingState(documents, results, (ids) => {
    records.forget(ids);
    batch.forget(ids);
  });
  const files = new FilesState(source, {
    read: timed((file, options) => readFile(file, readerWorkers, options), readingEnded),
    store: documents,
    busy: () => run.active,
    hasResults: async (id) => (await results.ofDocument(id)).length > 0,
    released: (ids) => leaving.release(ids),
    typedName, now,
  });
  return { records, files, run, batch, leaving, leftMark, desk: new DeskState(new DeskStore(database), { session, locks: pageLocks(), now }) };
}

/** Opens what lay on the desk, and keeps it as it changes. */
export async function startKeeping(kept: Keeping, source: DocumentState): Promise<void> {
  showKnownResults(kept, source);
  addEventListener("pagehide", () => { kept.leftMark.leave(); });
  const { desk, files, batch } = kept;
  const { desk: found, sameTab } = await desk.claim();
  await files.restore(found, sameTab);
  await batch.restore(found.batchId);
  effect(() => {
    const documentIds = files.documents.value.map(({ id }) => id);
    desk.save({ documentIds, chosenId: files.chosenId.value, batchId: batch.batch.value?.id ?? null });
  });
}

/** Runs the schema on the document in the box; the result belongs to that document. */
export function runOnDocument({ files, run, records }: Keeping, source: DocumentState, schema: JsonSchema, schemaName: string): void {
  if (run.active) return;
  const document = files.settle();
  records.hide();
  void run.start(source.document.value, schema, { document, schemaName });
}

/** Shows the text of the document to be changed; its result stays in the history. */
export function editText({ run, records }: Keeping): void {
  records.hide();
  run.reset();
}

/** Shows a result beside its document; false where the document is gone, or the engine is at work on another. */
export async function openResult({ files, records }: Keeping, record: ResultRecord): Promise<boolean> {
  if (!(await files.reopen(record.documentId))) return false;
  records.showResult(record);
  return true;
}

/** A result belongs to the very text it was read from: with another text, or another document, another one is shown. */
function showKnownResults({ files, run, records }: Keeping, source: DocumentState): void {
  effect(() => {
    const shown = files.shown.value;
    untracked(() => {
      if (!run.active && !files.keepsEdits) run.reset();
      void records.show(shown !== null && shown.reading.text === source.text.value ? shown.id : null);
    });
  });
  effect(() => {
    const record = records.current.value;
    if (record !== null) untracked(() => { run.show(record); });
  });
}

async function keepRun(records: RecordsState, { outcome, model, ms, schema, subject }: SettledRun): Promise<void> {
  const document: DocumentRecord | null = await subject.document;
  if (document === null || (outcome.status === "failed" && outcome.error.kind === "input")) return;
  const waiting = waitingResult({ document, batchId: null, schema, schemaName: subject.schemaName, now: now() - ms });
  await records.write(settledResult(runningResult(waiting, model, waiting.startedAt), outcome, ms));
}

/** Undefined where the page is not secure. */
function pageLocks(): DeskLocks | undefined {
  return (navigator as Partial<Pick<Navigator, "locks">>).locks;
}
