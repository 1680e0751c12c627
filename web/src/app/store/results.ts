/** The results, whatever became of them, with what people made of them. */

import { isSettled, type ResultRecord, type Review, withReview } from "../../shared/record.js";
import type { Database } from "./database.js";
import type { Table } from "./table.js";

export class ResultStore {
  readonly #table: Table<ResultRecord>;

  constructor(database: Database) {
    this.#table = database.table("results");
  }

  get(id: string): Promise<ResultRecord | undefined> {
    return this.#table.get(id);
  }

  put(result: ResultRecord): Promise<void> {
    return this.#table.put(result);
  }

  /** Sets a person's word on a field, or takes it away; answers with the record as it is now. */
  review(id: string, field: string, review: Review | null): Promise<ResultRecord | undefined> {
    return this.#table.change(id, (record) => (record === undefined ? undefined : withReview(record, field, review)));
  }

  /** The newest result of a document that found something, else the newest that failed. */
  async latestOf(documentId: string): Promise<ResultRecord | null> {
    const found = (await this.#table.where("documentId", documentId)).filter(isSettled);
    found.sort((left, right) => Number(right.status === "done") - Number(left.status === "done") || right.startedAt - left.startedAt);
    return found.find(({ status }) => status !== "cancelled") ?? null;
  }

  ofDocument(documentId: string): Promise<ResultRecord[]> {
    return this.#table.where("documentId", documentId);
  }

  /** Visits every result, the newest first. */
  walk(visit: (result: ResultRecord) => boolean | undefined): Promise<void> {
    return this.#table.walk("startedAt", visit);
  }

  delete(ids: readonly string[]): Promise<void> {
    return this.#table.delete(ids);
  }

  clear(): Promise<void> {
    return this.#table.clear();
  }
}
