import { describe, expect, it } from "vitest";
import type { CallOptions } from "../../../web/src/app/engine-client.js";
import { type ModelLoader, modelOrAbort, ModelState, offerOf } from "../../../web/src/app/state/model-state.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { BundleError, CancelledError } from "../../../web/src/shared/errors.js";
import type { LoadedModel } from "../../../web/src/shared/protocol.js";
import { settled } from "./fake-worker.js";
import { MODEL } from "./samples.js";

/** A loader that the test settles. */
class Loader implements ModelLoader {
  refusal: Error | null = null;
  readonly secrets: string[] = [];

  unlock(_: string, { text }: { readonly text: string }): Promise<void> {
    this.secrets.push(text);
    return this.refusal === null ? Promise.resolve() : Promise.reject(this.refusal);
  }

  readonly calls: { options: CallOptions<"load">; done: (model: LoadedModel) => void; failed: (error: Error) => void }[] = [];

  load(_: string, options: CallOptions<"load">): Promise<LoadedModel> {
    return new Promise((done, failed) => {
      this.calls.push({ options, done, failed });
      options.signal?.addEventListener("abort", () => { failed(new CancelledError()); });
    });
  }
}

function start() {
  const loader = new Loader();
  const store = memoryStore();
  const clock = { ms: 0 };
  const persisted: number[] = [];
  const persist = (): Promise<boolean> => { persisted.push(clock.ms); return Promise.reject(new TypeError("insecure")); };
  const state = new ModelState(loader, { bundleUrl: "/b", store, now: () => clock.ms, persist });
  return { state, loader, store, clock, persisted };
}

describe("start", () => {
  it("loads once, however often it is asked", async () => {
    const { state, loader } = start();
    const [first, second] = [state.start(), state.start()];
    loader.calls[0]?.done(MODEL);
    expect(await first).toBe(await second);
    expect(await state.start()).toBe(MODEL);
    expect(loader.calls).toHaveLength(1);
    expect(state.status.value).toEqual({ state: "ready", model: MODEL });
  });

  it("asks for lasting storage and goes on where that is refused", async () => {
    const { state, loader, persisted } = start();
    void state.start();
    expect(persisted).toEqual([0]);
    loader.calls[0]?.done(MODEL);
    await settled();
    expect(state.status.value.state).toBe("ready");
  });

  it("tells bytes, speed and time left", () => {
    const { state, loader, clock } = start();
    void state.start();
    const tell = loader.calls[0]?.options.onEvent;
    tell?.({ stage: "weights", loadedBytes: 400, totalBytes: 1000, fetchedBytes: 0 });
    clock.ms = 1000;
    tell?.({ stage: "weights", loadedBytes: 600, totalBytes: 1000, fetchedBytes: 200 });
    expect(state.status.value).toMatchObject({ state: "loading", progress: { loadedBytes: 600 }, speed: { rate: 200, left: 2 } });
  });

  it("is not disturbed by a later load that the client makes by itself", async () => {
    const { state, loader } = start();
    void state.start();
    loader.calls[0]?.done(MODEL);
    await settled();
    loader.calls[0]?.options.onEvent?.({ stage: "manifest" });
    expect(state.status.value.state).toBe("ready");
  });

  it("fails with what is wrong and can be tried again", async () => {
    const { state, loader } = start();
    const first = state.start();
    loader.calls[0]?.failed(new BundleError(["shard-missing", { path: "/a.bin", status: 404 }], "A piece is missing.", "Publish it."));
    await expect(first).rejects.toMatchObject({ code: "shard-missing" });
    await settled();
    expect(state.status.value).toMatchObject({ state: "failed", error: { code: "shard-missing" } });
    void state.start();
    expect(loader.calls).toHaveLength(2);
  });
});

describe("stop", () => {
  it("leaves the model absent and says that it was stopped", async () => {
    const { state } = start();
    const first = state.start();
    state.stop();
    await expect(first).rejects.toMatchObject({ kind: "cancelled" });
    await settled();
    expect(state.status.value).toEqual({ state: "absent", stopped: true });
    expect(state.wanted).toBe(false);
  });
});

describe("unlock", () => {
  it("tells a wrong passphrase, and starts the model with the right one", async () => {
    const { state, loader } = start();
    loader.refusal = new BundleError("key-wrong/passphrase", "Not the passphrase.", "Try again.");
    await state.unlock({ text: "wrong" });
    expect(state.unlocking.value).toMatchObject({ busy: false, error: { code: "key-wrong" } });
    expect(loader.calls).toHaveLength(0);
    loader.refusal = null;
    await state.unlock({ text: "right" });
    expect(state.unlocking.value).toEqual({ busy: false, error: null });
    expect(loader.calls).toHaveLength(1);
    expect(loader.secrets).toEqual(["wrong", "right"]);
  });
});

describe("wanted", () => {
  it("holds from the first start on, so that a reload goes on", async () => {
    const { state, loader } = start();
    expect(state.wanted).toBe(false);
    void state.start();
    expect(state.wanted).toBe(true);
    loader.calls[0]?.done(MODEL);
    await settled();
    expect(state.wanted).toBe(true);
  });

  it("ends where the model could not be kept: nothing is fetched unasked", async () => {
    const { state, loader } = start();
    void state.start();
    loader.calls[0]?.done({ ...MODEL, kept: false });
    await settled();
    expect(state.wanted).toBe(false);
  });
});

describe("modelOrAbort", () => {
  it("ends the wait, and only the wait", async () => {
    const abort = new AbortController();
    const model = Promise.resolve(MODEL);
    const waiting = modelOrAbort(new Promise(() => undefined), abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ kind: "cancelled" });
    await expect(modelOrAbort(model, abort.signal)).rejects.toMatchObject({ kind: "cancelled" });
    expect(await modelOrAbort(model, new AbortController().signal)).toBe(MODEL);
  });
});

describe("offerOf", () => {
  it("reads name, licence and size", () => {
    const variant = { name: "wasm-int8", backend: "wasm", bytes: 42 } as never;
    const tokenizer = { file: "a.json", bytes: 8, sha256: "" };
    expect(offerOf({ name: "small", license: "MIT", tokenizer, variants: [variant] })).toEqual({ name: "small", license: "MIT", bytes: 50 });
  });

  it("offers nothing of what is no manifest", () => {
    expect(offerOf({})).toBeNull();
    expect(offerOf({ name: "small", license: "MIT", variants: [] })).toBeNull();
  });
});
