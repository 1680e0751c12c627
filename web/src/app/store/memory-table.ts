/** A table that lives as long as the page. */

import type { Stored, Table } from "./table.js";

export class MemoryTable<T extends Stored> implements Table<T> {
  readonly #values = new Map<string, T>();

  get size(): number {
    return this.#values.size;
  }

  has(id: string): boolean {
    return this.#values.has(id);
  }

  get(id: string): Promise<T | undefined> {
    return Promise.resolve(this.#values.get(id));
  }

  put(value: T): Promise<void> {
    this.#values.set(value.id, value);
    return Promise.resolve();
  }

  change(id: string, change: (value: T | undefined) => T | undefined): Promise<T | undefined> {
    const before = this.#values.get(id);
    const after = change(before);
    if (after !== undefined) this.#values.set(id, after);
    return Promise.resolve(after ?? before);
  }

  delete(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#values.delete(id);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#values.clear();
    return Promise.resolve();
  }

  where(index: string & keyof T, value: string | number): Promise<T[]> {
    return Promise.resolve([...this.#values.values()].filter((one) => one[index] === value));
  }

  walk(index: string & keyof T, visit: (value: T) => boolean | undefined): Promise<void> {
    const sorted = [...this.#values.values()].sort((left, right) => (left[index] < right[index] ? 1 : left[index] > right[index] ? -1 : 0));
    sorted.every((value) => visit(value) !== false);
    return Promise.resolve();
  }

  all(): Promise<T[]> {
    return Promise.resolve([...this.#values.values()]);
  }
}
