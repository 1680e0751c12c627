/** A store that outlives a page and can run full, and a clock that does not wait. */

import type { Clock } from "../../../web/src/bundle/clock.js";
import type { Bytes } from "../../../web/src/bundle/digest.js";
import type { ShardStore } from "../../../web/src/bundle/store.js";
import { NOW } from "./host.js";

export class Disk implements ShardStore {
  readonly kind = "opfs";
  readonly files = new Map<string, Bytes>();
  /** Thrown by every write while set. */
  broken: DOMException | null = null;
  /** What the browser says is free. */
  free: number | null = null;
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(readonly capacity = Infinity) {}

  get used(): number {
    return [...this.files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
  }

  /** Names of files that are neither a manifest nor a shelf. */
  get shards(): readonly string[] {
    return [...this.files.keys()].filter((name) => !/^(manifest|shelf)-/.test(name));
  }

  size(name: string): Promise<number | null> {
    return Promise.resolve(this.files.get(name)?.length ?? null);
  }

  read(name: string, into: Bytes): Promise<boolean> {
    const bytes = this.files.get(name);
    if (bytes?.length !== into.length) return Promise.resolve(false);
    into.set(bytes);
    return Promise.resolve(true);
  }

  write(name: string, bytes: Bytes): Promise<void> {
    if (this.broken !== null) return Promise.reject(this.broken);
    if (this.used + bytes.length > this.capacity) return Promise.reject(new DOMException("full", "QuotaExceededError"));
    this.files.set(name, bytes.slice());
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.files.delete(name);
    return Promise.resolve();
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()].sort());
  }

  available(): Promise<number | null> {
    return Promise.resolve(this.free);
  }

  async exclusive<T>(name: string, _signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const turn = (this.#turns.get(name) ?? Promise.resolve()).then(work, work);
    this.#turns.set(name, turn);
    return turn;
  }
}

/** Pauses pass at once; a wait for the other side passes only by `runOutOfPatience`. */
export class QuickClock implements Clock {
  readonly pauses: number[] = [];
  time = 0;
  date = NOW;
  readonly #waits = new Set<() => void>();

  now(): number {
    return this.time;
  }

  unix(): number {
    return this.date;
  }

  after(milliseconds: number, work: () => void): () => void {
    if (milliseconds < 8000) {
      this.pauses.push(milliseconds);
      queueMicrotask(work);
      return () => undefined;
    }
    this.#waits.add(work);
    return () => this.#waits.delete(work);
  }

  runOutOfPatience(): void {
    for (const work of [...this.#waits]) work();
  }
}
