/**
 * The model on the page: offered, on its way, ready, or failed. The download starts when the reader asks for it,
 * and by itself where it was asked for on an earlier visit (so a reload in the middle goes on, and a kept model
 * is simply there).
 */

import { signal } from "@preact/signals";
import { asExcerptError, CancelledError, type ErrorData } from "../../shared/errors.js";
import type { Manifest } from "../../shared/manifest.js";
import type { LoadedModel, LoadProgress, Secret } from "../../shared/protocol.js";
import type { CallOptions } from "../engine-client.js";
import { RateMeter, type Speed } from "../rate.js";
import { keep, type KeyValueStore } from "./storage.js";

const WANTED_KEY = "excerpt.model-wanted";

export type ModelStatus =
  | { readonly state: "absent"; readonly stopped: boolean }
  | { readonly state: "loading"; readonly progress: LoadProgress; readonly speed?: Speed }
  | { readonly state: "ready"; readonly model: LoadedModel }
  | { readonly state: "failed"; readonly error: ErrorData };

/** What is told before anything is downloaded. */
export interface ModelOffer {
  readonly name: string;
  readonly license: string;
  readonly bytes: number;
}

export interface ModelLoader {
  load(bundleUrl: string, options: CallOptions<"load">): Promise<LoadedModel>;
  unlock(bundleUrl: string, secret: Secret): Promise<void>;
}

export interface ModelOptions {
  readonly bundleUrl: string;
  readonly store: KeyValueStore;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Asks the browser not to clear the kept model when space runs short. */
  readonly persist: () => Promise<unknown>;
}

export class ModelState {
  readonly status = signal<ModelStatus>({ state: "absent", stopped: false });
  readonly offer = signal<ModelOffer | null>(null);
  readonly unlocking = signal<{ readonly busy: boolean; readonly error: ErrorData | null }>({ busy: false, error: null });
  #loading: { readonly promise: Promise<LoadedModel>; readonly abort: AbortController } | undefined;

  constructor(readonly loader: ModelLoader, readonly options: ModelOptions) {}

  /** True where an earlier visit asked for the model and it should be there, or be on its way. */
  get wanted(): boolean {
    return this.options.store.getItem(WANTED_KEY) !== null;
  }

  /** Starts the download or the start of a kept model; joins the one that is under way. */
  start(): Promise<LoadedModel> {
    const { value } = this.status;
    if (value.state === "ready") return Promise.resolve(value.model);
    this.#loading ??= this.#begin();
    return this.#loading.promise;
  }

  /** Starts the model again, from the version that is now the best one here. Work that follows waits for it. */
  restart(): Promise<LoadedModel> {
    this.#loading ??= this.#begin();
    return this.#loading.promise;
  }

  /** Opens an encrypted model and starts it. A secret that is wrong is told, and nothing else changes. */
  async unlock(secret: Secret): Promise<void> {
    this.unlocking.value = { busy: true, error: null };
    try {
      await this.loader.unlock(this.options.bundleUrl, secret);
      this.unlocking.value = { busy: false, error: null };
      void this.start().catch(() => undefined);
    } catch (thrown) {
      this.unlocking.value = { busy: false, error: asExcerptError(thrown).toData() };
    }
  }

  /** Stops a download; what has been fetched and checked is kept. */
  stop(): void {
    this.#loading?.abort.abort();
  }

  /** The model was deleted: nothing is wanted until it is asked for again. */
  forgotten(): void {
    keep(this.options.store, WANTED_KEY, "");
    this.status.value = { state: "absent", stopped: false };
  }

  #begin(): { promise: Promise<LoadedModel>; abort: AbortController } {
    const abort = new AbortController();
    const meter = new RateMeter();
    keep(this.options.store, WANTED_KEY, "yes");
    void this.options.persist().catch(() => undefined); // A refusal changes nothing: the model is kept as long as space allows.
    this.status.value = { state: "loading", progress: { stage: "manifest" } };
    const onEvent = (progress: LoadProgress): void => {
      // After a crash the client loads again by itself, while this load is long done.
      if (this.#loading?.abort === abort) this.#progress(progress, meter);
    };
    const promise = this.loader.load(this.options.bundleUrl, { onEvent, signal: abort.signal });
    promise.then((model) => { this.#ready(model); }, (thrown: unknown) => { this.#failed(thrown); });
    return { promise, abort };
  }

  #progress(progress: LoadProgress, meter: RateMeter): void {
    const speed = progress.stage === "weights"
      ? meter.add(this.options.now(), progress.fetchedBytes, progress.totalBytes - progress.loadedBytes)
      : undefined;
    this.status.value = speed === undefined ? { state: "loading", progress } : { state: "loading", progress, speed };
  }

  #ready(model: LoadedModel): void {
    this.#loading = undefined;
    // A model that could not be kept is offered again on the next visit, not fetched unasked.
    if (!model.kept) keep(this.options.store, WANTED_KEY, "");
    this.status.value = { state: "ready", model };
  }

  #failed(thrown: unknown): void {
    this.#loading = undefined;
    const error = asExcerptError(thrown);
    if (error.kind === "cancelled") {
      keep(this.options.store, WANTED_KEY, "");
      this.status.value = { state: "absent", stopped: true };
    } else {
      this.status.value = { state: "failed", error: error.toData() };
    }
  }
}

/** Waits for the model as long as the signal allows; an abort ends the wait, not the download. */
export async function modelOrAbort(model: Promise<LoadedModel>, signal: AbortSignal): Promise<LoadedModel> {
  if (signal.aborted) throw new CancelledError();
  return Promise.race([
    model,
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => { reject(new CancelledError()); }, { once: true });
    }),
  ]);
}

/** Name, licence and size out of a manifest; null where it is not one. The engine checks it properly. */
export function offerOf(manifest: Partial<Manifest>): ModelOffer | null {
  const variant = manifest.variants?.find(({ backend }) => backend === "wasm");
  const { name, license, tokenizer } = manifest;
  if (variant === undefined || name === undefined || license === undefined || tokenizer === undefined) return null;
  return { name, license, bytes: variant.bytes + tokenizer.bytes };
}
