/** Keeps content keys between visits: in the browser's database, where scripts can use but not read them. */

import type { ContentKey } from "./decrypt.js";

export interface KeyStore {
  get(id: string): Promise<ContentKey | null>;
  /** Never rejects: a key that cannot be kept is asked for again on the next visit. */
  put(id: string, key: ContentKey): Promise<void>;
  /** Never rejects. */
  delete(id: string): Promise<void>;
}

const DATABASE = "excerpt-keys";
const TABLE = "content";

/** Lasts as long as the worker; what the browser's database refuses is at least here. */
export class MemoryKeyStore implements KeyStore {
  readonly #keys = new Map<string, ContentKey>();

  get(id: string): Promise<ContentKey | null> {
    return Promise.resolve(this.#keys.get(id) ?? null);
  }

  put(id: string, key: ContentKey): Promise<void> {
    this.#keys.set(id, key);
    return Promise.resolve();
  }

  delete(id: string): Promise<void> {
    this.#keys.delete(id);
    return Promise.resolve();
  }
}

export class BrowserKeyStore implements KeyStore {
  readonly #memory = new MemoryKeyStore();

  async get(id: string): Promise<ContentKey | null> {
    const kept = await inTable("readonly", (table) => table.get(id) as IDBRequest<unknown>).catch(() => undefined);
    return kept instanceof CryptoKey ? kept : this.#memory.get(id);
  }

  async put(id: string, key: ContentKey): Promise<void> {
    await this.#memory.put(id, key);
    await inTable("readwrite", (table) => table.put(key, id)).catch(() => undefined);
  }

  async delete(id: string): Promise<void> {
    await this.#memory.delete(id);
    await inTable("readwrite", (table) => table.delete(id)).catch(() => undefined);
  }
}

async function inTable<T>(mode: IDBTransactionMode, ask: (table: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await settled(ask(database.transaction(TABLE, mode).objectStore(TABLE)));
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => { resolve(request.result); };
    request.onerror = () => { reject(request.error ?? new DOMException("no answer", "UnknownError")); };
  });
}
