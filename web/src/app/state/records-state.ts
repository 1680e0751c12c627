/** The result of the document that is shown, what people make of it, and word of every result that is settled. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { isSettled, type ResultRecord, type Review, withReview } from "../../shared/record.js";
import type { ResultStore } from "../store/results.js";

type Listener = (record: ResultRecord) => void;

export class RecordsState {
  readonly #current = signal<ResultRecord | null>(null);
  readonly #settled = new Set<Listener>();
  readonly #reviewed = new Set<Listener>();
  /** The document on the page; an answer for another one comes too late. */
  #shownId: string | null = null;
  #reviewing: Promise<void> = Promise.resolve();

  constructor(readonly store: ResultStore) {}

  /** The newest settled result of the shown document. */
  get current(): ReadonlySignal<ResultRecord | null> {
    return this.#current;
  }

  /** Shows what is known of a document. */
  async show(documentId: string | null): Promise<void> {
    if (documentId === this.#shownId) return;
    this.#shownId = documentId;
    this.#current.value = null;
    const record = documentId === null ? null : await this.store.latestOf(documentId);
    // In the meantime another document may have been chosen, or a newer result may have come.
    if (documentId === this.#shownId) this.#current.value ??= record;
  }

  /** Shows this very result of the shown document. */
  showResult(record: ResultRecord): void {
    if (record.documentId === this.#shownId) this.#current.value = record;
  }

  /** Takes the result off the page; it stays in the history. */
  hide(): void {
    this.#current.value = null;
  }

  /** Keeps a result, and tells of it where it is settled. */
  async write(record: ResultRecord): Promise<void> {
    await this.store.put(record);
    if (!isSettled(record)) return;
    this.showResult(record);
    for (const listener of this.#settled) listener(record);
  }

  /** Sets a person's word on a field of the current result, or takes it away. Shown at once, then kept. */
  review(field: string, review: Review | null): void {
    const record = this.#current.peek();
    if (record === null) return;
    this.#current.value = withReview(record, field, review);
    this.#reviewing = this.#reviewing.then(() => this.#keep(record.id, field, review)).catch(() => undefined);
  }

  /** Settles when every review so far is kept. */
  async reviewsKept(): Promise<void> {
    await this.#reviewing;
  }

  /** Calls the listener with each result that is settled from now on; answers with what ends that. */
  onSettled(listener: Listener): () => void {
    return listen(this.#settled, listener);
  }

  /** Calls the listener with each result that a person has said something about. */
  onReviewed(listener: Listener): () => void {
    return listen(this.#reviewed, listener);
  }

  /** Forgets what is gone from the store. */
  forget(ids: ReadonlySet<string>): void {
    const record = this.#current.peek();
    if (record !== null && ids.has(record.id)) this.#current.value = null;
  }

  async #keep(id: string, field: string, review: Review | null): Promise<void> {
    const kept = await this.store.review(id, field, review);
    if (kept !== undefined) for (const listener of this.#reviewed) listener(kept);
  }
}

function listen(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
