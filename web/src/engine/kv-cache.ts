/**
 * What the layers keep of everything fed, as the manifest describes it: a row of columns, one for each token,
 * at any place. Attention reads all of them, a short convolution those of the few tokens before a new one.
 *
 * The graph returns the new columns only and they are copied to their places; to go back is to write over
 * what is no longer wanted, and a branch from a snapshot is a column behind it.
 */

import { BundleError } from "../shared/errors.js";
import type { CacheTensor } from "../shared/manifest.js";

/** A tensor as the runtime takes and gives it, without the runtime's types. */
export interface TensorData {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

interface Slot {
  readonly spec: CacheTensor;
  /** Numbers of one column: the product of the axes after `past`. */
  readonly width: number;
  values: Float32Array;
}

/**
 * The runtime adds up whole vectors in one order and a rest in another. With columns in multiples of this
 * there is no rest, and a token's result has the same bits whatever is fed with it.
 */
export const COLUMN_MULTIPLE = 16;

const FIRST_CAPACITY = 256;

export class KvCache {
  private readonly slots: readonly Slot[];

  /** @throws BundleError `cache-layout` for a layout that this engine does not know. */
  constructor(tensors: readonly CacheTensor[]) {
    this.slots = tensors.map((spec) => {
      const width = widthOf(spec);
      return { spec, width, values: new Float32Array(width * FIRST_CAPACITY) };
    });
  }

  /**
   * What the graph reads, by input name: the first `columns` columns, as views, not copies; of tensors for
   * what comes before a token, a column of zeros and those named in `before`.
   */
  inputs(columns: number, before: readonly number[]): Map<string, TensorData> {
    return new Map(this.slots.map((slot) => {
      const { spec, width } = slot;
      if (width * columns > slot.values.length) slot.values = grown(slot.values, width * columns);
      if (spec.grows === "before") return [spec.input, gathered(slot, before)];
      return [spec.input, { data: slot.values.subarray(0, width * columns), dims: dimsOf(spec, columns) }];
    }));
  }

  /** Takes in what the graph returned: its n-th column goes to the n-th of these places. */
  write(outputs: (name: string) => Float32Array, places: readonly number[]): void {
    for (const { spec, width, values } of this.slots) {
      const returned = outputs(spec.output);
      for (const { from, first, count } of runsOf(places)) {
        values.set(returned.subarray(from * width, (from + count) * width), first * width);
      }
    }
  }
}

function gathered({ spec, width, values }: Slot, columns: readonly number[]): TensorData {
  const data = new Float32Array(width * (1 + columns.length));
  columns.forEach((column, index) => {
    data.set(values.subarray(column * width, (column + 1) * width), (1 + index) * width);
  });
  return { data, dims: dimsOf(spec, 1 + columns.length) };
}

/** Neighbouring places as one copy each. */
function runsOf(places: readonly number[]): { from: number; first: number; count: number }[] {
  const runs: { from: number; first: number; count: number }[] = [];
  places.forEach((place, from) => {
    const last = runs.at(-1);
    if (last !== undefined && last.first + last.count === place) last.count += 1;
    else runs.push({ from, first: place, count: 1 });
  });
  return runs;
}

function widthOf(spec: CacheTensor): number {
  const [batch, past, ...rest] = spec.shape;
  if (batch !== "batch" || past !== "past" || spec.type !== "float32") {
    throw new BundleError(
      ["cache-layout", { tensor: spec.input }],
      `The model's cache tensor ${spec.input} has a layout that this version does not know.`,
      "Build the bundle again with the builder of this version.",
    );
  }
  return rest.reduce<number>((product, axis) => product * Number(axis), 1);
}

function dimsOf(spec: CacheTensor, past: number): number[] {
  return spec.shape.map((axis) => (axis === "batch" ? 1 : axis === "past" ? past : axis));
}

function grown(values: Float32Array, needed: number): Float32Array {
  const larger = new Float32Array(Math.max(needed, values.length * 2));
  larger.set(values);
  return larger;
}
