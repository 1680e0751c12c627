import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { ModelState } from "../../../web/src/app/state/model-state.js";
import { ModelsState } from "../../../web/src/app/state/models/models-state.js";
import { StorageState } from "../../../web/src/app/state/models/storage-state.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { UpdateState } from "../../../web/src/app/state/update-state.js";
import type { Catalogue } from "../../../web/src/shared/catalogue.js";
import { BundleError, type ExcerptError } from "../../../web/src/shared/errors.js";
import { settled } from "./fake-worker.js";
import { MODEL } from "./samples.js";

const CATALOGUE: Catalogue = {
  name: "small", version: "1", license: "Apache-2.0", source: {}, architecture: "LlamaForCausalLM", maxPositions: 100, encrypted: false,
  from: "network", scores: null, calibrated: null, kept: [], keptBytes: 0, threads: 2,
  variants: [{ name: "wasm-int8", backend: "wasm", requires: [], bytes: 1000, missing: 400, memory: 2000, figures: {}, fit: "best" }],
};

const bundleUrl = "/b";

/** A page with a model that runs, and a bundle that the test plays. */
async function start() {
  const store = memoryStore();
  const forgotten: string[] = [];
  const answer: { catalogue: Catalogue | ExcerptError; forget: ExcerptError | null } = { catalogue: CATALOGUE, forget: null };
  const model = new ModelState({ load: () => Promise.resolve(MODEL), unlock: () => Promise.resolve() }, {
    bundleUrl, store, now: () => 0, persist: () => Promise.resolve(),
  });
  const busy = signal(false);
  const before = { version: "0", newer: false };
  const update = new UpdateState({
    look: () => Promise.resolve({ offered: null, before }), update: () => Promise.resolve(), goBack: () => Promise.resolve(),
  }, model, { bundleUrl, busy: () => busy.value, now: () => 0 });
  const holdings = {
    catalogue: () => (answer.catalogue instanceof Error ? Promise.reject(answer.catalogue) : Promise.resolve(answer.catalogue)),
    forget: (_: string, what: string) => {
      forgotten.push(what);
      return answer.forget === null ? Promise.resolve() : Promise.reject(answer.forget);
    },
  };
  const state = new ModelsState(holdings, model, update, new StorageState(undefined), { bundleUrl, busy: () => busy.value });
  await model.start();
  await settled();
  return { state, model, update, busy, forgotten, answer, store };
}

describe("the models page", () => {
  it("tells what there is, and what is still to come of it", async () => {
    const { state, model } = await start();
    await state.look();
    expect(state.status.value).toEqual({ state: "here", catalogue: CATALOGUE });
    expect(model.offer.value).toEqual({ name: "small", license: "Apache-2.0", bytes: 400 });
  });

  it("tells why it cannot tell", async () => {
    const { state, answer } = await start();
    answer.catalogue = new BundleError(["offline/manifest", { why: "broke" }], "No network.", "Connect.");
    await state.look();
    expect(state.status.value).toMatchObject({ state: "failed", error: { code: "offline" } });
  });

  it("deletes everything: no model runs, none is wanted, none can be gone back to", async () => {
    const { state, model, update, store, forgotten } = await start();
    expect(update.before.value).not.toBeNull();
    await state.forget("all");
    expect(forgotten).toEqual(["all"]);
    expect(model.status.value).toEqual({ state: "absent", stopped: false });
    expect(model.wanted).toBe(false);
    expect(update.before.value).toBeNull();
    expect(store.getItem("excerpt.model-wanted")).toBeNull();
  });

  it("deletes the version before and lets the model run", async () => {
    const { state, model, update } = await start();
    await state.forget("before");
    expect(update.before.value).toBeNull();
    expect(model.status.value.state).toBe("ready");
  });

  it("deletes nothing under running work", async () => {
    const { state, busy, forgotten } = await start();
    busy.value = true;
    expect(state.mayDelete).toBe(false);
    await state.forget("all");
    expect(forgotten).toEqual([]);
  });

  it("looks again after a deletion that failed", async () => {
    const { state, model, answer } = await start();
    answer.forget = new BundleError(["shard-mismatch", { file: "a.bin" }], "No.", "Again.");
    await state.forget("all");
    expect(model.status.value.state).toBe("ready");
    expect(state.deleting.value).toBe(false);
  });
});

describe("storage", () => {
  it("is told, and kept for good on request", async () => {
    let persisted = false;
    const state = new StorageState({
      estimate: () => Promise.resolve({ usage: 30, quota: 100 }),
      persisted: () => Promise.resolve(persisted),
      persist: () => Promise.resolve((persisted = true)),
    });
    await state.refresh();
    expect(state.storage.value).toEqual({ usage: 30, quota: 100, persisted: false });
    expect(state.free).toBe(70);
    await state.persist();
    expect(state.storage.value).toMatchObject({ persisted: true });
    expect(state.refused.value).toBe(false);
  });

  it("is unknown where the browser says nothing, and a refusal is told", async () => {
    const state = new StorageState({ persist: () => Promise.resolve(false) });
    await state.refresh();
    expect([state.storage.value, state.free]).toEqual([null, null]);
    await state.persist();
    expect(state.refused.value).toBe(true);
    const none = new StorageState(undefined);
    await none.persist();
    expect(none.refused.value).toBe(true);
  });
});
