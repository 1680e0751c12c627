/** The schemas that people saved under a name. */

import type { SavedSchema } from "../schema/saved.js";
import type { Database } from "./database.js";
import type { Table } from "./table.js";

export class SchemaStore {
  readonly #table: Table<SavedSchema>;

  constructor(database: Database) {
    this.#table = database.table("schemas");
  }

  all(): Promise<SavedSchema[]> {
    return this.#table.all();
  }

  put(schema: SavedSchema): Promise<void> {
    return this.#table.put(schema);
  }

  /** Changes one that is there; another tab may have deleted it. */
  async change(id: string, change: Partial<Omit<SavedSchema, "id">>): Promise<void> {
    await this.#table.change(id, (schema) => (schema === undefined ? undefined : { ...schema, ...change }));
  }

  delete(id: string): Promise<void> {
    return this.#table.delete([id]);
  }
}
