/**
 * What the app keeps on this device, by IndexedDB. One table for each kind of thing; its repository beside this
 * file says what may be done with it.
 *
 * - Where the browser refuses a database, everything is kept in memory, and `trouble` says so.
 * - Where there is no room for a value, that value is kept in memory, and `trouble` says so.
 */

import { signal } from "@preact/signals";
import { type IDBPDatabase, openDB } from "idb";
import { IndexedTable } from "./indexed-table.js";
import { MemoryTable } from "./memory-table.js";
import type { Table } from "./table.js";
import { type ExcerptDb, INDICES, type TableName, type Tables } from "./tables.js";

const NAME = "excerpt";
const VERSION = 1;

/** `refused`: nothing outlives this page. `full`: what came last does not. */
export type Trouble = "refused" | "full";

export class Database {
  /** Why something is not kept over a reload; null where everything is. */
  readonly trouble = signal<Trouble | null>(null);
  readonly #tables: { [N in TableName]?: unknown } = {};
  #opening: Promise<IDBPDatabase<ExcerptDb> | null> | undefined;

  /** @param name another one in tests */
  constructor(readonly name = NAME) {}

  /** The one table of that name: what it holds in memory is the same for all who ask. */
  table<N extends TableName>(name: N): Table<Tables[N]> {
    return (this.#tables[name] ??= this.#tableOf(name)) as Table<Tables[N]>;
  }

  /** Closes the connection; the next use opens it again. */
  async close(): Promise<void> {
    (await this.#opening)?.close();
    this.#opening = undefined;
  }

  #tableOf<N extends TableName>(name: N): Table<Tables[N]> {
    return new IndexedTable<Tables[N]>(name, () => this.#opened(), new MemoryTable<Tables[N]>(), () => { this.trouble.value = "full"; });
  }

  #opened(): Promise<IDBPDatabase<ExcerptDb> | null> {
    return (this.#opening ??= this.#open());
  }

  async #open(): Promise<IDBPDatabase<ExcerptDb> | null> {
    try {
      return await openDB<ExcerptDb>(this.name, VERSION, {
        upgrade: createTables,
        // Another tab runs a newer app: it must not wait for this one.
        blocking: (_, __, event) => { (event.target as IDBDatabase).close(); this.#opening = undefined; },
        terminated: () => { this.#opening = undefined; },
      });
    } catch {
      this.trouble.value = "refused";
      return null;
    }
  }
}

function createTables(db: IDBPDatabase<ExcerptDb>): void {
  for (const [name, indices] of Object.entries(INDICES)) {
    const store = db.createObjectStore(name as TableName, { keyPath: "id" });
    for (const index of indices) store.createIndex(index, index);
  }
}
