import { describe, expect, it } from "vitest";
import { Context } from "../../../web/src/engine/context.js";
import { KvCache } from "../../../web/src/engine/kv-cache.js";
import { choose } from "../../../web/src/engine/model.js";
import type { CacheTensor } from "../../../web/src/shared/manifest.js";
import { HashModel } from "./fakes.js";

const tensor = (name: string): CacheTensor => ({
  input: `past.${name}`, output: `present.${name}`, shape: ["batch", "past", 1, 2], type: "float32", grows: "past", returns: "new",
});
const never = new AbortController().signal;

describe("the cache", () => {
  it("appends new columns, forgets them, and hands out what is left", () => {
    const cache = new KvCache([tensor("k")]);
    cache.append(() => Float32Array.of(1, 2, 3, 4), 2);
    cache.append(() => Float32Array.of(5, 6), 1);
    cache.crop(1);
    cache.append(() => Float32Array.of(7, 8), 1);
    expect(cache.length).toBe(2);
    expect([...(cache.inputs().get("past.k")?.data ?? [])]).toEqual([1, 2, 7, 8]);
    expect(cache.inputs().get("past.k")?.dims).toEqual([1, 2, 1, 2]);
  });

  it("grows past its first room without losing anything", () => {
    const cache = new KvCache([tensor("k")]);
    for (let i = 0; i < 700; i++) cache.append(() => Float32Array.of(i, -i), 1);
    const data = cache.inputs().get("past.k")?.data;
    expect([data?.[0], data?.[1], data?.[1398], data?.[1399]]).toEqual([0, -0, 699, -699]);
  });

  it("refuses a layout that it does not know", () => {
    expect(() => new KvCache([{ ...tensor("k"), returns: "all" }])).toThrow(/layout/u);
    expect(() => new KvCache([{ ...tensor("k"), shape: ["batch", 1, "past", 2] }])).toThrow(/layout/u);
  });
});

describe("the context", () => {
  it("feeds only what the cache does not hold yet, and always what logits are wanted for", async () => {
    const model = new HashModel(4, 1);
    const context = new Context(model);
    await context.feed([1, 2, 3], 1, never);
    await context.feed([1, 2, 3, 0], 1, never);
    await context.feed([1, 2, 2], 1, never);
    await context.feed([1, 2, 2], 2, never);
    expect(model.runs).toEqual([3, 1, 1, 2]);
    expect(context.held([1, 2, 2, 9])).toBe(3);
  });

  it("gives the same logits by whatever road the cache came there", async () => {
    const long = Array.from({ length: 300 }, (_, i) => i % 4);
    const direct = await new Context(new HashModel(4, 5)).feed(long, 3, never);
    const context = new Context(new HashModel(4, 5));
    await context.feed(long.slice(0, 50), 1, never);
    await context.feed([...long.slice(0, 40), 3, 3, 3], 2, never);
    const roundabout = await context.feed(long, 3, never);
    expect([0, 1, 2].map((row) => [...roundabout.row(row)])).toEqual([0, 1, 2].map((row) => [...direct.row(row)]));
  });

  it("stops between pieces and goes on where it stopped", async () => {
    const model = new HashModel(4, 1);
    const context = new Context(model);
    const abort = new AbortController();
    const long = Array.from({ length: 300 }, (_, i) => i % 4);
    const stopped = context.feed(long, 1, abort.signal, () => {
      abort.abort();
    });
    await expect(stopped).rejects.toMatchObject({ kind: "cancelled" });
    const first = model.runs.length;
    await context.feed(long, 1, never);
    expect(model.runs.slice(0, first).concat(model.runs.slice(first)).reduce((a, b) => a + b)).toBe(300);
  });
});

describe("a choice", () => {
  it("takes the best allowed token, the first of equals, with its probability within the mask", () => {
    const logits = Float32Array.of(9, 1, 1, 0);
    expect(choose(logits, [2, 1, 3])).toEqual({ id: 2, probability: expect.closeTo(1 / (2 + Math.exp(-1)), 6) as number });
  });
});
