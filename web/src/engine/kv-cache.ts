/**
 * The keys and values of everything fed so far, as the manifest describes them.
 *
 * Tensors are laid out by position ([batch, past, heads, size]) and the graph returns the new columns
 * only: to append is to copy them behind the others, to go back is to forget a length, and a branch
 * from a snapshot is a crop to the snapshot's length.
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
  /** Numbers of one position: the product of the axes after `past`. */
  readonly width: number;
  values: Float32Array;
}

const FIRST_CAPACITY = 256;

export class KvCache {
  private readonly slots: readonly Slot[];
  private positions = 0;

  /** @throws BundleError `cache-layout` for a layout that this engine does not know. */
  constructor(tensors: readonly CacheTensor[]) {
    this.slots = tensors.map((spec) => {
      const width = widthOf(spec);
      return { spec, width, values: new Float32Array(width * FIRST_CAPACITY) };
    });
  }

  /** Positions held. */
  get length(): number {
    return this.positions;
  }

  /** What the graph reads, by input name; views, not copies. */
  inputs(): Map<string, TensorData> {
    return new Map(this.slots.map(({ spec, width, values }) => [
      spec.input,
      { data: values.subarray(0, width * this.positions), dims: dimsOf(spec, this.positions) },
    ]));
  }

  /** Takes in what the graph returned for `count` fed positions. */
  append(outputs: (name: string) => Float32Array, count: number): void {
    for (const slot of this.slots) {
      const needed = slot.width * (this.positions + count);
      if (needed > slot.values.length) slot.values = grown(slot.values, needed);
      slot.values.set(outputs(slot.spec.output), slot.width * this.positions);
    }
    this.positions += count;
  }

  /** Forgets everything from position `length` on. */
  crop(length: number): void {
    this.positions = Math.min(this.positions, length);
  }
}

function widthOf(spec: CacheTensor): number {
  const [batch, past, ...rest] = spec.shape;
  if (batch !== "batch" || past !== "past" || spec.returns !== "new" || spec.type !== "float32") {
    throw new BundleError(
      "cache-layout",
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
