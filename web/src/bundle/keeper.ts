/** Keeps verified files for the next visit as long as the device has room, and knows why not otherwise. */

import { type Notice, notice } from "../shared/notice.js";
import type { Bytes } from "./digest.js";
import type { ShardStore } from "./store.js";

export class Keeper {
  #keptBytes = 0;
  #reason: Notice | undefined;

  /** `needed`: bytes of all files that are to be kept. */
  constructor(
    private readonly store: ShardStore,
    private readonly needed: number,
  ) {
    this.#reason = store.reason;
  }

  /** Bytes of files that are in the store, found there or written. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Why the next visit will have to fetch again; undefined where it will not. */
  get reason(): Notice | undefined {
    return this.#reason;
  }

  /** A file of this length was in the store already. */
  found(bytes: number): void {
    this.#keptBytes += bytes;
  }

  /** Stores a file, if nothing has failed so far. Never rejects: what cannot be stored stays in memory only. */
  async keep(name: string, bytes: Bytes): Promise<void> {
    if (this.#reason !== this.store.reason) return;
    await this.keepWith(async () => {
      await this.store.write(name, bytes);
      this.#keptBytes += bytes.length;
    });
  }

  /** Any writing to the store; its failure becomes the reason. */
  async keepWith(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (thrown) {
      this.#reason ??= await this.#explain(thrown);
    }
  }

  async #explain(thrown: unknown): Promise<Notice> {
    const name = thrown instanceof Error ? thrown.name : "unknown error";
    if (name !== "QuotaExceededError") {
      return notice("not-kept/disk", { reason: name }, `The model could not be stored on this device (${name}), so it is fetched again on the next visit.`);
    }
    // Browsers that round the free space up, against tracking, are not believed beyond what is missing.
    const free = await this.store.available();
    const fits = free !== null && free < this.needed - this.#keptBytes ? this.#keptBytes + free : this.#keptBytes;
    return notice(
      "not-kept/room",
      { missing: inMegabytes(this.needed - fits), fits: inMegabytes(fits), needed: inMegabytes(this.needed) },
      `The model needs ${megabytes(this.needed - fits)} more of storage than this browser gives (${megabytes(fits)} of ${megabytes(this.needed)} fit), so part of it is fetched again on the next visit. Free some space to change that.`,
    );
  }
}

/** `135.2 MB`: decimal, as browsers and operating systems show it. */
export function megabytes(bytes: number): string {
  return `${inMegabytes(bytes).toFixed(1)} MB`;
}

/** The number alone, for whoever writes it otherwise: 12.3. */
export function inMegabytes(bytes: number): number {
  return Number((bytes / 1e6).toFixed(1));
}
