import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { ModelState } from "../../../web/src/app/state/model-state.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { UpdateState, type Versions } from "../../../web/src/app/state/update-state.js";
import { BundleError, CancelledError } from "../../../web/src/shared/errors.js";
import type { LoadedModel, LoadProgress, ModelVersions, OfferedModel } from "../../../web/src/shared/protocol.js";
import { settled } from "./fake-worker.js";
import { MODEL } from "./samples.js";

const OFFER: OfferedModel = { name: "small", version: "two", license: "MIT", bytes: 100, fetchBytes: 40, room: "enough" };

/** A server and a device that the test speaks for. */
class Fake implements Versions {
  found: ModelVersions = { offered: OFFER, before: null };
  refusal: Error | null = null;
  looks = 0;
  wentBack = 0;
  readonly updates: { replace: boolean; tell: (progress: LoadProgress) => void; done: () => void; failed: (error: Error) => void }[] = [];

  look(): Promise<ModelVersions> {
    this.looks += 1;
    return this.refusal === null ? Promise.resolve(this.found) : Promise.reject(this.refusal);
  }

  update(...[, , { replace, onEvent, signal: stop }]: Parameters<Versions["update"]>): Promise<void> {
    return new Promise((done, failed) => {
      this.updates.push({ replace, tell: (progress) => { onEvent?.(progress); }, done, failed });
      stop?.addEventListener("abort", () => { failed(new CancelledError()); });
    });
  }

  goBack(): Promise<void> {
    this.wentBack += 1;
    return Promise.resolve();
  }
}

async function ready(fake = new Fake()) {
  const clock = { ms: 0 };
  const busy = signal(false);
  const loads: ((model: LoadedModel) => void)[] = [];
  const loader = { load: () => new Promise<LoadedModel>((done) => { loads.push(done); }), unlock: () => Promise.resolve() };
  const now = (): number => clock.ms;
  const model = new ModelState(loader, { bundleUrl: "/b", store: memoryStore(), now, persist: () => Promise.resolve() });
  const update = new UpdateState(fake, model, { bundleUrl: "/b", busy: () => busy.value, now });
  void model.start();
  loads[0]?.(MODEL);
  await settled();
  return { fake, clock, busy, loads, model, update };
}

describe("an offer", () => {
  it("is looked for when the model runs, and nothing is fetched unasked", async () => {
    const { fake, update } = await ready();
    expect(update.status.value).toEqual({ state: "offered", offer: OFFER });
    expect(fake.updates).toEqual([]);
  });

  it("that is declined is not shown again, also after another look", async () => {
    const { fake, clock, update } = await ready();
    update.decline();
    expect(update.shown.value.state).toBe("none");
    clock.ms = 3_600_000;
    update.lookAgain();
    await settled();
    expect(fake.looks).toBe(2);
    expect(update.shown.value.state).toBe("none");
  });

  it("is not looked for all the time", async () => {
    const { fake, update } = await ready();
    update.lookAgain();
    expect(fake.looks).toBe(1);
  });

  it("that is refused is told, and can be put away", async () => {
    const fake = new Fake();
    fake.refusal = new BundleError(["signature-wrong", { key: "00" }], "Somebody else signed it.", "Do not use it.");
    const { update } = await ready(fake);
    expect(update.status.value).toMatchObject({ state: "refused", error: { code: "signature-wrong" } });
    update.decline();
    expect(update.status.value.state).toBe("none");
  });
});

describe("an update", () => {
  it("comes in the background while the model stays ready, and is taken when it is whole", async () => {
    const { fake, loads, model, update } = await ready();
    void update.start();
    fake.updates[0]?.tell({ stage: "weights", loadedBytes: 60, totalBytes: 100, fetchedBytes: 0 });
    expect(update.status.value).toMatchObject({ state: "loading", progress: { loadedBytes: 60 } });
    expect(model.status.value.state).toBe("ready");
    fake.found = { offered: null, before: { version: "one", newer: false } };
    fake.updates[0]?.done();
    await settled();
    expect(loads).toHaveLength(2);
    loads[1]?.({ ...MODEL, version: "two" });
    await settled();
    expect(model.status.value).toMatchObject({ state: "ready", model: { version: "two" } });
    expect(update.status.value.state).toBe("none");
    expect(update.before.value).toEqual({ version: "one", newer: false });
  });

  it("waits for the work under way", async () => {
    const { fake, busy, loads, update } = await ready();
    busy.value = true;
    void update.start();
    fake.updates[0]?.done();
    await settled();
    expect(update.status.value.state).toBe("waiting");
    expect(loads).toHaveLength(1);
    busy.value = false;
    await settled();
    expect(loads).toHaveLength(2);
  });

  it("can be paused and goes on", async () => {
    const { fake, update } = await ready();
    void update.start();
    update.pause();
    await settled();
    expect(update.status.value).toEqual({ state: "paused", offer: OFFER });
    void update.start();
    expect(fake.updates).toHaveLength(2);
  });

  it("that fails leaves the model ready and says why", async () => {
    const { fake, model, update } = await ready();
    void update.start();
    fake.updates[0]?.failed(new BundleError(["update-no-room/unknown", { reason: "QuotaExceededError" }], "No room.", "Free some."));
    await settled();
    expect(update.status.value).toMatchObject({ state: "failed", error: { code: "update-no-room" } });
    expect(model.status.value.state).toBe("ready");
    void update.start({ replace: true });
    expect(fake.updates[1]?.replace).toBe(true);
  });

  it("is started once, however often it is asked for", async () => {
    const { fake, update } = await ready();
    void update.start();
    void update.start();
    expect(fake.updates).toHaveLength(1);
  });
});

describe("going back", () => {
  it("restarts the model, when nothing runs", async () => {
    const fake = new Fake();
    fake.found = { offered: null, before: { version: "one", newer: false } };
    const { busy, loads, update } = await ready(fake);
    busy.value = true;
    await update.goBack();
    expect(fake.wentBack).toBe(1);
    expect(loads).toHaveLength(1);
    busy.value = false;
    await settled();
    expect(loads).toHaveLength(2);
  });

  it("needs something to go back to", async () => {
    const { fake, update } = await ready();
    await update.goBack();
    expect(fake.wentBack).toBe(0);
  });
});
