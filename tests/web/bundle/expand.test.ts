import { describe, expect, it } from "vitest";
import type { Bytes } from "../../../web/src/bundle/digest.js";
import { expand } from "../../../web/src/bundle/expand.js";
import { BundleError } from "../../../web/src/shared/errors.js";
import type { Shard } from "../../../web/src/shared/manifest.js";
import { encoded, Host, joined, makeBundle, noise } from "./host.js";
import { Visit } from "./visit.js";

/** Weights of four values: a third of their size when packed. */
const RAW = noise(100_000, 7).map((byte) => byte & 3);

function shardOf(stored: Bytes, encoding: Shard["encoding"], rawBytes = RAW.length): Shard {
  return { file: "0123456789abcdef.bin", bytes: stored.length, sha256: "0".repeat(64), encoding, raw_bytes: rawBytes };
}

async function refusal(stored: Bytes, encoding: Shard["encoding"], rawBytes?: number): Promise<BundleError> {
  const shard = shardOf(stored, encoding, rawBytes);
  const thrown: unknown = await expand(shard, stored, new Uint8Array(shard.raw_bytes)).catch((error: unknown) => error);
  if (thrown instanceof BundleError) return thrown;
  throw new Error("the shard was expanded", { cause: thrown });
}

describe("a shard", () => {
  it.each<Shard["encoding"]>(["none", "deflate-raw"])("stored as %s is expanded into its place and nowhere else", async (encoding) => {
    const stored = encoded(RAW, encoding);
    const before = stored.slice();
    const weights = new Uint8Array(RAW.length + 20).fill(9);
    await expand(shardOf(stored, encoding), stored, weights.subarray(10, 10 + RAW.length));
    const expected = joined([new Uint8Array(10).fill(9), RAW, new Uint8Array(10).fill(9)]);
    expect(Buffer.compare(weights, expected)).toBe(0);
    expect(Buffer.compare(stored, before)).toBe(0);
  });

  const packed = encoded(RAW, "deflate-raw");
  it.each<[string, Bytes, Shard["encoding"], number]>([
    ["gives more than it says", packed, "deflate-raw", RAW.length - 1],
    ["gives less than it says", packed, "deflate-raw", RAW.length + 1],
    ["is cut off", packed.slice(0, -9), "deflate-raw", RAW.length],
    ["is no deflate", noise(500, 1), "deflate-raw", 400],
    ["is plain and too short", RAW.slice(1), "none", RAW.length],
  ])("that %s is refused by name", async (_, stored, encoding, rawBytes) => {
    const error = await refusal(stored, encoding, rawBytes);
    expect(error).toMatchObject({ code: "shard-unreadable" });
    expect(error.message).toContain("0123456789abcdef.bin");
  });

  it("that would fill the memory is stopped where its place ends", async () => {
    const bomb = encoded(new Uint8Array(64 * 2 ** 20), "deflate-raw");
    expect(bomb.length).toBeLessThan(100_000);
    expect((await refusal(bomb, "deflate-raw", 1000)).code).toBe("shard-unreadable");
  });
});

describe("a bundle of packed shards", () => {
  const cut = [RAW.slice(0, 4000), RAW.slice(4000, 8000), RAW.slice(0, 4000), RAW.slice(8000, 9000)];

  it("is opened to the weights that were packed, by the bytes that are stored", async () => {
    const bundle = await makeBundle(cut, "1", "deflate-raw");
    const host = new Host();
    host.publish(bundle);
    const visit = new Visit(host);
    expect((await visit.open()).weights).toEqual(bundle.weights);
    const stored = [...bundle.files.values()].reduce((sum, { length }) => sum + length, 0);
    expect(visit.last).toMatchObject({ loadedBytes: stored, fetchedBytes: stored });
    expect(stored).toBeLessThan(bundle.weights.length);
    const again = new Visit(host, visit.store);
    expect((await again.open()).weights).toEqual(bundle.weights);
    expect(again.last.fetchedBytes).toBe(0);
  });
});
