/**
 * Another version of the model: offered, on its way, waiting for the work under way to end, taken. Nothing happens
 * unasked but the look whether there is one, and the model that runs goes on until the other one is whole.
 */

import { computed, effect, signal, untracked } from "@preact/signals";
import { asExcerptError, type ErrorData } from "../../shared/errors.js";
import type { LoadedModel, LoadProgress, ModelVersions, OfferedModel, RunningModel } from "../../shared/protocol.js";
import type { CallOptions } from "../engine-client.js";
import { RateMeter, type Speed } from "../rate.js";
import type { ModelState } from "./model-state.js";

export type UpdateStatus =
  | { readonly state: "none" }
  | { readonly state: "offered"; readonly offer: OfferedModel }
  | { readonly state: "loading"; readonly offer: OfferedModel; readonly progress: LoadProgress; readonly speed?: Speed }
  | { readonly state: "paused"; readonly offer: OfferedModel }
  /** Everything is here; it is taken when nothing runs. */
  | { readonly state: "waiting" }
  | { readonly state: "failed"; readonly offer: OfferedModel; readonly error: ErrorData }
  /** The server's version is not one that may be used. */
  | { readonly state: "refused"; readonly error: ErrorData };

/** What finds and fetches versions. */
export interface Versions {
  look(bundleUrl: string, running: RunningModel): Promise<ModelVersions>;
  update(bundleUrl: string, running: RunningModel, options: CallOptions<"update"> & { readonly replace: boolean }): Promise<void>;
  goBack(bundleUrl: string, running: RunningModel): Promise<void>;
}

export interface UpdateOptions {
  readonly bundleUrl: string;
  /** Whether work is under way that needs the model. Read inside an effect. */
  readonly busy: () => boolean;
  readonly now: () => number;
}

/** A page that is come back to looks again, but not all the time. */
const LOOK_EVERY_MS = 10 * 60 * 1000;

export class UpdateState {
  readonly status = signal<UpdateStatus>({ state: "none" });
  readonly before = signal<ModelVersions["before"]>(null);
  /** The version that the reader does not want to hear of again on this visit. */
  readonly #declined = signal<string | null>(null);
  readonly shown = computed(() => {
    const { value } = this.status;
    return value.state === "offered" && value.offer.version === this.#declined.value ? ({ state: "none" } as const) : value;
  });
  #abort: AbortController | undefined;
  #lookedAt = -Infinity;

  constructor(readonly versions: Versions, readonly model: ModelState, readonly options: UpdateOptions) {
    effect(() => {
      if (this.status.value.state === "waiting" && !options.busy()) untracked(() => { this.#take(); });
    });
    effect(() => {
      if (model.status.value.state === "ready") untracked(() => { void this.#look(); });
    });
  }

  /** Looks again, if the last look is a while ago. */
  lookAgain(): void {
    if (this.options.now() - this.#lookedAt >= LOOK_EVERY_MS) void this.#look();
  }

  /** Fetches what is offered, or goes on with it; `replace` gives up the version in use first. */
  async start({ replace = false } = {}): Promise<void> {
    const { value } = this.status;
    const running = this.#running;
    if (!("offer" in value) || value.state === "loading" || running === null) return;
    const { offer } = value;
    const abort = (this.#abort = new AbortController());
    const meter = new RateMeter();
    this.status.value = { state: "loading", offer, progress: { stage: "manifest" } };
    const onEvent = (progress: LoadProgress): void => {
      if (this.#abort === abort) this.status.value = { state: "loading", offer, progress, ...this.#speed(progress, meter) };
    };
    try {
      await this.versions.update(this.options.bundleUrl, running, { replace, onEvent, signal: abort.signal });
      this.status.value = { state: "waiting" };
    } catch (thrown) {
      const error = asExcerptError(thrown);
      this.status.value = error.kind === "cancelled" ? { state: "paused", offer } : { state: "failed", offer, error: error.toData() };
    }
    this.#abort = undefined;
  }

  /** Stops the download; what has come is kept. */
  pause(): void {
    this.#abort?.abort();
  }

  /** Not now: the offer is not shown again on this visit. */
  decline(): void {
    const { value } = this.status;
    if (value.state === "refused") this.status.value = { state: "none" };
    if (!("offer" in value)) return;
    this.pause();
    this.#declined.value = value.offer.version;
    this.status.value = { state: "offered", offer: value.offer };
  }

  /** There is no model any more that another version could take the place of. */
  reset(): void {
    this.pause();
    this.status.value = { state: "none" };
    this.before.value = null;
  }

  /** Takes the version before, when nothing runs. */
  async goBack(): Promise<void> {
    const running = this.#running;
    if (running === null || this.before.value === null || this.status.value.state === "loading") return;
    this.before.value = null;
    await this.versions.goBack(this.options.bundleUrl, running);
    this.status.value = { state: "waiting" };
  }

  get #running(): LoadedModel | null {
    const { value } = this.model.status;
    return value.state === "ready" ? value.model : null;
  }

  async #look(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#lookedAt = this.options.now();
    try {
      const { offered, before } = await this.versions.look(this.options.bundleUrl, running);
      if (this.#running?.version !== running.version) return; // Another look follows.
      this.before.value = before;
      const { state } = this.status.value;
      if (state === "none" || state === "offered" || state === "refused") this.status.value = offered === null ? { state: "none" } : { state: "offered", offer: offered };
    } catch (thrown) {
      const error = asExcerptError(thrown);
      if (this.status.value.state === "none" && error.kind === "bundle") this.status.value = { state: "refused", error: error.toData() };
    }
  }

  /** The model that starts says itself how it went. */
  #take(): void {
    this.status.value = { state: "none" };
    this.before.value = null;
    this.model.restart().catch(() => undefined);
  }

  #speed(progress: LoadProgress, meter: RateMeter): { speed?: Speed } {
    if (progress.stage !== "weights") return {};
    const speed = meter.add(this.options.now(), progress.fetchedBytes, progress.totalBytes - progress.loadedBytes);
    return speed === undefined ? {} : { speed };
  }
}
