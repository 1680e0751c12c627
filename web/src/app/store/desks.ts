/** The desks: what lies open in each tab, and is opened again in the next. */

import type { Database } from "./database.js";
import type { Table } from "./table.js";
import type { DeskRecord } from "./tables.js";

export class DeskStore {
  readonly #table: Table<DeskRecord>;

  constructor(database: Database) {
    this.#table = database.table("desks");
  }

  get(id: string): Promise<DeskRecord | undefined> {
    return this.#table.get(id);
  }

  /** The desk used last comes first. */
  async all(): Promise<DeskRecord[]> {
    return (await this.#table.all()).sort((left, right) => right.usedAt - left.usedAt);
  }

  put(desk: DeskRecord): Promise<void> {
    return this.#table.put(desk);
  }

  delete(id: string): Promise<void> {
    return this.#table.delete([id]);
  }
}
