import { describe, expect, it } from "vitest";
import { CrashMarker } from "../../../web/src/app/crash-marker.js";
import { memoryStore, type KeyValueStore } from "../../../web/src/app/state/storage.js";
import { FakeLocks } from "./fake-worker.js";

const DAY_MS = 24 * 60 * 60 * 1000;

interface Browser {
  readonly store: KeyValueStore;
  readonly locks: FakeLocks;
  readonly page: (now?: number) => CrashMarker;
  /** Ends the pages so far without a word. */
  readonly crash: () => Promise<void>;
}

function browser(): Browser {
  const store = memoryStore();
  const locks = new FakeLocks();
  return {
    store,
    locks,
    page: (now = 0) => new CrashMarker({ store, locks, now: () => now }),
    crash: async () => { for (const { name } of (await locks.query()).held) locks.release(name); },
  };
}

describe("a crash marker", () => {
  it("sees nothing where work ended in good order", async () => {
    const { page, crash } = browser();
    const first = page();
    expect(await first.stepsDown()).toBe(0);
    first.begin();
    first.begin();
    first.end();
    first.end();
    await crash();
    expect(await page().stepsDown()).toBe(0);
  });

  it("steps down once for each page that was gone in the middle of work", async () => {
    const { page, crash } = browser();
    page().begin();
    await crash();
    expect(await page().stepsDown()).toBe(1);
    expect(await page().stepsDown()).toBe(1);
    page().begin();
    await crash();
    expect(await page().stepsDown()).toBe(2);
  });

  it("takes another tab at work for what it is", async () => {
    const { page } = browser();
    page().begin();
    expect(await page().stepsDown()).toBe(0);
  });

  it("is not misled by a page that was left while it worked", async () => {
    const { page, crash } = browser();
    const left = page();
    left.begin();
    left.leave();
    await crash();
    expect(await page().stepsDown()).toBe(0);
  });

  it("counts a worker that stopped in the middle, and not one that idled", async () => {
    const marker = browser().page();
    marker.crashed();
    expect(await marker.stepsDown()).toBe(0);
    marker.begin();
    marker.crashed();
    expect(await marker.stepsDown()).toBe(1);
  });

  it("forgets after a week", async () => {
    const { page } = browser();
    const marker = page();
    marker.begin();
    marker.crashed();
    marker.end();
    expect(await page(6 * DAY_MS).stepsDown()).toBe(1);
    expect(await page(8 * DAY_MS).stepsDown()).toBe(0);
  });

  it("reads nothing into what it did not write", async () => {
    const { store, page } = browser();
    for (const odd of ["{", "[1]", "null", '{"steps":"3","at":0}', '"x"']) {
      store.setItem("excerpt.at-work", odd);
      store.setItem("excerpt.steps-down", odd);
      expect(await page().stepsDown()).toBe(0);
    }
  });

  it("lives without storage", async () => {
    const full = { ...memoryStore(), setItem: () => { throw new Error("full"); } };
    const marker = new CrashMarker({ store: full, locks: undefined, now: () => 0 });
    marker.begin();
    marker.crashed();
    marker.end();
    expect(await marker.stepsDown()).toBe(0);
  });
});
