/** Counts bytes while a bundle is loaded, and reports them truthfully and not too often. */

import type { LoadProgress } from "../shared/protocol.js";
import type { Clock } from "./clock.js";

const MIN_INTERVAL_MS = 100;

export class Tally {
  #loaded = 0;
  #fetched = 0;
  #lastReport = -Infinity;

  constructor(
    private readonly total: number,
    private readonly clock: Clock,
    private readonly onProgress: (progress: LoadProgress) => void,
  ) {}

  /** A file that was on the device already. */
  found(bytes: number): void {
    this.#loaded += bytes;
    this.#tell();
  }

  /** Bytes from the network. */
  arrived(bytes: number): void {
    this.#fetched += bytes;
    this.found(bytes);
  }

  /** Bytes that came but are of no use: a wrong file, or a download that began again. */
  discarded(bytes: number): void {
    this.#loaded -= bytes;
    this.#tell();
  }

  /** A report that does not wait its turn: the first and the last. */
  report(): void {
    this.#lastReport = this.clock.now();
    this.onProgress({
      stage: "weights",
      loadedBytes: this.#loaded,
      totalBytes: this.total,
      fetchedBytes: this.#fetched,
    });
  }

  #tell(): void {
    if (this.clock.now() - this.#lastReport >= MIN_INTERVAL_MS) this.report();
  }
}
