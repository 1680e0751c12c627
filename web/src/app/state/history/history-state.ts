/** The history: every result that is kept, newest first, found by what it says. */

import { signal } from "@preact/signals";
import { asExcerptError, type ErrorData } from "../../../shared/errors.js";
import { isSettled, reviewedOutput, type ResultRecord, type ResultStatus } from "../../../shared/record.js";
import type { Imported } from "../../history/import-history.js";
import type { Keeping } from "../../keeping.js";
import { BatchStore } from "../../store/batches.js";
import type { Database } from "../../store/database.js";
import { DocumentStore } from "../../store/documents.js";
import { ResultStore } from "../../store/results.js";
import { cellText } from "../batch/batch-row.js";
import type { SavedSchemas } from "../saved-schemas.js";

/** How many are shown before the reader asks for more. */
const AT_FIRST = 50;

/** What is shown of it. */
const LONGEST_SUMMARY = 160;

export interface HistoryEntry {
  readonly id: string;
  readonly documentId: string;
  readonly name: string;
  readonly schemaName: string;
  readonly status: ResultStatus;
  readonly startedAt: number;
  readonly tier: string;
  readonly why: string;
  readonly summary: string;
  readonly reviewed: number;
}

export type Said = { readonly kind: "imported"; readonly imported: Imported } | { readonly kind: "problem"; readonly error: ErrorData } | null;

export class HistoryState {
  /** Null until it has been looked through. */
  readonly entries = signal<readonly HistoryEntry[] | null>(null);
  readonly more = signal(false);
  readonly search = signal("");
  readonly said = signal<Said>(null);
  readonly busy = signal(false);
  readonly #documents: DocumentStore;
  readonly #results: ResultStore;
  #most = AT_FIRST;
  /** Counts the searches; only the last one's answer is shown. */
  #turn = 0;

  constructor(
    readonly database: Database,
    readonly kept: Pick<Keeping, "batch" | "files" | "leaving" | "records">,
    readonly schemas: Pick<SavedSchemas, "kept" | "load">,
  ) {
    this.#documents = new DocumentStore(database);
    this.#results = new ResultStore(database);
  }

  /** Looks through what is kept. */
  async load(): Promise<void> {
    const turn = (this.#turn += 1);
    const wanted = this.search.value.trim().toLocaleLowerCase();
    const found: HistoryEntry[] = [];
    await this.#results.walk((record) => {
      if (isSettled(record) && says(record, wanted)) found.push(entryOf(record));
      return turn === this.#turn && found.length <= this.#most;
    });
    if (turn !== this.#turn) return;
    this.more.value = found.length > this.#most;
    this.entries.value = found.slice(0, this.#most);
  }

  async find(text: string): Promise<void> {
    this.search.value = text;
    this.#most = AT_FIRST;
    await this.load();
  }

  async showMore(): Promise<void> {
    this.#most += AT_FIRST;
    await this.load();
  }

  get(id: string): Promise<ResultRecord | undefined> {
    return this.#results.get(id);
  }

  /** Deletes a result; with the last one of a document that is not open the document goes too. */
  async delete({ id, documentId }: HistoryEntry): Promise<void> {
    await this.#results.delete([id]);
    this.#forget([id]);
    const open = this.kept.files.documents.value.some((document) => document.id === documentId);
    if (!open && (await this.#results.ofDocument(documentId)).length === 0) await this.#documents.delete([documentId]);
    await this.load();
  }

  /** Deletes every result and every document, those that are open too. */
  async deleteAll(): Promise<void> {
    await this.kept.batch.close();
    await this.kept.files.clear();
    const ids: string[] = [];
    await this.#results.walk(({ id }) => ids.push(id) > 0);
    await this.#results.clear();
    await this.#documents.clear();
    await new BatchStore(this.database).clear();
    this.kept.leaving.left.value = null;
    this.#forget(ids);
    await this.load();
  }

  /** Everything as one file. */
  async export(): Promise<Blob | null> {
    return this.#work(async () => {
      await this.schemas.kept();
      return (await import("../../history/export-history.js")).exportHistory(this.database, Date.now());
    });
  }

  async import(file: Blob): Promise<void> {
    const imported = await this.#work(async () => (await import("../../history/import-history.js")).importHistory(file, this.database));
    if (imported !== null) this.said.value = { kind: "imported", imported };
    await this.schemas.load();
    await this.load();
  }

  async #work<T>(work: () => Promise<T>): Promise<T | null> {
    this.said.value = null;
    this.busy.value = true;
    try {
      return await work();
    } catch (thrown) {
      this.said.value = { kind: "problem", error: asExcerptError(thrown).toData() };
      return null;
    } finally {
      this.busy.value = false;
    }
  }

  #forget(ids: readonly string[]): void {
    const gone = new Set(ids);
    this.kept.records.forget(gone);
    this.kept.batch.forget(gone);
  }
}

function entryOf(record: ResultRecord): HistoryEntry {
  const { id, documentId, documentName: name, schemaName, status, startedAt, tier, why, reviews } = record;
  const summary = record.extraction === null ? "" : cellText(reviewedOutput(record)).slice(0, LONGEST_SUMMARY);
  return { id, documentId, name, schemaName, status, startedAt, tier, why, summary, reviewed: Object.keys(reviews).length };
}

function says(record: ResultRecord, wanted: string): boolean {
  if (wanted === "") return true;
  return [record.documentName, record.schemaName, cellText(reviewedOutput(record))].some((text) => text.toLocaleLowerCase().includes(wanted));
}
