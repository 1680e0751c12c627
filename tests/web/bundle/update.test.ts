import { describe, expect, it } from "vitest";
import { Trial } from "../../../web/src/bundle/trial.js";
import { fetchUpdate, goBack, lookForUpdate, type UpdateOptions } from "../../../web/src/bundle/update.js";
import { MemoryStore } from "../../../web/src/bundle/store.js";
import { BundleError, CancelledError, DeviceError, type ExcerptError } from "../../../web/src/shared/errors.js";
import type { LoadProgress, ModelVersions } from "../../../web/src/shared/protocol.js";
import { Disk, QuickClock } from "./disk.js";
import { BUNDLE_URL, Host, makeBundle, noise, NOW, type TestBundle, TRUSTED } from "./host.js";
import { fiveShards, sizeOf, Visit } from "./visit.js";

const first = await fiveShards("one");
const second = await makeBundle([noise(10_000, 1), noise(10_000, 2), noise(9_000, 33), noise(10_000, 4), noise(1234, 5)], "two");
const third = await makeBundle([noise(10_000, 1), noise(8_000, 44), noise(9_000, 33), noise(10_000, 4), noise(1234, 5)], "three");
const other = await makeBundle([noise(20_000, 61), noise(21_000, 62)], "two");
const changed = second.shards[2] ?? "";

/** A device that has taken the first version, and a host that offers others. */
class Device {
  readonly host = new Host();
  readonly clock = new QuickClock();
  readonly progress: LoadProgress[] = [];
  abort = new AbortController();
  running = "one";

  constructor(readonly disk = new Disk()) {}

  static async with(published: TestBundle, disk = new Disk()): Promise<Device> {
    const device = new Device(disk);
    device.host.publish(published);
    await new Visit(device.host, disk).open();
    device.host.requests.length = 0;
    return device;
  }

  publish(bundle: TestBundle, later = 1): void {
    this.host.publish(bundle, { issued: NOW - 1000 + later });
  }

  get options(): UpdateOptions {
    const { host, disk, clock, running } = this;
    return { url: BUNDLE_URL, variant: "wasm-int8", running, fetch: host.fetch, store: disk, trusted: TRUSTED, signal: this.abort.signal, clock };
  }

  look(): Promise<ModelVersions> {
    return lookForUpdate(this.options);
  }

  fetch(replace = false): Promise<void> {
    return fetchUpdate({ ...this.options, replace, onProgress: (progress) => this.progress.push(progress) });
  }

  /** As the engine starts a model: a waiting version first. Answers with what runs then. */
  async start(works: (version: string) => ExcerptError | null = () => null): Promise<{ readonly version: string; readonly notice: string | null }> {
    const visit = new Visit(this.host, this.disk);
    const trial = await Trial.begin({ url: BUNDLE_URL, store: this.disk, trusted: TRUSTED });
    let notice: string | null = null;
    if (trial !== null) {
      const error = works((await trial.open(visit.options())).manifest.version);
      if (error === null) {
        const opened = await trial.open(visit.options());
        await opened.settle();
        return { version: (this.running = opened.manifest.version), notice };
      }
      notice = (await trial.failed(error)).message;
    }
    const opened = await visit.open();
    return { version: (this.running = opened.manifest.version), notice };
  }
}

describe("a look at the server", () => {
  it("finds nothing where the version that runs is the server's", async () => {
    const device = await Device.with(first);
    expect(await device.look()).toEqual({ offered: null, before: null });
    expect(device.host.asked).toEqual([]);
  });

  it("tells what another version would cost: only what is not here", async () => {
    const device = await Device.with(first);
    device.publish(second);
    expect((await device.look()).offered).toEqual({
      name: "Test model", version: "two", license: "Apache-2.0", bytes: sizeOf(second), fetchBytes: 9_000, room: "enough",
    });
  });

  it("finds nothing without a network, and without a disk", async () => {
    const device = await Device.with(first);
    device.publish(second);
    device.host.offline = true;
    expect((await device.look()).offered).toBeNull();
    device.host.offline = false;
    expect(await lookForUpdate({ ...device.options, store: new MemoryStore({ message: "No disk." }) })).toEqual({ offered: null, before: null });
  });

  it("refuses what was signed before the newest that was seen, and tells so", async () => {
    const device = await Device.with(first);
    device.host.publish(second, { issued: NOW - 50 * 86_400 });
    await expect(device.look()).rejects.toMatchObject({ kind: "bundle" });
  });

  it.each([
    ["enough", 9_000],
    ["replace", 4_000],
    ["none", 0],
  ] as const)("says whether there is room: %s", async (room, free) => {
    const device = await Device.with(first);
    const wide = await makeBundle([noise(room === "none" ? 90_000 : 9_000, 77), noise(10_000, 2)], "two");
    device.publish(wide);
    device.disk.free = free;
    expect((await device.look()).offered?.room).toBe(room);
  });
});

describe("an update", () => {
  it("fetches only the shards that changed, and changes nothing that is in use until it is started", async () => {
    const device = await Device.with(first);
    device.publish(second);
    await device.fetch();
    expect(device.host.asked).toEqual([changed]);
    expect(device.progress.at(-1)).toMatchObject({ stage: "weights", loadedBytes: sizeOf(second), fetchedBytes: 9_000 });
    expect((await new Visit(device.host, device.disk).openOnly()).weights).toEqual(first.weights);
    expect(await device.start()).toEqual({ version: "two", notice: null });
    expect((await new Visit(device.host, device.disk).open()).weights).toEqual(second.weights);
  });

  it("that is broken off goes on from there", async () => {
    const device = await Device.with(first);
    const far = await makeBundle([11, 12, 13, 14, 15].map((seed) => noise(6_000, seed)), "far");
    device.publish(far);
    device.host.onRequest = (file) => {
      if (file === far.shards[4]) device.abort.abort();
    };
    await expect(device.fetch()).rejects.toBeInstanceOf(CancelledError);
    const kept = far.shards.filter((file) => device.disk.files.has(file));
    expect(kept.length).toBeGreaterThan(0);
    expect((await device.start()).version).toBe("one");

    device.abort = new AbortController();
    device.host.onRequest = () => undefined;
    device.host.requests.length = 0;
    await device.fetch();
    expect(device.host.asked.filter((file) => kept.includes(file))).toEqual([]);
    expect((await device.start()).version).toBe("far");
  });

  it("survives a network that goes, and says so", async () => {
    const device = await Device.with(first);
    device.publish(second);
    device.host.onRequest = (file) => {
      if (file === changed) device.host.offline = true;
    };
    await expect(device.fetch()).rejects.toMatchObject({ code: "network-lost" });
    expect((await device.start()).version).toBe("one");
  });

  it("with a wrong file leaves the old one in use, and its shards whole", async () => {
    const device = await Device.with(first);
    device.publish(second);
    device.host.files.set(changed, noise(9_000, 5));
    await expect(device.fetch()).rejects.toMatchObject({ code: "shard-mismatch" });
    expect(await device.start()).toEqual({ version: "one", notice: null });
    device.host.offline = true;
    expect((await new Visit(device.host, device.disk).open()).weights).toEqual(first.weights);
  });

  it("that two tabs ask for is fetched once", async () => {
    const device = await Device.with(first);
    device.publish(second);
    await Promise.all([device.fetch(), device.fetch()]);
    expect(device.host.asked).toEqual([changed]);
  });

  it("that another tab has taken costs nothing", async () => {
    const device = await Device.with(first);
    device.publish(second);
    await device.fetch();
    await device.start();
    device.running = "one";
    expect((await device.look()).offered).toMatchObject({ version: "two", fetchBytes: 0 });
    device.host.requests.length = 0;
    await device.fetch();
    expect(device.host.asked).toEqual([]);
    expect((await device.start()).version).toBe("two");
  });

  it("deletes what is left of versions before the last two", async () => {
    const device = await Device.with(first);
    for (const bundle of [second, third]) {
      device.publish(bundle, bundle === second ? 1 : 2);
      await device.fetch();
      await device.start();
    }
    expect([...device.disk.shards].sort()).toEqual([...new Set([...second.files.keys(), ...third.files.keys()])].sort());
    expect((await device.look()).before).toEqual({ version: "two", newer: false });
  });
});

describe("a version that turns out not to work", () => {
  const wrong = new DeviceError(["wrong-answer", { wrong: 1, of: 1 }], "The model gave 1 of 1 known answers wrong on this device.", "");

  it("leaves the old one in use, is told, deleted and not offered again", async () => {
    const device = await Device.with(first);
    device.publish(second);
    await device.fetch();
    const { version, notice } = await device.start((candidate) => (candidate === "two" ? wrong : null));
    expect(version).toBe("one");
    expect(notice).toContain("1 of 1 known answers wrong");
    expect(device.disk.shards).not.toContain(changed);
    expect((await device.look()).offered).toBeNull();
    expect(await device.start()).toEqual({ version: "one", notice: null });
  });

  it("for a passing reason is tried once more, and then no more", async () => {
    const device = await Device.with(first);
    device.publish(second);
    await device.fetch();
    const tired = new DeviceError(["memory", { megabytes: 60.5 }], "No memory.", "");
    for (let tries = 0; tries < 2; tries++) expect((await device.start(() => tired)).version).toBe("one");
    expect(await Trial.begin({ url: BUNDLE_URL, store: device.disk, trusted: TRUSTED })).toBeNull();
    expect((await device.look()).offered).toBeNull();
  });

  it("does not count a start that was called off", async () => {
    const device = await Device.with(first);
    device.publish(second);
    await device.fetch();
    for (let tries = 0; tries < 5; tries++) await (await Trial.begin({ url: BUNDLE_URL, store: device.disk, trusted: TRUSTED }))?.off();
    expect((await device.start()).version).toBe("two");
  });

  it("is not opened for a backend that it was not fetched for", async () => {
    const device = await Device.with(first);
    device.publish(second);
    await device.fetch();
    const trial = await Trial.begin({ url: BUNDLE_URL, store: device.disk, trusted: TRUSTED });
    await expect(trial?.open({ ...new Visit(device.host, device.disk).options(), backends: ["webgpu"] })).rejects.toBeInstanceOf(BundleError);
  });
});

describe("going back", () => {
  async function updated(): Promise<Device> {
    const device = await Device.with(first);
    device.publish(second);
    await device.fetch();
    await device.start();
    return device;
  }

  it("takes the version before, without a network, and forth again", async () => {
    const device = await updated();
    device.host.offline = true;
    expect((await device.look()).before).toEqual({ version: "one", newer: false });
    await goBack(device.options);
    expect((await device.start()).version).toBe("one");
    expect((await device.look()).before).toEqual({ version: "two", newer: true });
    await goBack(device.options);
    expect((await device.start()).version).toBe("two");
    expect((await device.look()).before).toEqual({ version: "one", newer: false });
  });

  it("is not undone by the server's offer", async () => {
    const device = await updated();
    await goBack(device.options);
    await device.start();
    expect((await device.look()).offered).toBeNull();
  });

  it("is not offered for a version that is not whole any more", async () => {
    const device = await updated();
    device.disk.files.delete(first.shards[2] ?? "");
    expect((await device.look()).before).toBeNull();
  });
});

describe("a device without room for two", () => {
  it("says so, and the old one stays", async () => {
    const device = await Device.with(first, new Disk(sizeOf(first) + 25_000));
    device.publish(other);
    await expect(device.fetch()).rejects.toMatchObject({ code: "update-no-room" });
    expect((await device.start()).version).toBe("one");
  });

  it("replaces the old one where the reader says so", async () => {
    const device = await Device.with(first, new Disk(sizeOf(first) + 10_000));
    device.publish(other);
    await device.fetch(true);
    expect((await device.start()).version).toBe("two");
    expect((await device.look()).before).toBeNull();
  });

  it("lets the version before go for the newer one", async () => {
    const device = await Device.with(first);
    device.publish(second);
    await device.fetch();
    await device.start();
    device.publish(third, 2);
    device.disk.free = 3_000;
    expect((await device.look()).offered?.room).toBe("enough");
    await device.fetch();
    expect(device.disk.files.has(first.shards[2] ?? "")).toBe(false);
    expect((await device.start()).version).toBe("three");
  });
});
