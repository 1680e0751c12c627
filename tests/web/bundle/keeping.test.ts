import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Disk } from "./disk.js";
import { Host, joined, makeBundle, noise } from "./host.js";
import { fiveShards, Visit } from "./visit.js";

const bundle = await fiveShards();

function hostOf(published = bundle): Host {
  const host = new Host();
  host.publish(published);
  return host;
}

describe("without network", () => {
  it("everything that is kept is enough", async () => {
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    host.offline = true;
    const visit = new Visit(host, disk);
    const opened = await visit.open();
    expect(opened).toMatchObject({ weights: bundle.weights, manifest: bundle.manifest, manifestFrom: "store", kept: true });
    expect(visit.last.fetchedBytes).toBe(0);
    expect(visit.clock.pauses).toEqual([]);
    expect(host.requests).toHaveLength(7 + 2);
  });

  it("nothing kept is an error that says so", async () => {
    const host = hostOf();
    host.offline = true;
    const visit = new Visit(host);
    const error = await visit.failure();
    expect(error).toMatchObject({ kind: "bundle", code: "offline" });
    expect(visit.clock.pauses).toEqual([500, 1000, 2000, 4000]);
  });

  it("a torn kept manifest is as good as none", async () => {
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    for (const [name, bytes] of disk.files) if (name.startsWith("manifest-")) disk.files.set(name, bytes.slice(0, 100));
    host.offline = true;
    expect((await new Visit(host, disk).failure()).code).toBe("offline");
  });

  it("an incomplete bundle says how much is kept", async () => {
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    disk.files.delete(bundle.shards[1] ?? "");
    host.offline = true;
    expect((await new Visit(host, disk).failure()).code).toBe("network-lost");
  });
});

describe("a newer version", () => {
  const newer = async (): ReturnType<typeof makeBundle> =>
    makeBundle([noise(10_000, 1), noise(10_000, 2), noise(9_000, 33), noise(10_000, 4), noise(1234, 5)], "2");

  it("does not keep a whole one from being opened at once, without a question to the server", async () => {
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    host.publish(await newer());
    host.requests.length = 0;
    const opened = await new Visit(host, disk).open();
    expect(opened).toMatchObject({ weights: bundle.weights, manifestFrom: "store", kept: true });
    expect(host.requests).toEqual([]);
  });

  it("takes the place of one that is not whole any more; what they share is not fetched again", async () => {
    const second = await newer();
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    disk.files.delete(bundle.shards[2] ?? "");
    host.publish(second);
    host.requests.length = 0;
    const opened = await new Visit(host, disk).open();
    expect(opened.weights).toEqual(second.weights);
    expect(host.asked).toEqual([second.shards[2]]);
  });

  it("is fetched where a kept file is damaged and the server has only the newer one", async () => {
    const second = await newer();
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    disk.files.set(bundle.shards[2] ?? "", noise(10_000, 77));
    host.files.delete(bundle.shards[2] ?? "");
    host.publish(second);
    expect((await new Visit(host, disk).open()).weights).toEqual(second.weights);
  });

  it("that was opened but did not work changes nothing", async () => {
    const host = hostOf();
    const disk = new Disk();
    await new Visit(host, disk).open();
    const files = [...disk.files.keys()];
    disk.files.delete(bundle.shards[2] ?? "");
    host.publish(await newer());
    await new Visit(host, disk).openOnly();
    expect([...disk.files.keys()]).toEqual(expect.arrayContaining(files.filter((name) => name !== bundle.shards[2])));
  });
});

describe("a device without room", () => {
  it("still opens the bundle, says what is needed and what is free, and keeps what fits", async () => {
    const host = hostOf();
    const disk = new Disk(25_000);
    const opened = await new Visit(host, disk).open();
    expect(opened).toMatchObject({ weights: bundle.weights, kept: false });
    expect(opened.keptReason?.message).toContain("more of storage than this browser gives");
    expect(disk.shards.length).toBeGreaterThan(0);
    expect([...disk.files.keys()].filter((name) => name.startsWith("manifest-"))).toEqual([]);
    expect(disk.used).toBeLessThanOrEqual(25_000);
  });

  it.each([
    ["what the browser says is free", 90_000, "needs 1.0 MB more of storage than this browser gives (0.1 MB of 1.1 MB fit)"],
    ["not what a browser rounds up to 10 GB", 10_737_418_240, "needs 1.1 MB more of storage than this browser gives (0.0 MB of 1.1 MB fit)"],
    ["what it took, where it says nothing", null, "needs 1.1 MB more of storage than this browser gives (0.0 MB of 1.1 MB fit)"],
  ])("names the megabytes: %s", async (_, said, sentence) => {
    const big = await makeBundle([noise(600_000, 1), noise(500_000, 2)]);
    const disk = new Disk(100_000);
    disk.free = said;
    const opened = await new Visit(hostOf(big), disk).open();
    expect(opened.keptReason?.message).toContain(sentence);
  });

  it("or whose disk refuses gives the browser's word for it", async () => {
    const disk = new Disk();
    disk.broken = new DOMException("no", "InvalidStateError");
    const opened = await new Visit(hostOf(), disk).open();
    expect(opened.kept).toBe(false);
    expect(opened.keptReason?.message).toContain("InvalidStateError");
  });
});

describe("two tabs at once", () => {
  it("fetch every file once between them", async () => {
    const host = hostOf();
    const disk = new Disk();
    const [one, other] = await Promise.all([new Visit(host, disk).open(), new Visit(host, disk).open()]);
    expect(one.weights).toEqual(bundle.weights);
    expect(other.weights).toEqual(bundle.weights);
    expect([...host.asked].sort()).toEqual([...bundle.files.keys()].sort());
  });
});

describe("whatever the cut and whatever is kept", () => {
  it("the shards join to the weights, and only what is missing is fetched", async () => {
    const shards = fc.array(fc.uint8Array({ minLength: 1, maxLength: 3000 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(shards, fc.infiniteStream(fc.boolean()), async (parts, coins) => {
        const pieces = parts.map((part) => Uint8Array.from(part));
        const cut = await makeBundle(pieces);
        const disk = new Disk();
        for (const [name, bytes] of cut.files) if (coins.next().value) disk.files.set(name, bytes);
        const missing = [...cut.files.keys()].filter((name) => !disk.files.has(name));
        const host = hostOf(cut);
        const visit = new Visit(host, disk);
        expect((await visit.open()).weights).toEqual(joined(pieces));
        expect([...host.asked].sort()).toEqual(missing.sort());
        expect(visit.last.loadedBytes).toBe(visit.last.totalBytes);
      }),
      { numRuns: 60 },
    );
  });
});
