import { describe, expect, it } from "vitest";
import { catalogueOf } from "../../../web/src/engine/catalogue.js";
import type { Device } from "../../../web/src/engine/tiers.js";
import { MemoryKeyStore } from "../../../web/src/bundle/key-store.js";
import { forget, holdingsOf, type Holdings } from "../../../web/src/bundle/holdings.js";
import { fetchUpdate } from "../../../web/src/bundle/update.js";
import { Disk, QuickClock } from "./disk.js";
import { BUNDLE_URL, Host, makeBundle, noise, NOW, type TestBundle, TRUSTED } from "./host.js";
import { fiveShards, Visit } from "./visit.js";

const first = await fiveShards("one");
const second = await makeBundle([noise(10_000, 1), noise(10_000, 2), noise(9_000, 33), noise(10_000, 4), noise(1234, 5)], "two");

/** A host and a device that may have taken what it publishes. */
function start(published: TestBundle = first) {
  const host = new Host();
  host.publish(published);
  const disk = new Disk();
  const options = () => ({ url: BUNDLE_URL, store: disk, trusted: TRUSTED, fetch: host.fetch, signal: new AbortController().signal, clock: new QuickClock() });
  const look = (): Promise<Holdings> => holdingsOf(options());
  const drop = (what: "all" | "before"): Promise<void> => forget(what, { ...options(), keys: new MemoryKeyStore() });
  return { host, disk, options, look, drop };
}

describe("what is kept", () => {
  it("is nothing before the first download, and the server's word is all that is fetched", async () => {
    const { host, look } = start();
    const { from, kept, keptBytes, sizes } = await look();
    expect({ from, kept }).toEqual({ from: "network", kept: [] });
    expect(keptBytes).toBe(0);
    expect(sizes.map(({ bytes, missing }) => bytes - missing)).toEqual([0]);
    expect(sizes[0]?.memory).toBe(first.weights.length);
    expect(host.requests).toHaveLength(2);
  });

  it("is told without a network once it is here", async () => {
    const { host, disk, look } = start();
    await new Visit(host, disk).open();
    host.offline = true;
    const { from, kept, sizes } = await look();
    expect(from).toBe("device");
    expect(sizes.map(({ missing }) => missing)).toEqual([0]);
    expect(kept).toEqual([{ version: "one", use: "inUse", bytes: sizes[0]?.bytes }]);
  });

  it("names no network where nothing is kept", async () => {
    const { host, look } = start();
    host.offline = true;
    await expect(look()).rejects.toMatchObject({ code: "offline" });
  });

  it("tells the versions apart, and the one before goes alone", async () => {
    const { host, disk, options, look, drop } = start();
    await new Visit(host, disk).open();
    host.publish(second, { issued: NOW - 999 });
    await fetchUpdate({ ...options(), variant: "wasm-int8", running: "one", replace: false, onProgress: () => undefined });
    expect((await look()).kept.map(({ version, use }) => [version, use])).toEqual([["one", "inUse"], ["two", "coming"]]);
    await drop("before");
    expect((await look()).kept.map(({ use }) => use)).toEqual(["inUse", "coming"]);
  });
});

describe("deleting", () => {
  it("leaves nothing but when the newest version was signed", async () => {
    const { host, disk, look, drop } = start();
    host.publish(second, { issued: NOW - 5 });
    await new Visit(host, disk).open();
    await drop("all");
    expect((await disk.list()).every((name) => name.startsWith("shelf-"))).toBe(true);
    expect((await look()).kept).toEqual([]);
    host.publish(first, { issued: NOW - 1000 });
    expect(await new Visit(host, disk).failure()).toMatchObject({ code: "signature-rolled-back" });
  });

  it("takes the files of a download that was not finished, too", async () => {
    const { host, disk, drop } = start();
    await new Visit(host, disk).open();
    await drop("all");
    await disk.write(first.shards[0] ?? "", noise(10_000, 1));
    await drop("all");
    expect((await disk.list()).every((name) => name.startsWith("shelf-"))).toBe(true);
  });
});

describe("the fit", () => {
  const device: Device = { gpu: false, features: [], isolated: true, processors: 8 };

  it("is the best one's that the device can run", async () => {
    const catalogue = await catalogueOf(device, start().options(), () => true);
    expect(catalogue).toMatchObject({ name: first.manifest.name, version: "one", threads: 4, scores: null, encrypted: false });
    expect(catalogue.variants.map(({ name, fit }) => [name, fit])).toEqual([["wasm-int8", "best"]]);
  });

  it("is none where the browser does not give the memory", async () => {
    const asked: number[] = [];
    const { variants } = await catalogueOf(device, start().options(), (bytes) => { asked.push(bytes); return false; });
    expect(variants[0]?.fit).toBe("no-memory");
    expect(asked[0]).toBeGreaterThan(first.weights.length);
  });
});
