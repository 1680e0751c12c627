import { describe, expect, it } from "vitest";
import { toJson, toTable } from "../../../../web/src/app/numbers/exporting.js";
import { summaryOf, tiersIn } from "../../../../web/src/app/numbers/summary.js";
import type { Measure, ReadingMeasure, RunMeasure } from "../../../../web/src/shared/measure.js";

const NOON = new Date(2026, 4, 3, 12, 10).getTime();
const DAY = 24 * 60 * 60 * 1000;

const RUN: RunMeasure = {
  kind: "run", id: "r1", at: NOON, status: "done", error: null, tier: "wasm-threads", why: "no-gpu", fell: false, model: "small 1",
  ms: 300, prefillMs: 100, decodeMs: 200, tokens: 50, fields: 2, memory: null, answers: [],
};
const READING: ReadingMeasure = { kind: "reading", id: "f1", at: NOON, ms: 40, error: null };
const ALL = { tier: null, since: 0 };

describe("the summary", () => {
  it("tells times by station, of what came to its end", () => {
    const { latency } = summaryOf([READING, { ...READING, id: "f2", ms: 9999, error: "damaged" }, RUN, { ...RUN, id: "r2", ms: 500, prefillMs: 300 }, { ...RUN, id: "r3", status: "failed", ms: 1 }], ALL);
    expect(latency.read).toMatchObject({ count: 1, p50: 40 });
    expect(latency.prefill).toMatchObject({ count: 2, p50: 200, p95: 290 });
    expect(latency.whole).toMatchObject({ count: 2, p50: 400, p95: 490 });
  });

  it("counts failures among what was not called off, and names them", () => {
    const { failed, unread, errors } = summaryOf([
      RUN, { ...RUN, status: "cancelled", error: "cancelled" }, { ...RUN, status: "failed", error: "engine-stopped" },
      READING, { ...READING, error: "damaged" }, { ...READING, error: "damaged" },
    ], ALL);
    expect(failed).toMatchObject({ count: 1, of: 2 });
    expect(unread).toMatchObject({ count: 2, of: 3 });
    expect(errors).toEqual([{ code: "damaged", count: 2 }, { code: "engine-stopped", count: 1 }]);
  });

  it("tells tiers apart, the most used first, and can look at one alone", () => {
    const measures: Measure[] = [RUN, { ...RUN, tier: "wasm-single", fell: true, ms: 900 }, { ...RUN, ms: 100 }];
    const { tiers, fell } = summaryOf(measures, ALL);
    expect(tiers.map(({ tier, runs, whole }) => [tier, runs, whole.p50])).toEqual([["wasm-threads", 2, 200], ["wasm-single", 1, 900]]);
    expect(fell).toMatchObject({ count: 1, of: 3 });
    expect(summaryOf(measures, { ...ALL, tier: "wasm-single" })).toMatchObject({ runs: 1, fell: { count: 1, of: 1 } });
    expect(tiersIn(measures)).toEqual(["wasm-threads", "wasm-single"]);
  });

  it("goes by hours where the work is of two days, by days where it is longer", () => {
    const memory = { bytes: 7, of: "all" } as const;
    const short = summaryOf([RUN, { ...RUN, at: NOON + 60_000, memory }, { ...RUN, at: NOON + 3_600_000 }], ALL);
    expect(short.every).toBe("hour");
    expect(short.periods.map(({ runs, memory: most }) => [runs, most])).toEqual([[2, 7], [1, null]]);
    expect(new Date(short.periods[0]?.at ?? 0).getMinutes()).toBe(0);
    const long = summaryOf([RUN, { ...RUN, at: NOON - 3 * DAY }, { ...RUN, at: NOON + 60_000 }], ALL);
    expect(long.every).toBe("day");
    expect(long.periods.map(({ runs }) => runs)).toEqual([1, 2]);
  });

  it("leaves out what is too old", () => {
    expect(summaryOf([RUN, { ...RUN, at: NOON - 8 * DAY }], { ...ALL, since: NOON - 7 * DAY }).runs).toBe(1);
  });

  it("is empty, not broken, before the first run", () => {
    expect(summaryOf([], ALL)).toMatchObject({ runs: 0, periods: [], tiers: [], failed: { share: null } });
  });
});

describe("export", () => {
  it("holds everything as JSON", () => {
    expect(JSON.parse(toJson([READING, RUN]))).toEqual({ format: "excerpt-measures", version: 1, measures: [READING, RUN] });
  });

  it("has as many cells in each line as in the head", () => {
    const reviewed: RunMeasure = { ...RUN, memory: { bytes: 7, of: "all" }, answers: [{ confidence: 0.9, verdict: "accepted" }] };
    const [head = "", ...lines] = toTable([READING, reviewed]).trim().split("\r\n");
    expect(lines.map((line) => line.split(",").length)).toEqual(lines.map(() => head.split(",").length));
    expect(lines[1]).toContain("run,");
    expect(lines[1]?.endsWith("7,all,1,0,0")).toBe(true);
  });
});
