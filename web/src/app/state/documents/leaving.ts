/**
 * What becomes of documents that are taken off the list. One with a result stays in the history until it is
 * deleted there, and the reader is told, with a way to delete it at once. Any other is forgotten.
 */

import { signal } from "@preact/signals";
import type { DocumentStore } from "../../store/documents.js";
import type { ResultStore } from "../../store/results.js";

/** Documents that went into the history, and how many results with them. */
export interface Left {
  readonly documentIds: readonly string[];
  readonly results: number;
}

export class LeavingState {
  readonly left = signal<Left | null>(null);

  /** @param forgotten told of the results that are gone */
  constructor(readonly documents: DocumentStore, readonly results: ResultStore, readonly forgotten: (ids: ReadonlySet<string>) => void) {}

  /** Documents were taken off the list. */
  async release(ids: readonly string[]): Promise<void> {
    const kept: string[] = [];
    let results = 0;
    for (const id of ids) {
      const found = (await this.results.ofDocument(id)).filter(({ status }) => status === "done").length;
      if (found > 0) kept.push(id);
      else await this.forget([id]);
      results += found;
    }
    this.left.value = kept.length === 0 ? null : { documentIds: kept, results };
  }

  /** Deletes what went into the history last. */
  async forgetLeft(): Promise<void> {
    const { value } = this.left;
    this.left.value = null;
    if (value !== null) await this.forget(value.documentIds);
  }

  /** Deletes documents and all their results. */
  async forget(documentIds: readonly string[]): Promise<void> {
    for (const id of documentIds) {
      const ids = (await this.results.ofDocument(id)).map((result) => result.id);
      await this.results.delete(ids);
      this.forgotten(new Set(ids));
    }
    await this.documents.delete(documentIds);
  }
}
