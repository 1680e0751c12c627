/** What a repository asks of the place where its values are. */

export interface Stored {
  readonly id: string;
}

export interface Table<T extends Stored> {
  get(id: string): Promise<T | undefined>;
  /** Writes a value, over the one with its id. */
  put(value: T): Promise<void>;
  /** Reads and writes a value in one step that no other writer can come between; undefined leaves it as it is. */
  change(id: string, change: (value: T | undefined) => T | undefined): Promise<T | undefined>;
  delete(ids: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  /** The values whose `index` is `value`. */
  where(index: string & keyof T, value: string | number): Promise<T[]>;
  /** Visits every value, the largest `index` first, one by one, so that they are never all in memory; false ends it. */
  walk(index: string & keyof T, visit: (value: T) => boolean | undefined): Promise<void>;
  /** Every value, for tables that hold little. */
  all(): Promise<T[]>;
}
