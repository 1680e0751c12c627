/** Who is believed, over several visits: what is remembered, what goes on, what is refused. */

import { describe, expect, it } from "vitest";
import { MemoryStore } from "../../../web/src/bundle/store.js";
import { pinnedKeys, VARIABLE } from "../../../web/node/pinned-keys.js";
import { Disk } from "./disk.js";
import { Host, makeBundle, noise, NOW, publicKeyOf, TRUSTED } from "./host.js";
import { fiveShards, Visit } from "./visit.js";

const DAY = 86_400;
const bundle = await fiveShards();
const other = await makeBundle([noise(5000, 7)], "2");

describe("a server", () => {
  it("that offers an older version than one seen before is refused", async () => {
    const host = new Host();
    const disk = new Disk();
    host.publish(bundle, { issued: NOW - 5 });
    // The newer one is seen, but not fetched to the end.
    host.onRequest = (file) => { if (file === bundle.shards[0]) host.offline = true; };
    expect((await new Visit(host, disk).failure()).code).toBe("network-lost");
    host.onRequest = () => undefined;
    host.offline = false;
    host.publish(other, { issued: NOW - 6 });
    const error = await new Visit(host, disk).failure();
    expect(error.code).toBe("signature-rolled-back");
    expect(error.advice).toContain("excerpt sign");
    host.publish(other, { issued: NOW - 5 });
    expect((await new Visit(host, disk).open()).weights).toEqual(other.weights);
  });

  it("that offers an expired version to a new reader is refused", async () => {
    const host = new Host();
    host.publish(bundle, { issued: NOW - 9 * DAY, expires: NOW - DAY - 1 });
    expect((await new Visit(host).failure()).code).toBe("signature-expired");
    expect(host.asked).toEqual([]);
  });

  it("that has published half of a version is asked once more, past all caches", async () => {
    const host = new Host();
    host.publish(bundle);
    const late = host.files.get("manifest.sig");
    host.publish(other);
    const right = host.files.get("manifest.sig");
    host.files.set("manifest.sig", late ?? new Uint8Array());
    host.onRequest = () => {
      const asked = host.requests.filter(({ file }) => file === "manifest.sig");
      if (asked.length === 2) host.files.set("manifest.sig", right ?? new Uint8Array());
    };
    expect((await new Visit(host).open()).weights).toEqual(other.weights);
    expect(host.requests.filter(({ file }) => file.startsWith("manifest.")).map(({ file, cache }) => `${file} ${cache}`)).toEqual([
      "manifest.json no-cache", "manifest.sig no-cache", "manifest.json reload", "manifest.sig reload",
    ]);
  });

  it("that goes on like that is refused", async () => {
    const host = new Host();
    host.publish(bundle);
    const late = host.files.get("manifest.sig");
    host.publish(other);
    host.files.set("manifest.sig", late ?? new Uint8Array());
    expect((await new Visit(host).failure()).code).toBe("manifest-altered");
  });

  it("that answers without end is cut off", async () => {
    const host = new Host();
    host.publish(bundle);
    host.files.set("manifest.sig", new Uint8Array(5_000_000));
    expect((await new Visit(host).failure()).code).toBe("signature-size");
  });
});

describe("a version on the device", () => {
  it("goes on when its time is over, with a notice", async () => {
    const host = new Host();
    const disk = new Disk();
    host.publish(bundle);
    expect((await new Visit(host, disk).open()).notices).toEqual([]);
    host.offline = true;
    const visit = new Visit(host, disk);
    visit.clock.date = NOW + 200 * DAY;
    const opened = await visit.open();
    expect(opened.weights).toEqual(bundle.weights);
    expect(opened.notices.map(({ message }) => message).join()).toContain("still works");
  });

  it("is not opened by an app that trusts another key", async () => {
    const host = new Host();
    const disk = new Disk();
    host.publish(bundle);
    await new Visit(host, disk).open();
    host.offline = true;
    const visit = new Visit(host, disk, [], [publicKeyOf(2)]);
    expect((await visit.failure()).code).toBe("offline");
  });

  it("is not opened with another signature beside it", async () => {
    const host = new Host();
    const disk = new Disk();
    host.publish(bundle);
    await new Visit(host, disk).open();
    for (const [name, bytes] of disk.files) {
      if (name.startsWith("manifest-")) disk.files.set(name, bytes.map((byte, index) => (index === 30 ? byte ^ 1 : byte)));
    }
    host.offline = true;
    expect((await new Visit(host, disk).failure()).code).toBe("offline");
  });
});

describe("what was seen", () => {
  it("is remembered in memory where there is no disk", async () => {
    const host = new Host();
    host.publish(bundle, { issued: NOW - 5 });
    const store = new MemoryStore({ message: "No disk." });
    expect((await new Visit(host, store).openOnly()).weights).toEqual(bundle.weights);
    host.publish(other, { issued: NOW - 6 });
    expect((await new Visit(host, store).failure()).code).toBe("signature-rolled-back");
  });
});

describe("keys", () => {
  it("may be several, while one takes another's place", async () => {
    const host = new Host();
    host.publish(bundle, { seed: 2 });
    const visit = new Visit(host, new Disk(), [], [publicKeyOf(1), publicKeyOf(2)]);
    expect((await visit.open()).weights).toEqual(bundle.weights);
    expect((await new Visit(host).failure()).code).toBe("signature-unknown-key");
  });

  it.each([["none", []], ["no key", ["abc"]], ["one in capitals", [TRUSTED.join().toUpperCase()]]])("are refused: %s", async (_, trusted) => {
    const visit = new Visit(new Host(), new Disk(), [], trusted);
    expect((await visit.failure()).code).toBe("public-keys");
  });
});

describe("a build", () => {
  const [key = ""] = TRUSTED;

  it("pins what the environment lists, each once", () => {
    expect(pinnedKeys({ [VARIABLE]: `${key}, ${publicKeyOf(2)}\n${key.toUpperCase()}` })).toEqual([key, publicKeyOf(2)]);
  });

  it.each([[undefined, "make web"], [" ", "excerpt keys show"], ["abc", "64 hexadecimal digits"]])("does not go without keys: %s", (listed, said) => {
    expect(() => pinnedKeys(listed === undefined ? {} : { [VARIABLE]: listed })).toThrow(said);
  });
});
