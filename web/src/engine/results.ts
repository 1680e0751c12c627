/** What the merging of results asks of them. */

import type { Span } from "../shared/document.js";
import type { FieldResult } from "../shared/extraction.js";

export function isFound({ value, omitted }: FieldResult): boolean {
  return value !== null && !omitted;
}

/** Of results that found nothing the least sure one, with the forwards of `all`. */
export function leastSure(results: readonly FieldResult[], all = results): FieldResult {
  const [first, ...others] = results;
  if (first === undefined) throw new RangeError("no result to merge");
  const least = others.reduce((a, b) => (b.confidence < a.confidence ? b : a), first);
  return { ...least, forwards: forwardsOf(all) };
}

export function forwardsOf(results: readonly FieldResult[]): number {
  return results.reduce((sum, { forwards }) => sum + forwards, 0);
}

export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
