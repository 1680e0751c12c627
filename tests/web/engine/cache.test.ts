import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Context, type BranchLogits } from "../../../web/src/engine/context.js";
import { KvCache } from "../../../web/src/engine/kv-cache.js";
import { choose } from "../../../web/src/engine/model.js";
import type { CacheTensor } from "../../../web/src/shared/manifest.js";
import { HashModel } from "./fakes.js";

const tensor = (name: string): CacheTensor => ({
  input: `past.${name}`, output: `present.${name}`, shape: ["batch", "past", 1, 2], type: "float32", grows: "columns",
});
const never = new AbortController().signal;

describe("the cache", () => {
  it("puts new columns where they belong, over what stood there", () => {
    const cache = new KvCache([tensor("k")]);
    cache.write(() => Float32Array.of(1, 2, 3, 4), [0, 1]);
    cache.write(() => Float32Array.of(5, 6, 7, 8, 9, 9), [3, 4, 1]);
    expect([...(cache.inputs(5, []).get("past.k")?.data ?? [])]).toEqual([1, 2, 9, 9, 0, 0, 5, 6, 7, 8]);
    expect(cache.inputs(5, []).get("past.k")?.dims).toEqual([1, 5, 1, 2]);
  });

  it("grows past its first room without losing anything", () => {
    const cache = new KvCache([tensor("k")]);
    for (let i = 0; i < 700; i++) {
      cache.inputs(i + 1, []);
      cache.write(() => Float32Array.of(i, -i), [i]);
    }
    const data = cache.inputs(700, []).get("past.k")?.data;
    expect([data?.[0], data?.[1], data?.[1398], data?.[1399]]).toEqual([0, -0, 699, -699]);
  });

  it("hands out zeros and the named columns where only those before a token are read", () => {
    const cache = new KvCache([{ ...tensor("c"), shape: ["batch", "past", 2], grows: "before" }]);
    cache.write(() => Float32Array.of(1, 2, 3, 4, 5, 6), [0, 1, 16]);
    expect([...(cache.inputs(32, [16, 0]).get("past.c")?.data ?? [])]).toEqual([0, 0, 5, 6, 1, 2]);
    expect(cache.inputs(32, [16, 0]).get("past.c")?.dims).toEqual([1, 3, 2]);
  });

  it("refuses a layout that it does not know", () => {
    expect(() => new KvCache([{ ...tensor("k"), type: "float16" }])).toThrow(/layout/u);
    expect(() => new KvCache([{ ...tensor("k"), shape: ["batch", 1, "past", 2] }])).toThrow(/layout/u);
  });
});

const rowsOf = (logits: BranchLogits | undefined, keep: number): number[][] => Array.from({ length: keep }, (_, i) => [...(logits?.row(i) ?? [])]);

describe("the context", () => {
  it("feeds only what the cache does not hold yet, and always what logits are wanted for", async () => {
    const model = new HashModel(4, 1);
    const context = new Context(model);
    await context.read([1, 2, 3], never);
    await context.read([1, 2, 3, 0], never);
    context.branchOut(1);
    await context.feed([{ branch: 0, ids: [1, 2, 2], keep: 1 }], never);
    await context.feed([{ branch: 0, ids: [1, 2, 3, 3], keep: 1 }], never);
    await context.feed([{ branch: 0, ids: [1, 2, 3, 3], keep: 2 }], never);
    expect(model.runs).toEqual([3, 1, 3, 2, 2]);
    expect(context.held([1, 2, 2, 9])).toBe(2);
  });

  it("gives the same logits by whatever road the cache came there", async () => {
    const long = Array.from({ length: 300 }, (_, i) => i % 4);
    const direct = new Context(new HashModel(4, 5));
    await direct.read(long, never);
    direct.branchOut(1);
    const [wanted] = await direct.feed([{ branch: 0, ids: long, keep: 3 }], never);
    const context = new Context(new HashModel(4, 5));
    await context.read(long.slice(0, 50), never);
    context.branchOut(2);
    await context.feed([{ branch: 1, ids: [1, 1, 1], keep: 2 }], never);
    await context.read(long, never);
    context.branchOut(1);
    await context.feed([{ branch: 0, ids: [...long.slice(0, 40), 3, 3], keep: 2 }], never);
    const [roundabout] = await context.feed([{ branch: 0, ids: long, keep: 3 }], never);
    expect(rowsOf(roundabout, 3)).toEqual(rowsOf(wanted, 3));
  });

  it("gives each of several branches the logits that it has alone, in any company and any steps", async () => {
    const ids = fc.array(fc.nat(3), { minLength: 1, maxLength: 90 });
    await fc.assert(
      fc.asyncProperty(ids, fc.array(ids, { minLength: 1, maxLength: 6 }), fc.nat(5), async (prefix, texts, early) => {
        const context = new Context(new HashModel(4, 3));
        await context.read(prefix, never);
        context.branchOut(texts.length);
        const some = texts.flatMap((text, branch) => (text.length > early && branch % 2 === 0 ? [{ branch, ids: [...text.slice(0, early), 2], keep: 1 }] : []));
        if (some.length > 0) await context.feed(some, never);
        const together = await context.feed(texts.map((text, branch) => ({ branch, ids: text, keep: 1 + (branch % text.length) })), never);
        for (const [branch, text] of texts.entries()) {
          const alone = new Context(new HashModel(4, 3));
          await alone.read(prefix, never);
          alone.branchOut(1);
          const keep = 1 + (branch % text.length);
          const [expected] = await alone.feed([{ branch: 0, ids: text, keep }], never);
          expect(rowsOf(together[branch], keep)).toEqual(rowsOf(expected, keep));
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it("stops between pieces and goes on where it stopped", async () => {
    const model = new HashModel(4, 1);
    const context = new Context(model);
    const abort = new AbortController();
    const long = Array.from({ length: 300 }, (_, i) => i % 4);
    const stopped = context.read(long, abort.signal, () => {
      abort.abort();
    });
    await expect(stopped).rejects.toMatchObject({ kind: "cancelled" });
    expect(model.runs.length).toBe(1);
    await context.read(long, never);
    expect(model.runs.reduce((a, b) => a + b)).toBe(300);
  });
});

describe("a choice", () => {
  it("takes the best allowed token, the first of equals, with its probability within the mask", () => {
    const logits = Float32Array.of(9, 1, 1, 0);
    expect(choose(logits, [2, 1, 3])).toEqual({ id: 2, probability: expect.closeTo(1 / (2 + Math.exp(-1)), 6) as number });
  });
});
