/**
 * The documents: a head that lists are made of, and apart from it what was read and the file itself, so that a
 * list of hundreds never holds either.
 */

import type { Reading } from "../../shared/document.js";
import type { DocumentRecord } from "../../shared/record.js";
import type { Database } from "./database.js";
import type { Table } from "./table.js";
import type { DocumentHead, Tables } from "./tables.js";

export class DocumentStore {
  readonly #heads: Table<DocumentHead>;
  readonly #readings: Table<Tables["readings"]>;
  readonly #originals: Table<Tables["originals"]>;

  constructor(database: Database) {
    this.#heads = database.table("documents");
    this.#readings = database.table("readings");
    this.#originals = database.table("originals");
  }

  head(id: string): Promise<DocumentHead | undefined> {
    return this.#heads.get(id);
  }

  /** The whole document; undefined where it has not been read, or is gone. */
  async get(id: string): Promise<DocumentRecord | undefined> {
    const [head, kept, original] = await Promise.all([this.#heads.get(id), this.#readings.get(id), this.original(id)]);
    if (head === undefined || kept === undefined) return undefined;
    const { name, type, size, addedAt, within } = head;
    return { id, name, type, size, addedAt, within, reading: kept.reading, original };
  }

  async original(id: string): Promise<Blob | null> {
    return (await this.#originals.get(id))?.original ?? null;
  }

  /** A document before it is read. The file comes first: a head promises one. */
  async add(head: DocumentHead, original: Blob | null): Promise<void> {
    if (original !== null) await this.#originals.put({ id: head.id, original });
    await this.#heads.put(head);
  }

  putHead(head: DocumentHead): Promise<void> {
    return this.#heads.put(head);
  }

  async putReading(head: DocumentHead, reading: Reading): Promise<void> {
    await this.#readings.put({ id: head.id, reading });
    await this.#heads.put(head);
  }

  async delete(ids: readonly string[]): Promise<void> {
    await this.#heads.delete(ids);
    await this.#readings.delete(ids);
    await this.#originals.delete(ids);
  }

  async clear(): Promise<void> {
    await this.#heads.clear();
    await this.#readings.clear();
    await this.#originals.clear();
  }

  /** Every head, the newest first. */
  heads(visit: (head: DocumentHead) => boolean | undefined): Promise<void> {
    return this.#heads.walk("addedAt", visit);
  }
}
