import { describe, expect, it } from "vitest";
import { answersOf, measureOf } from "../../../../web/src/app/numbers/measures.js";
import { measureMemory } from "../../../../web/src/app/numbers/memory.js";
import { timed } from "../../../../web/src/app/numbers/timing.js";
import { NumbersState } from "../../../../web/src/app/state/numbers/numbers-state.js";
import { MeasureStore } from "../../../../web/src/app/store/measures.js";
import { CancelledError, InputError } from "../../../../web/src/shared/errors.js";
import type { Measure, Memory } from "../../../../web/src/shared/measure.js";
import { type ResultRecord, withReview } from "../../../../web/src/shared/record.js";
import { freshDatabase, RESULT } from "../record-samples.js";

const ACCEPTED = { status: "accepted", value: "Ada", span: null, at: 1 } as const;

/** Results whose end the test decides. */
function start(memory: () => Promise<Memory | null> = () => Promise.resolve(null), most?: number) {
  const listeners: Record<"settled" | "reviewed", (record: ResultRecord) => void> = { settled: () => undefined, reviewed: () => undefined };
  const store = new MeasureStore(freshDatabase(), most);
  const state = new NumbersState(store, { memory, now: () => 5000 });
  state.listen({
    onSettled: (listener) => { listeners.settled = listener; },
    onReviewed: (listener) => { listeners.reviewed = listener; },
  });
  const kept = async (): Promise<readonly Measure[]> => {
    await state.load();
    return state.measures.value ?? [];
  };
  return { state, listeners, store, kept };
}

describe("the measure of a result", () => {
  it("holds times and figures, and no word of the document", () => {
    const measure = measureOf(withReview(RESULT, "/who", { ...ACCEPTED, status: "corrected", value: "Grace" }));
    expect(measure).toMatchObject({ id: "r1", status: "done", tier: "wasm-threads", ms: 20, prefillMs: 1, decodeMs: 2, fields: 2, fell: false });
    expect(JSON.stringify(measure)).not.toMatch(/Ada|Grace|who|a\.txt/);
  });

  it.each([["gpu-failed", 1, true], ["no-gpu stepped-down", 1, true], ["no-gpu", 2, true], ["no-gpu", 1, false]])("falls by %s at try %i: %s", (why, attempts, fell) => {
    expect(measureOf({ ...RESULT, why, attempts })?.fell).toBe(fell);
  });

  it("is none where nothing has run", () => {
    expect(measureOf({ ...RESULT, status: "cancelled", tier: "" })).toBeNull();
    expect(measureOf({ ...RESULT, status: "running" })).toBeNull();
  });

  it("takes what people said of the model's answers, and of nothing else", () => {
    const record = withReview(withReview(RESULT, "/who", ACCEPTED), "/new", { ...ACCEPTED, status: "corrected" });
    expect(answersOf(record)).toEqual([{ confidence: 0.9, verdict: "accepted" }]);
  });
});

describe("the state", () => {
  it("keeps what settles, and what is said of it later", async () => {
    const { listeners, kept } = start();
    listeners.settled(RESULT);
    listeners.reviewed(withReview(RESULT, "/who", ACCEPTED));
    expect(await kept()).toMatchObject([{ id: "r1", answers: [{ confidence: 0.9, verdict: "accepted" }] }]);
    listeners.reviewed(RESULT);
    expect(await kept()).toMatchObject([{ id: "r1", answers: [] }]);
  });

  it("adds the memory when the browser has measured it, one look at a time", async () => {
    let measured: (memory: Memory) => void = () => undefined;
    let looks = 0;
    const { listeners, kept } = start(() => {
      looks += 1;
      return new Promise((resolve) => { measured = resolve; });
    });
    listeners.settled(RESULT);
    listeners.settled({ ...RESULT, id: "r2", startedAt: 2000 });
    expect(looks).toBe(1);
    measured({ bytes: 42, of: "all" });
    await Promise.resolve();
    expect(await kept()).toMatchObject([{ id: "r1", memory: { bytes: 42 } }, { id: "r2", memory: null }]);
  });

  it("does not bring back what was deleted", async () => {
    const { state, listeners, kept } = start();
    listeners.settled(RESULT);
    await state.clear();
    listeners.reviewed(withReview(RESULT, "/who", ACCEPTED));
    expect(await kept()).toEqual([]);
  });

  it("keeps the newest where there are too many", async () => {
    const { listeners, kept, store } = start(undefined, 2);
    for (const startedAt of [1, 3, 2]) listeners.settled({ ...RESULT, id: `r${startedAt}`, startedAt });
    expect((await kept()).map(({ id }) => id)).toEqual(["r2", "r3"]);
    expect(await store.all()).toHaveLength(2);
  });
});

describe("the time of a reading", () => {
  const clock = (): (() => number) => { let at = 0; return () => (at += 10); };

  it("is told with its end", async () => {
    const told: unknown[] = [];
    expect(await timed((file: string) => Promise.resolve(file), (one) => told.push(one), clock())("a")).toBe("a");
    const failing = timed(() => Promise.reject(new InputError(["damaged-file", { name: "a.pdf", format: "pdf" }], "Damaged.", "Mend it.")), (one) => told.push(one), clock());
    await expect(failing()).rejects.toThrow("Damaged");
    expect(told).toEqual([{ ms: 10, error: null }, { ms: 10, error: "damaged-file" }]);
  });

  it.each([new CancelledError(), new InputError(["password-needed", { name: "a.pdf" }], "Locked.", "Enter it.")])("is not told where it says nothing: %s", async (error) => {
    const told: unknown[] = [];
    await expect(timed(() => Promise.reject(error), (one) => told.push(one), clock())()).rejects.toThrow();
    expect(told).toEqual([]);
  });
});

describe("memory", () => {
  const whole = { measureUserAgentSpecificMemory: () => Promise.resolve({ bytes: 9 }), memory: { usedJSHeapSize: 3 } };

  it("is measured wholly where the page is isolated", async () => {
    expect(await measureMemory(whole, true)).toEqual({ bytes: 9, of: "all" });
    expect(await measureMemory(whole, false)).toEqual({ bytes: 3, of: "page" });
    expect(await measureMemory({ ...whole, measureUserAgentSpecificMemory: () => Promise.reject(new DOMException("no", "SecurityError")) }, true)).toEqual({ bytes: 3, of: "page" });
    expect(await measureMemory({}, true)).toBeNull();
  });
});
