/** A table of the database, with one in memory beside it for what the database does not take. */

import type { IDBPDatabase } from "idb";
import type { MemoryTable } from "./memory-table.js";
import type { Table } from "./table.js";
import type { ExcerptDb, TableName, Tables } from "./tables.js";

type Db = IDBPDatabase<ExcerptDb>;

export class IndexedTable<T extends Tables[TableName]> implements Table<T> {
  /**
   * @param opened the database, or null where there is none
   * @param full called where a value was not taken
   */
  constructor(
    readonly name: TableName,
    readonly opened: () => Promise<Db | null>,
    readonly memory: MemoryTable<T>,
    readonly full: () => void,
  ) {}

  async get(id: string): Promise<T | undefined> {
    const inMemory = await this.memory.get(id);
    return inMemory ?? this.#of(await (await this.opened())?.get(this.name, id));
  }

  async put(value: T): Promise<void> {
    await this.change(value.id, () => value);
  }

  async change(id: string, change: (value: T | undefined) => T | undefined): Promise<T | undefined> {
    const db = this.memory.has(id) ? null : await this.opened();
    if (db === null) return this.memory.change(id, change);
    let before: T | undefined;
    let after: T | undefined;
    try {
      const transaction = db.transaction(this.name, "readwrite");
      // A failed write also ends the transaction; its error is the write's own, which is caught below.
      transaction.done.catch(() => undefined);
      before = this.#of(await transaction.store.get(id));
      after = change(before);
      if (after !== undefined) await transaction.store.put(after);
      await transaction.done;
    } catch (thrown) {
      if (after === undefined) throw thrown;
      this.full();
      await this.memory.put(after);
    }
    return after ?? before;
  }

  async delete(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.memory.delete(ids);
    const transaction = (await this.opened())?.transaction(this.name, "readwrite");
    if (transaction !== undefined) await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done]);
  }

  async clear(): Promise<void> {
    await this.memory.clear();
    await (await this.opened())?.clear(this.name);
  }

  async where(index: string & keyof T, value: string | number): Promise<T[]> {
    const stored = await (await this.opened())?.getAllFromIndex(this.name, index, IDBKeyRange.only(value)) ?? [];
    return this.#with(stored.map((one) => this.#of(one)), await this.memory.where(index, value));
  }

  async walk(index: string & keyof T, visit: (value: T) => boolean | undefined): Promise<void> {
    const state = { ended: false };
    await this.memory.walk(index, (value) => !(state.ended = visit(value) === false));
    const db = await this.opened();
    if (db === null || state.ended) return;
    let cursor = await db.transaction(this.name).store.index(index).openCursor(null, "prev");
    while (cursor !== null) {
      const value = this.#of(cursor.value);
      if (value !== undefined && !this.memory.has(value.id) && visit(value) === false) return;
      cursor = await cursor.continue();
    }
  }

  async all(): Promise<T[]> {
    const stored = await (await this.opened())?.getAll(this.name) ?? [];
    return this.#with(stored.map((one) => this.#of(one)), await this.memory.all());
  }

  /** What was written last stands in memory where the database had no room. */
  #with(stored: readonly (T | undefined)[], inMemory: readonly T[]): T[] {
    return [...stored.filter((value) => value !== undefined && !this.memory.has(value.id)), ...inMemory] as T[];
  }

  /** A table's values are those that were put into it. */
  #of(value: unknown): T | undefined {
    return value as T | undefined;
  }
}
