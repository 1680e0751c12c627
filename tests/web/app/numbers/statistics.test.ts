import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reliabilityOf } from "../../../../web/src/app/numbers/reliability.js";
import { quantile, shareOf, spreadOf } from "../../../../web/src/app/numbers/statistics.js";
import type { Answer } from "../../../../web/src/shared/measure.js";

describe("a quantile", () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[1, 2], 0.5, 1.5],
    [[1, 2, 3, 4, 5], 0.95, 4.8],
    [[10, 9], 1, 10],
    [[7], 0.95, 7],
    [[], 0.5, null],
  ])("of %j at %d is %d", (values, share, expected) => {
    const found = quantile(values, share);
    if (expected === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(expected, 10);
  });

  it("lies within the numbers and never falls as the share grows", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const [lower, upper] = [quantile(values, share / 2) ?? NaN, quantile(values, share) ?? NaN];
      expect(lower).toBeLessThanOrEqual(upper);
      expect(lower).toBeGreaterThanOrEqual(Math.min(...values));
      expect(upper).toBeLessThanOrEqual(Math.max(...values));
    }));
  });

  it("leaves the numbers in their order", () => {
    const values = [3, 1, 2];
    expect(spreadOf(values)).toEqual({ count: 3, p50: 2, p95: 2.9, most: 3 });
    expect(values).toEqual([3, 1, 2]);
  });
});

describe("a share", () => {
  it("has bounds as Wilson has them", () => {
    const { share, low, high } = shareOf(8, 10);
    expect(share).toBe(0.8);
    expect(low).toBeCloseTo(0.4902, 3);
    expect(high).toBeCloseTo(0.9433, 3);
  });

  it("of nothing is unknown", () => {
    expect(shareOf(0, 0)).toEqual({ count: 0, of: 0, share: null, low: 0, high: 1 });
  });
});

function answers(confidence: number, right: number, wrong: number): Answer[] {
  return [
    ...Array.from({ length: right }, (): Answer => ({ confidence, verdict: "accepted" })),
    ...Array.from({ length: wrong }, (_, at): Answer => ({ confidence, verdict: at % 2 === 0 ? "corrected" : "cleared" })),
  ];
}

describe("reliability", () => {
  it("sets what was said beside what was right, bin by bin", () => {
    const found = reliabilityOf([...answers(0.95, 9, 1), ...answers(0.55, 1, 3), ...answers(1, 1, 0)]);
    expect(found.bins.map(({ from, right }) => [from, right.count, right.of])).toEqual([[0.5, 1, 4], [0.9, 10, 11]]);
    expect(found).toMatchObject({ accepted: 11, corrected: 3, cleared: 1, right: { count: 11, of: 15 } });
    const offHigh = Math.abs((0.95 * 10 + 1) / 11 - 10 / 11);
    expect(found.error).toBeCloseTo((4 * Math.abs(0.55 - 0.25) + 11 * offHigh) / 15, 10);
  });

  it("is unknown without reviews", () => {
    expect(reliabilityOf([])).toMatchObject({ bins: [], error: null, right: { share: null } });
  });
});
