import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../../web/src/bundle/store.js";
import { CancelledError } from "../../../web/src/shared/errors.js";
import type { Feature, Variant } from "../../../web/src/shared/manifest.js";
import { Disk } from "./disk.js";
import { Host, makeBundle, noise } from "./host.js";
import { fiveShards, sizeOf, Visit } from "./visit.js";

const bundle = await fiveShards();
const [first, , third, fourth] = bundle.shards as [string, string, string, string, string];

function hostOf(published = bundle): Host {
  const host = new Host();
  host.publish(published);
  return host;
}

describe("a bundle that is whole", () => {
  it("is opened, its shards joined in order", async () => {
    const opened = await new Visit(hostOf()).open();
    expect(opened.weights).toEqual(bundle.weights);
    expect(opened.graph).toEqual(bundle.files.get(bundle.manifest.variants[0]?.graph.file ?? ""));
    expect(opened.tokenizer).toEqual({ model: { type: "BPE" } });
    expect(opened.manifest).toEqual(bundle.manifest);
    expect(opened).toMatchObject({ kept: true, manifestFrom: "network", variant: { name: "wasm-int8" } });
    expect(opened).not.toHaveProperty("keptReason");
  });

  it("is found by its folder and by its manifest", async () => {
    for (const url of ["https://excerpt.example/bundle", "https://excerpt.example/bundle/manifest.json"]) {
      expect((await new Visit(hostOf()).open(url)).weights).toEqual(bundle.weights);
    }
  });

  it("needs a full address", async () => {
    await expect(new Visit(hostOf()).open("/bundle/")).rejects.toMatchObject({ code: "bundle-url" });
  });

  it("is fetched a second time only in its manifest", async () => {
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    host.requests.length = 0;
    const visit = new Visit(host, disk);
    expect((await visit.open()).weights).toEqual(bundle.weights);
    expect(host.asked).toEqual([]);
    expect(visit.last).toMatchObject({ loadedBytes: sizeOf(bundle), fetchedBytes: 0 });
  });

  it("may hold the same piece twice, fetched once", async () => {
    const [a, b] = [noise(4000, 1), noise(300, 2)];
    const host = hostOf(await makeBundle([a, b, a, a]));
    const opened = await new Visit(host).open();
    expect(opened.weights).toEqual((await makeBundle([a, b, a, a])).weights);
    expect(host.asked).toHaveLength(4);
  });

  it("is fetched three files at a time", async () => {
    const host = hostOf();
    const visit = new Visit(host);
    host.fail(first, { kind: "silence", after: 0 });
    host.fail(third, { kind: "silence", after: 0 });
    host.fail(fourth, { kind: "silence", after: 0 });
    host.onRequest = (file) => {
      if (file === fourth) visit.stop();
    };
    expect((await visit.failure()).kind).toBe("cancelled");
    expect(host.asked).not.toContain(bundle.shards[4]);
  });
});

describe("a bundle of several variants", () => {
  const [plain] = bundle.manifest.variants as [Variant];
  const half: Variant = { ...plain, name: "half", requires: ["shader-f16"] };
  const both = { ...bundle, manifest: { ...bundle.manifest, variants: [half, plain] } };

  it.each<[readonly Feature[], string]>([[["shader-f16"], "half"], [[], "wasm-int8"]])("gives a device with %j the best that it can run", async (features, name) => {
    expect((await new Visit(hostOf(both), new Disk(), features).open()).variant.name).toBe(name);
  });
});

describe("progress", () => {
  it("ends with all bytes and counts what the network brought", async () => {
    const visit = new Visit(hostOf());
    await visit.open();
    expect(visit.progress[0]).toEqual({ stage: "weights", loadedBytes: 0, totalBytes: sizeOf(bundle), fetchedBytes: 0 });
    expect(visit.last).toEqual({
      stage: "weights",
      loadedBytes: sizeOf(bundle),
      totalBytes: sizeOf(bundle),
      fetchedBytes: sizeOf(bundle),
    });
  });

  it("is told at most every tenth of a second", async () => {
    const visit = new Visit(hostOf());
    await visit.open();
    expect(visit.progress).toHaveLength(2);
  });

  it("counts partly fetched files, and takes back what was of no use", async () => {
    const host = hostOf();
    host.fail(first, { kind: "altered" });
    const visit = new Visit(host);
    host.onRequest = () => (visit.clock.time += 1000);
    await visit.open();
    expect(visit.last.loadedBytes).toBe(sizeOf(bundle));
    expect(visit.last.fetchedBytes).toBe(sizeOf(bundle) + 10_000);
    expect(visit.progress.every(({ loadedBytes, totalBytes }) => loadedBytes >= 0 && loadedBytes <= totalBytes)).toBe(true);
  });
});

describe("a wrong byte", () => {
  it("is mended by fetching the file again past the caches", async () => {
    const host = hostOf();
    host.fail(third, { kind: "altered" });
    const opened = await new Visit(host).open();
    expect(opened.weights).toEqual(bundle.weights);
    expect(host.requests.filter(({ file }) => file === third).map(({ cache }) => cache)).toEqual(["default", "reload"]);
  });

  it("that stays is an error that names the file; the other files are kept", async () => {
    const host = hostOf();
    const disk = new Disk();
    host.files.set(third, noise(10_000, 77));
    const error = await new Visit(host, disk).failure();
    expect(error).toMatchObject({ kind: "bundle", code: "shard-mismatch" });
    expect(error.message).toContain(third);
    expect(disk.shards).toContain(first);
    expect(disk.shards).not.toContain(third);
  });

  it.each([
    ["shorter", noise(9_000, 3)],
    ["longer", noise(11_000, 3)],
    ["empty", new Uint8Array()],
  ])("a file that is %s is wrong as well", async (_, bytes) => {
    const host = hostOf();
    host.files.set(third, bytes);
    const error = await new Visit(host).failure();
    expect(error.code).toMatch(/^shard-/);
    expect(error.message).toContain(third);
  });

  it("in the store costs one download", async () => {
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    disk.files.set(third, noise(10_000, 77));
    disk.files.set(fourth, noise(500, 4));
    host.requests.length = 0;
    expect((await new Visit(host, disk).open()).weights).toEqual(bundle.weights);
    expect([...host.asked].sort()).toEqual([third, fourth].sort());
    expect(disk.files.get(third)).toEqual(bundle.files.get(third));
  });
});

describe("a file that the server does not give", () => {
  it.each([
    [404, "shard-missing"],
    [410, "shard-missing"],
    [403, "shard-refused"],
  ])("with status %i is an error that names it", async (status, code) => {
    const host = hostOf();
    host.fail(third, { kind: "status", status });
    const error = await new Visit(host).failure();
    expect(error).toMatchObject({ kind: "bundle", code });
    expect(error.message).toContain(third);
    expect(error.advice).not.toBe("");
  });

  it("the manifest has a name of its own", async () => {
    const error = await new Visit(new Host()).failure();
    expect(error.code).toBe("manifest-missing");
    expect(error.message).toContain("/bundle/manifest.json");
  });

  it("a tokenizer that is no JSON is refused although its hash is right", async () => {
    const built = await makeBundle([noise(100, 1)]);
    const [graph] = built.manifest.variants.map((variant) => variant.graph);
    if (graph === undefined) throw new Error("no graph");
    const host = hostOf(built);
    const file = `${graph.sha256.slice(0, 16)}.json`;
    host.files.set(file, host.files.get(graph.file) ?? new Uint8Array());
    host.publish({ ...built, manifest: { ...built.manifest, tokenizer: { ...graph, file } } });
    expect((await new Visit(host).failure()).code).toBe("tokenizer-unreadable");
  });
});

describe("a network that breaks", () => {
  it("in the middle of a file is taken up where it broke", async () => {
    const host = hostOf();
    host.fail(third, { kind: "break", after: 4000 }, { kind: "break", after: 3000 });
    const visit = new Visit(host);
    expect((await visit.open()).weights).toEqual(bundle.weights);
    expect(host.requests.filter(({ file }) => file === third).map(({ range }) => range)).toEqual([null, "bytes=4000-", "bytes=7000-"]);
    expect(visit.last.fetchedBytes).toBe(sizeOf(bundle));
  });

  it("is taken up from the start where the server knows no ranges", async () => {
    const host = hostOf();
    host.ranges = false;
    host.fail(third, { kind: "break", after: 4000 });
    expect((await new Visit(host).open()).weights).toEqual(bundle.weights);
  });

  it("and a server that is busy are tried again with growing pauses", async () => {
    const host = hostOf();
    const busy = { kind: "status", status: 503 } as const;
    host.fail(third, busy, busy, busy);
    const visit = new Visit(host);
    expect((await visit.open()).weights).toEqual(bundle.weights);
    expect(visit.clock.pauses).toEqual([500, 1000, 2000]);
  });

  it("for good says what is kept, and the next visit fetches only the rest", async () => {
    const host = hostOf();
    const disk = new Disk();
    host.onRequest = (file) => {
      if (file === fourth) host.offline = true;
    };
    const error = await new Visit(host, disk).failure();
    expect(error).toMatchObject({ kind: "bundle", code: "network-lost" });
    expect(error.message).toMatch(/0\.0 MB of 0\.0 MB are kept on this device/);
    const kept = disk.shards;
    expect(kept.length).toBeGreaterThan(0);

    host.onRequest = () => undefined;
    host.offline = false;
    host.requests.length = 0;
    const visit = new Visit(host, disk);
    expect((await visit.open()).weights).toEqual(bundle.weights);
    expect(host.asked.filter((file) => kept.includes(file))).toEqual([]);
    expect(host.asked).toHaveLength(7 - kept.length);
    expect(visit.last.fetchedBytes).toBe(sizeOf(bundle) - kept.reduce((sum, file) => sum + (bundle.files.get(file)?.length ?? 0), 0));
  });

  it("goes on from memory where there is no disk, as long as the worker lives", async () => {
    const host = hostOf();
    const store = new MemoryStore({ message: "No disk." });
    host.onRequest = (file) => {
      if (file === fourth) host.offline = true;
    };
    expect((await new Visit(host, store).failure()).message).toContain("as long as this page is open");
    host.onRequest = () => undefined;
    host.offline = false;
    host.requests.length = 0;
    const opened = await new Visit(host, store).open();
    expect(opened).toMatchObject({ kept: false, keptReason: { message: "No disk." }, weights: bundle.weights });
    expect(host.asked.length).toBeLessThan(7);
    expect(await store.list()).toEqual([]);
  });

  it("without a word is given up after a while and tried again", async () => {
    const host = hostOf();
    host.fail(third, { kind: "silence", after: 2000 });
    const visit = new Visit(host);
    const opened = visit.open();
    // Everything else arrives; then the silence is all that is waited for.
    await arrivalOf(host, 7);
    visit.clock.runOutOfPatience();
    expect((await opened).weights).toEqual(bundle.weights);
    expect(host.requests.filter(({ file }) => file === third)).toHaveLength(2);
  });
});

describe("a visit that is stopped", () => {
  it("before it begins asks for nothing", async () => {
    const host = hostOf();
    const visit = new Visit(host);
    visit.stop();
    await expect(visit.open()).rejects.toBeInstanceOf(CancelledError);
    expect(host.requests).toEqual([]);
  });

  it.each(["manifest.json", first, fourth])("while %s is asked for ends at once and keeps what was whole", async (moment) => {
    const host = hostOf();
    const disk = new Disk();
    const visit = new Visit(host, disk);
    host.onRequest = (file) => {
      if (file === moment) visit.stop();
    };
    await expect(visit.open()).rejects.toBeInstanceOf(CancelledError);
    for (const file of disk.shards) expect(disk.files.get(file)).toEqual(bundle.files.get(file));

    host.onRequest = () => undefined;
    host.requests.length = 0;
    const kept = disk.shards;
    expect((await new Visit(host, disk).open()).weights).toEqual(bundle.weights);
    expect(host.asked).toHaveLength(7 - kept.length);
  });

  it("in the middle of a file that hangs ends at once", async () => {
    const host = hostOf();
    host.fail(third, { kind: "silence", after: 5000 });
    const visit = new Visit(host);
    const opened = visit.open();
    await arrivalOf(host, 7);
    visit.stop();
    await expect(opened).rejects.toBeInstanceOf(CancelledError);
  });

  it("while it pauses after a failure ends at once", async () => {
    const host = hostOf();
    const visit = new Visit(host);
    host.fail(third, { kind: "status", status: 503 });
    visit.clock.after = () => {
      queueMicrotask(() => {
        visit.stop();
      });
      return () => undefined;
    };
    await expect(visit.open()).rejects.toBeInstanceOf(CancelledError);
  });
});

/** Resolves when so many files have been asked for. */
async function arrivalOf(host: Host, files: number): Promise<void> {
  await new Promise<void>((resolve) => {
    host.onRequest = () => {
      if (host.asked.length >= files) resolve();
    };
    if (host.asked.length >= files) resolve();
  });
}
