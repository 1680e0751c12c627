/**
 * A batch: one schema asked of many documents, one after the other.
 *
 * - Every step is written before the next one, so a batch goes on after a reload, and after the tab was killed.
 * - One document is in memory at a time; of the others only what their rows show.
 * - A document that took the tab down twice is given up, and the others go on.
 * - What concerns every document (no model, a schema that is refused) pauses the batch and is told once.
 */

import { batch, computed, signal } from "@preact/signals";
import type { BatchItem } from "../../../shared/batch.js";
import type { SourceDocument } from "../../../shared/document.js";
import { asExcerptError, CancelledError, DeviceError, type ErrorData, InputError } from "../../../shared/errors.js";
import type { BatchEvent, LoadedModel } from "../../../shared/protocol.js";
import type { ResultRecord } from "../../../shared/record.js";
import type { JsonSchema } from "../../../shared/schema.js";
import type { BatchOptions as EngineOptions } from "../../batch.js";
import { columnsOf } from "../../export/columns.js";
import type { BatchStore } from "../../store/batches.js";
import type { DocumentStore } from "../../store/documents.js";
import type { BatchRecord } from "../../store/tables.js";
import { modelOrAbort } from "../model-state.js";
import type { RecordsState } from "../records-state.js";
import { runningResult, settledResult, waitingResult } from "../results/make.js";
import { type BatchRow, rowOf, sameSchema } from "./batch-row.js";
import { isSettled } from "../../../shared/record.js";
import type { LeftMark } from "./left-mark.js";
import { Pace } from "./pace.js";

/** A document that two pages were gone in the middle of is not given to a third. */
const MOST_ATTEMPTS = 2;

/** What a batch needs of the engine. */
export interface BatchEngine {
  check(schema: JsonSchema, options: { readonly signal: AbortSignal }): Promise<unknown>;
  extractAll(documents: readonly SourceDocument[], schema: JsonSchema, options: EngineOptions): Promise<BatchItem[]>;
}

export interface BatchDependencies {
  readonly engine: BatchEngine;
  readonly documents: DocumentStore;
  readonly batches: BatchStore;
  readonly records: RecordsState;
  readonly model: () => Promise<LoadedModel>;
  /** Runs the work while telling other tabs that there is some. */
  readonly hold: (work: () => Promise<void>) => Promise<void>;
  readonly left: LeftMark;
  /** Milliseconds since 1970, and of a clock that never goes back. */
  readonly now: () => number;
  readonly clock: () => number;
}

/** A document as a batch takes it. */
export interface BatchDocument {
  readonly id: string;
  readonly name: string;
}

/** How far the document under way is, 0 to 1. */
export interface Underway {
  readonly id: string;
  readonly share: number;
}

export class BatchState {
  readonly #batch = signal<BatchRecord | null>(null);
  readonly #rows = signal<readonly BatchRow[]>([]);
  readonly batch = computed(() => this.#batch.value);
  readonly rows = computed(() => this.#rows.value);
  readonly columns = computed(() => (this.#batch.value === null ? [] : columnsOf(this.#batch.value.schema)));
  /** What paused the batch, where it was not the person. */
  readonly problem = signal<ErrorData | null>(null);
  readonly underway = signal<Underway | null>(null);
  /** About how long the open documents take, in milliseconds; null before the first of this visit is settled. */
  readonly remaining = computed(() => this.#remaining());
  readonly #pace = new Pace();
  #abort: AbortController | undefined;
  #running = false;

  constructor(readonly needs: BatchDependencies) {
    needs.records.onReviewed((record) => { this.#show(record); });
  }

  get active(): boolean {
    return this.#batch.value?.state === "running";
  }

  /** The documents that the table has no row for yet, under this schema. */
  missing<D extends BatchDocument>(documents: readonly D[], schema: JsonSchema | null): readonly D[] {
    const { value } = this.#batch;
    if (value === null || schema === null || !sameSchema(value.schema, schema)) return documents;
    const there = new Set(this.#rows.value.map(({ documentId }) => documentId));
    return documents.filter(({ id }) => !there.has(id));
  }

  /** Begins a batch, or goes on with the one there is where the schema is the same. */
  async start(documents: readonly BatchDocument[], schema: JsonSchema, schemaName: string): Promise<void> {
    const before = this.#batch.value;
    const goesOn = before !== null && sameSchema(before.schema, schema);
    const id = goesOn ? before.id : crypto.randomUUID();
    const added = documents.map((document) => waitingResult({ document, batchId: id, schema, schemaName, now: this.needs.now() }));
    if (!goesOn && this.active) await this.cancel();
    for (const record of added) {
      await this.needs.records.store.put(record);
      this.#pace.weigh(await this.needs.documents.head(record.documentId));
    }
    const startedAt = goesOn ? before.startedAt : this.needs.now();
    const resultIds = [...(goesOn ? before.resultIds : []), ...added.map((record) => record.id)];
    const next: BatchRecord = { id, schema, schemaName, startedAt, state: "running", resultIds };
    await this.needs.batches.put(next);
    batch(() => {
      this.#batch.value = next;
      this.#rows.value = [...(goesOn ? this.#rows.value : []), ...added.map((record) => rowOf(record))];
    });
    void this.#run();
  }

  /** Stops where it is; the document under way is begun again later. */
  pause(): Promise<void> {
    return this.#stop("paused");
  }

  async resume(): Promise<void> {
    if (this.#batch.value === null || this.active) return;
    await this.#setState("running");
    void this.#run();
  }

  /** Ends the batch; what is done stays. */
  async cancel(): Promise<void> {
    await this.#stop("ended");
    for (const { id } of this.#rows.value.filter(({ status }) => status === "waiting")) {
      await this.#change(id, (record) => ({ ...record, status: "cancelled" }));
    }
  }

  /** Asks again for results that failed or were cancelled. */
  async retry(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await this.#change(id, (record) => (record.status === "done" ? record : { ...record, status: "waiting", error: null, attempts: 0 }));
    }
    await this.resume();
    void this.#run();
  }

  /** Takes the table off the screen; its results stay in the history. */
  async close(): Promise<void> {
    if (this.active) await this.cancel();
    const { value } = this.#batch;
    batch(() => {
      this.#batch.value = this.problem.value = null;
      this.#rows.value = [];
    });
    if (value !== null) await this.needs.batches.delete(value.id);
  }

  /** Goes on with what another visit left. */
  async restore(batchId: string | null): Promise<void> {
    const record = batchId === null ? undefined : await this.needs.batches.get(batchId);
    const wellLeft = this.needs.left.take();
    if (record === undefined || this.#batch.value !== null) return;
    const rows: BatchRow[] = [];
    for (const id of record.resultIds) {
      const result = await this.needs.records.store.get(id);
      if (result === undefined) continue;
      rows.push(rowOf(await this.#afterBreak(result, wellLeft)));
      this.#pace.weigh(await this.needs.documents.head(result.documentId));
    }
    batch(() => {
      this.#batch.value = record;
      this.#rows.value = rows;
    });
    void this.#run();
  }

  /** Results that were deleted lose their rows. */
  forget(ids: ReadonlySet<string>): void {
    this.#rows.value = this.#rows.value.filter(({ id }) => !ids.has(id));
  }

  /** A result that was under way when the page went is begun again, unless it may be what took the page down. */
  async #afterBreak(result: ResultRecord, wellLeft: string | null): Promise<ResultRecord> {
    if (result.status !== "running") return result;
    const tries = result.id === wellLeft ? result.attempts - 1 : result.attempts;
    const again: ResultRecord = tries >= MOST_ATTEMPTS
      ? { ...result, status: "failed", error: pageStopped().toData() }
      : { ...result, status: "waiting", attempts: tries };
    await this.needs.records.write(again);
    return again;
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.problem.value = null;
    try {
      while (this.active) {
        const next = this.#rows.value.find(({ status }) => status === "waiting");
        if (next === undefined) await this.#setState("ended");
        else await this.#one(next);
      }
    } catch (thrown) {
      await this.#trouble(asExcerptError(thrown).toData());
    } finally {
      this.#running = false;
      this.underway.value = null;
      this.needs.left.working(null);
    }
  }

  async #one({ id, documentId }: BatchRow): Promise<void> {
    const { documents, records, engine, hold, left } = this.needs;
    const waiting = await records.store.get(id);
    const document = await documents.get(documentId);
    if (waiting === undefined) {
      this.forget(new Set([id]));
      return;
    }
    const { signal } = (this.#abort = new AbortController());
    if (!this.active) return;
    if (document === undefined) return this.#write(settledResult(waiting, { status: "failed", error: gone(waiting).toData() }, 0));
    const model = await this.#ready(waiting.schema, signal);
    if (model === null) return;
    const running = runningResult(waiting, model, this.needs.now());
    left.working(id);
    await this.#write(running);
    const begun = this.needs.clock();
    await hold(async () => {
      const onEvent = (event: BatchEvent): void => { this.#progress(id, event); };
      const text = { id: documentId, text: document.reading.text };
      const [item] = await engine.extractAll([text], waiting.schema, { signal, onEvent });
      await this.#settle(running, item, this.needs.clock() - begun);
    });
  }

  /** The model, once the schema is known to be one it can be asked by; null where the batch was stopped meanwhile. */
  async #ready(schema: JsonSchema, signal: AbortSignal): Promise<LoadedModel | null> {
    try {
      await this.needs.engine.check(schema, { signal });
      return await modelOrAbort(this.needs.model(), signal);
    } catch (thrown) {
      const error = asExcerptError(thrown);
      if (!signal.aborted) await this.#trouble(error.toData());
      return null;
    }
  }

  /** A batch that nobody ended goes on later with what was stopped in the middle. */
  async #settle(running: ResultRecord, item: BatchItem | undefined, ms: number): Promise<void> {
    if ((await this.needs.records.store.get(running.id)) === undefined) return; // It was deleted meanwhile.
    if (item?.status === "done" || item?.status === "failed") {
      this.#pace.took(running.documentId, ms);
      await this.#write(settledResult(running, item, ms));
    } else {
      const ended = this.#batch.value?.state === "ended";
      await this.#write({ ...running, status: ended ? "cancelled" : "waiting", attempts: running.attempts - 1 });
    }
  }

  #remaining(): number | null {
    const open = this.#rows.value.filter(({ status }) => status === "waiting" || status === "running");
    const shares = open.map(({ id, documentId }) => ({ documentId, left: this.underway.value?.id === id ? 1 - this.underway.value.share : 1 }));
    return this.#pace.remaining(shares);
  }

  #progress(id: string, event: BatchEvent): void {
    if (event.stage !== "progress") return;
    const { event: inner } = event;
    const [done, of] = inner.stage === "reading" ? [inner.tokensRead, 2 * inner.tokens] : [inner.done, inner.of];
    const share = of === 0 ? 0 : inner.stage === "field" ? 0.5 + done / of / 2 : done / of;
    this.underway.value = { id, share };
  }

  async #stop(state: "paused" | "ended"): Promise<void> {
    if (this.#batch.value === null) return;
    await this.#setState(state);
    this.#abort?.abort(new CancelledError());
  }

  async #trouble(error: ErrorData): Promise<void> {
    if (error.kind !== "cancelled") this.problem.value = error;
    await this.#setState("paused");
  }

  async #setState(state: BatchRecord["state"]): Promise<void> {
    const { value } = this.#batch;
    if (value === null || value.state === state) return;
    this.#batch.value = { ...value, state };
    await this.needs.batches.setState(value.id, state);
  }

  async #change(id: string, change: (record: ResultRecord) => ResultRecord): Promise<void> {
    const record = await this.needs.records.store.get(id);
    if (record !== undefined) await this.#write(change(record));
  }

  async #write(record: ResultRecord): Promise<void> {
    await (isSettled(record) ? this.needs.records.write(record) : this.needs.records.store.put(record));
    this.#show(record);
  }

  #show(record: ResultRecord): void {
    if (record.batchId !== this.#batch.value?.id) return;
    this.#rows.value = this.#rows.value.map((row) => (row.id === record.id ? rowOf(record) : row));
  }
}

function gone({ documentName }: ResultRecord): InputError {
  return new InputError(["document-gone", { name: documentName }], `“${documentName}” is not among the opened documents any more.`, "Open it again and extract anew.");
}

function pageStopped(): DeviceError {
  const advice = "It may be too much for this device. Try again with other tabs closed.";
  return new DeviceError("page-stopped", "The page stopped twice while it read this document.", advice);
}
