/** The speed of a download over its last seconds, and the time that is left at that speed. */

const WINDOW_MS = 5000;
const SHORTEST_MS = 500;

export interface Speed {
  /** Bytes a second. */
  readonly rate: number;
  /** Seconds. */
  readonly left: number;
}

export class RateMeter {
  readonly #samples: { readonly at: number; readonly fetched: number }[] = [];

  /** Notes `fetched` bytes at `at` milliseconds; undefined until there is enough to tell a speed. */
  add(at: number, fetched: number, remaining: number): Speed | undefined {
    this.#samples.push({ at, fetched });
    while (this.#samples.length > 2 && at - (this.#samples[1]?.at ?? at) >= WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0];
    if (first === undefined || at - first.at < SHORTEST_MS || fetched <= first.fetched) return undefined;
    const rate = ((fetched - first.fetched) / (at - first.at)) * 1000;
    return { rate, left: remaining / rate };
  }
}
