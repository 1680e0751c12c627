/** Any run of whole words of the document, and the index of where they begin. */

import type { SourceText } from "../source.js";
import type { CharMachine } from "./chars.js";
import { MAX_VALUE_BYTES, PlaceIndex, type EndRule } from "./places.js";
import { endsAmong } from "./rules.js";

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
    const known = new Map<number, readonly number[]>();
    const rule = this.within(bounds).rule;
    return this.all.under(
      endsAmong((start) => {
        let ends = known.get(start);
        if (ends === undefined) {
          ends = this.matches(start, rule, machines);
          known.set(start, ends);
        }
        return ends;
      }),
    );
  }

  private anyLength(): EndRule {
    const { source } = this;
    return {
      mayEnd: (start, end) =>
        source.mayEnd(end) && end <= start + MAX_VALUE_BYTES && end > source.after(start) && end <= source.stop(start),
      lastEnd: (start, atMost) => {
        const end = source.lastEnd(start, Math.min(atMost, start + MAX_VALUE_BYTES));
        return end > source.after(start) ? end : -1;
      },
    };
  }

  private ofLength({ minLength, maxLength }: LengthBounds): EndRule {
    const { source } = this;
    const any = this.anyLength();
    const fits = (start: number, end: number): boolean => {
      const length = source.length(start, end);
      return length >= minLength && length <= maxLength;
    };
    return {
      mayEnd: (start, end) => any.mayEnd(start, end) && fits(start, end),
      lastEnd: (start, atMost) => {
        const end = any.lastEnd(start, Math.min(atMost, source.reach(start, maxLength)));
        return end > start && fits(start, end) ? end : -1;
      },
    };
  }

  /** Every end of a value from `start` that the rule allows and the machines accept, ascending. */
  private matches(start: number, rule: EndRule, machines: readonly CharMachine[]): number[] {
    const { source } = this;
    const last = rule.lastEnd(start, start + MAX_VALUE_BYTES);
    const ends: number[] = [];
    let states = machines.map(({ initial }) => initial);
    for (let at = start; at < last; ) {
      for (const character of source.piece(at)) {
        states = states.map((state, i) => machines[i]?.step(state, character.codePointAt(0) ?? 0) ?? state);
      }
      if (!states.every((state, i) => machines[i]?.viable(state))) break;
      at = source.next(at);
      if (rule.mayEnd(start, at) && states.every((state, i) => machines[i]?.accepting(state))) ends.push(at);
    }
    return ends;
  }
}
