/** Any run of whole words of the document, and the index of where they begin. */

import type { SourceText } from "../source.js";
import type { CharMachine } from "./chars.js";
import { MAX_VALUE_BYTES, PlaceIndex, type EndRule } from "./places.js";
import { Readings } from "./readings.js";
import { Together } from "./together.js";

/** In code points, as JSON Schema counts (2020-12, validation 6.3). */
export interface LengthBounds {
  readonly minLength: number;
  readonly maxLength: number;
}

export class Words {
  /** Sorted once; what a field allows only changes where its values may end. */
  private readonly all: PlaceIndex;

  constructor(readonly source: SourceText) {
    this.all = PlaceIndex.of(source, source.starts(), this.anyLength());
  }

  within(bounds: LengthBounds): PlaceIndex {
    const unbounded = bounds.minLength <= 1 && bounds.maxLength === Number.POSITIVE_INFINITY;
    return unbounded ? this.all : this.all.under(this.ofLength(bounds));
  }

  /** Those values that every one of the machines reads, each from its first to its last character. */
  matching(bounds: LengthBounds, machines: readonly CharMachine[]): PlaceIndex {
    const [only, other] = machines;
    const machine = only !== undefined && other === undefined ? only : new Together(machines);
    return this.all.under(new Readings(this.source, this.within(bounds).rule, machine));
  }

  private anyLength(): EndRule {
    const { source } = this;
    return {
      mayEnd: (start, end) =>
        source.mayEnd(end) && end <= start + MAX_VALUE_BYTES && end > source.after(start) && end <= source.stop(start),
      nextEnd: (start, from, to) => {
        const end = source.nextEnd(Math.max(from, source.after(start) + 1));
        return end <= to && end <= start + MAX_VALUE_BYTES && end <= source.stop(start) ? end : -1;
      },
    };
  }

  private ofLength({ minLength, maxLength }: LengthBounds): EndRule {
    const { source } = this;
    const any = this.anyLength();
    return {
      mayEnd: (start, end) => {
        const length = source.length(start, end);
        return length >= minLength && length <= maxLength && any.mayEnd(start, end);
      },
      nextEnd: (start, from, to) => {
        const end = any.nextEnd(start, Math.max(from, source.reach(start, minLength)), to);
        return end >= 0 && source.length(start, end) <= maxLength ? end : -1;
      },
    };
  }
}
