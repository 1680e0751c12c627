/** The batches: which schema was asked of many documents, and whether it is to go on by itself. */

import type { Database } from "./database.js";
import type { Table } from "./table.js";
import type { BatchRecord } from "./tables.js";

export class BatchStore {
  readonly #table: Table<BatchRecord>;

  constructor(database: Database) {
    this.#table = database.table("batches");
  }

  get(id: string): Promise<BatchRecord | undefined> {
    return this.#table.get(id);
  }

  put(batch: BatchRecord): Promise<void> {
    return this.#table.put(batch);
  }

  async setState(id: string, state: BatchRecord["state"]): Promise<void> {
    await this.#table.change(id, (batch) => (batch === undefined ? undefined : { ...batch, state }));
  }

  delete(id: string): Promise<void> {
    return this.#table.delete([id]);
  }

  clear(): Promise<void> {
    return this.#table.clear();
  }
}
