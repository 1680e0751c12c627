/** What the engine needs of a model: tokens in, logits out, each token with its place and its view. */

/** Columns of the cache, `from` inclusive, `to` exclusive. */
export interface ColumnRange {
  readonly from: number;
  readonly to: number;
}

/** A token on its way into the model. */
export interface Fed {
  readonly id: number;
  /** Counted from the beginning of its own text: branches of one prefix share the prefix's positions. */
  readonly position: number;
  /** Where its keys and values are kept; whatever stood there is forgotten. */
  readonly column: number;
  /** The columns of its own text so far, ascending, its own column last. */
  readonly sees: readonly ColumnRange[];
}

export interface Model {
  /**
   * Feeds tokens in one run. A token may see columns of earlier runs and of tokens before it in this run.
   *
   * @param tokens at least one
   * @param keep for how many of the last tokens logits are wanted, 1 to `tokens.length`
   * @throws DeviceError where the runtime fails
   */
  forward(tokens: readonly Fed[], keep: number): Promise<Logits>;
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
