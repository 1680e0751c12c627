/**
 * Where the bundle's files are kept between visits. Nothing read from a store is believed: it is
 * checked by hash again before use, so a torn or altered file only costs another download.
 */

import type { Notice } from "../shared/notice.js";
import type { Bytes } from "./digest.js";

export interface ShardStore {
  readonly kind: "opfs" | "memory";
  /** Why nothing outlives this page; absent where files do. */
  readonly reason?: Notice;
  /** The file's length in bytes; null where there is none. */
  size(name: string): Promise<number | null>;
  /** Fills `into` from a file of exactly its length; false where there is none or it cannot be read. */
  read(name: string, into: Bytes): Promise<boolean>;
  /** Replaces the file. Rejects with the browser's error (`QuotaExceededError` where the disk share is used up). */
  write(name: string, bytes: Bytes): Promise<void>;
  /** Deletes the file; one that is not there is no error. */
  delete(name: string): Promise<void>;
  list(): Promise<readonly string[]>;
  /** Bytes the browser says are still free for us; null where it does not say. */
  available(): Promise<number | null>;
  /** Runs `work` while no other tab runs work of the same name. Rejects where `signal` aborts the wait. */
  exclusive<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/**
 * Lasts as long as the worker. It keeps what it is given without copying, so that a download that
 * failed half-way can go on; the caller leaves those bytes alone from then on.
 */
export class MemoryStore implements ShardStore {
  readonly kind = "memory";
  readonly #files = new Map<string, Bytes>();

  constructor(readonly reason: Notice) {}

  size(name: string): Promise<number | null> {
    return Promise.resolve(this.#files.get(name)?.length ?? null);
  }

  read(name: string, into: Bytes): Promise<boolean> {
    const bytes = this.#files.get(name);
    if (bytes?.length !== into.length) return Promise.resolve(false);
    into.set(bytes);
    return Promise.resolve(true);
  }

  write(name: string, bytes: Bytes): Promise<void> {
    this.#files.set(name, bytes);
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.#files.delete(name);
    return Promise.resolve();
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.#files.keys()]);
  }

  available(): Promise<null> {
    return Promise.resolve(null);
  }

  exclusive<T>(_name: string, _signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return work();
  }
}
