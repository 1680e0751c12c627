/** Any run of whole words of the document, and the index of where they begin. */

import type { SourceText } from "../source.js";
import { MAX_VALUE_BYTES, PlaceIndex, type EndRule } from "./places.js";

/** In code points, as JSON Schema counts (2020-12, validation 6.3). */
export interface LengthBounds {
  readonly minLength: number;
  readonly maxLength: number;
}

export class Words {
  /** Sorted once; the lengths that a field allows only change where its values may end. */
  private readonly all: PlaceIndex;

  constructor(readonly source: SourceText) {
    this.all = PlaceIndex.of(source, source.starts(), this.rule({ minLength: 0, maxLength: Number.POSITIVE_INFINITY }));
  }

  within(bounds: LengthBounds): PlaceIndex {
    return this.all.under(this.rule(bounds));
  }

  private rule(bounds: LengthBounds): EndRule {
    const unbounded = bounds.minLength <= 1 && bounds.maxLength === Number.POSITIVE_INFINITY;
    const mayEnd = (start: number, end: number): boolean =>
      this.source.mayEnd(end) && (unbounded || this.fits(bounds, start, end));
    return { mayEnd, lastEnd: (start) => this.lastEnd(start, mayEnd) };
  }

  private lastEnd(start: number, mayEnd: EndRule["mayEnd"]): number {
    for (let end = Math.min(start + MAX_VALUE_BYTES, this.source.bytes.length); end > start; end--) {
      if (mayEnd(start, end)) return end;
    }
    return start - 1;
  }

  private fits({ minLength, maxLength }: LengthBounds, start: number, end: number): boolean {
    const span = this.source.span(start, end);
    const length = Array.from(this.source.text.slice(span.start, span.end)).length;
    return length >= minLength && length <= maxLength;
  }
}
