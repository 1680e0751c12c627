/** What the engine needs of a model: tokens in, logits out, and a way back. */

export interface Model {
  /** Positions in the cache. */
  readonly length: number;
  /** Forgets everything from position `length` on. */
  crop(length: number): void;
  /**
   * Feeds tokens behind those in the cache, in one run.
   *
   * @param ids at least one token
   * @param keep for how many of the last tokens logits are wanted, 1 to `ids.length`
   * @throws DeviceError where the runtime fails
   */
  forward(ids: readonly number[], keep: number): Promise<Logits>;
  release(): Promise<void>;
}

/** Logits of consecutive positions, `[positions, vocabulary]` in one array. */
export class Logits {
  constructor(
    private readonly values: Float32Array,
    private readonly vocabulary: number,
  ) {}

  /** The logits after the `index`-th kept token, one number for each token of the vocabulary. */
  row(index: number): Float32Array {
    return this.values.subarray(index * this.vocabulary, (index + 1) * this.vocabulary);
  }
}

export interface Choice {
  readonly id: number;
  /** Probability among the allowed tokens. */
  readonly probability: number;
}

/** The most probable of the allowed tokens; of equals the first one. */
export function choose(logits: Float32Array, allowed: readonly number[]): Choice {
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (const id of allowed) {
    const logit = logits[id] ?? Number.NEGATIVE_INFINITY;
    if (logit > highest) {
      best = id;
      highest = logit;
    }
  }
  let mass = 0;
  for (const id of allowed) mass += Math.exp((logits[id] ?? Number.NEGATIVE_INFINITY) - highest);
  return { id: best, probability: 1 / mass };
}
