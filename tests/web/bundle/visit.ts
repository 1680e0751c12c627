/** One visit of the page: a bundle opened from a host into a store, with everything that was reported. */

import { openBundle, type OpenedBundle, type OpenOptions, type Settled } from "../../../web/src/bundle/index.js";
import type { ShardStore } from "../../../web/src/bundle/store.js";
import { MemoryKeyStore } from "../../../web/src/bundle/key-store.js";
import { ExcerptError } from "../../../web/src/shared/errors.js";
import type { Feature } from "../../../web/src/shared/manifest.js";
import type { LoadProgress } from "../../../web/src/shared/protocol.js";
import { Disk, QuickClock } from "./disk.js";
import { BUNDLE_URL, type Host, makeBundle, noise, type TestBundle, TRUSTED } from "./host.js";

export type WeightsProgress = Extract<LoadProgress, { stage: "weights" }>;

export class Visit {
  readonly progress: WeightsProgress[] = [];
  readonly clock = new QuickClock();
  readonly keys = new MemoryKeyStore();
  readonly #stop = new AbortController();

  constructor(
    readonly host: Host,
    readonly store: ShardStore = new Disk(),
    readonly features: readonly Feature[] = [],
    readonly trusted: readonly string[] = TRUSTED,
  ) {}

  /** Opens the bundle, and settles it as the engine does once the model has answered. */
  async open(url = BUNDLE_URL): Promise<OpenedBundle & Settled> {
    const opened = await this.openOnly(url);
    return { ...opened, ...(await opened.settle()) };
  }

  openOnly(url = BUNDLE_URL): Promise<OpenedBundle> {
    return openBundle(this.options(url));
  }

  options(url = BUNDLE_URL): OpenOptions {
    return {
      url,
      backends: ["wasm"],
      features: this.features,
      fetch: this.host.fetch,
      store: this.store,
      keys: this.keys,
      trusted: this.trusted,
      signal: this.#stop.signal,
      clock: this.clock,
      onProgress: (progress) => {
        if (progress.stage === "weights") this.progress.push(progress);
      },
    };
  }

  stop(): void {
    this.#stop.abort();
  }

  /** The error of a visit that must fail. */
  async failure(): Promise<ExcerptError> {
    try {
      await this.open();
    } catch (thrown) {
      if (thrown instanceof ExcerptError) return thrown;
      throw thrown;
    }
    throw new Error("the bundle was opened");
  }

  get last(): WeightsProgress {
    const last = this.progress.at(-1);
    if (last === undefined) throw new Error("no progress was reported");
    return last;
  }
}

/** Five shards of 10,000 bytes but for the last. */
export function fiveShards(version = "1"): Promise<TestBundle> {
  return makeBundle([1, 2, 3, 4, 5].map((seed) => noise(seed === 5 ? 1234 : 10_000, seed)), version);
}

export function sizeOf(bundle: TestBundle): number {
  return [...bundle.files.values()].reduce((sum, bytes) => sum + bytes.length, 0);
}
