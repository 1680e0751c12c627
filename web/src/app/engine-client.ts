/**
 * The page's side of the engine's worker. A promise never hangs:
 * - a worker that crashes rejects everything pending; the next request starts a new one, which loads the model again,
 *   more carefully (crash-marker.ts), and a batch goes on where it was (batch.ts);
 * - a worker that vanishes without a word is missed by the lock that it held;
 * - an aborted request is cancelled in the worker, and if that has not answered in time, the worker is ended.
 */

import type { BatchItem } from "../shared/batch.js";
import type { SourceDocument } from "../shared/document.js";
import { asExcerptError, CancelledError, DeviceError, ExcerptError } from "../shared/errors.js";
import type { Extraction } from "../shared/extraction.js";
import type { EventOf, ExtractOptions, FromWorker, LoadedModel, RunningModel, TrustedKeys } from "../shared/protocol.js";
import type { Request, RequestKind, ResultOf, Secret, ToWorker } from "../shared/protocol.js";
import type { JsonSchema } from "../shared/schema.js";
import { runBatch, type BatchOptions } from "./batch.js";
import { CrashMarker, type PageLocks } from "./crash-marker.js";
import { startEngineWorker } from "./engine-worker.js";
import { storeOrMemory } from "./state/storage.js";

/** What the client needs of a Worker. */
export interface EngineWorker {
  postMessage(message: ToWorker): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: "error" | "messageerror", listener: () => void): void;
}

export interface CallOptions<K extends RequestKind> {
  readonly onEvent?: (event: EventOf[K]) => void;
  readonly signal?: AbortSignal;
}

export interface LoadOptions extends CallOptions<"load"> {
  /** Whose bundles are opened, instead of those that this build was made for: 64 hexadecimal digits each. */
  readonly publicKeys?: readonly string[];
}

interface Pending {
  readonly event: (event: EventOf[RequestKind]) => void;
  readonly done: (result: ResultOf[RequestKind]) => void;
  readonly failed: (error: ExcerptError) => void;
}

export interface EngineClientOptions {
  readonly createWorker?: () => EngineWorker;
  readonly cancelGraceMs?: number;
  readonly marker?: CrashMarker;
  readonly locks?: PageLocks | undefined;
}

/** How long a worker may take to answer a cancel before it is ended. A single forward is shorter. */
const CANCEL_GRACE_MS = 3000;

/** What a crash would be the model's fault in. */
const MODEL_WORK: ReadonlySet<RequestKind> = new Set(["load", "prefill", "extract", "extractAll"]);

export class EngineClient {
  readonly #pending = new Map<number, Pending>();
  #worker: EngineWorker | undefined;
  #loaded: Promise<LoadedModel> | undefined;
  #load: { readonly bundleUrl: string; readonly options: LoadOptions } | undefined;
  #lastId = 0;
  readonly #createWorker: () => EngineWorker;
  readonly #cancelGraceMs: number;
  readonly #locks: PageLocks | undefined;
  readonly #marker: CrashMarker;

  constructor({ createWorker = startEngineWorker, cancelGraceMs = CANCEL_GRACE_MS, marker, locks = pageLocks() }: EngineClientOptions = {}) {
    this.#createWorker = createWorker;
    this.#cancelGraceMs = cancelGraceMs;
    this.#locks = locks;
    this.#marker = marker ?? pageMarker(locks);
  }

  /** Fetches and starts the model. After a crash the same bundle is loaded again by itself. */
  load(bundleUrl: string, options: LoadOptions = {}): Promise<LoadedModel> {
    const keys = keysOf(options);
    this.#load = { bundleUrl, options };
    const loaded = (this.#loaded = this.#marker.stepsDown().then((stepsDown) => {
      if (this.#loaded === undefined) throw new CancelledError(); // Closed in the meantime.
      return this.#send<"load">((id) => ({ kind: "load", id, bundleUrl, stepsDown, ...keys }), options);
    }));
    loaded.catch(() => { if (this.#loaded === loaded) this.#loaded = undefined; });
    return loaded;
  }

  /** Asks the server whether it has another version than the one that runs. */
  look(bundleUrl: string, running: RunningModel, options: CallOptions<"look"> = {}): Promise<ResultOf["look"]> {
    return this.#send<"look">((id) => ({ kind: "look", id, bundleUrl, running: nameOf(running), ...this.#keys }), options);
  }

  /** Fetches the version that the server offers beside the one that runs; the next `load` takes it. Aborted, it goes on from there. */
  async update(bundleUrl: string, running: RunningModel, { replace, ...options }: CallOptions<"update"> & { readonly replace: boolean }): Promise<void> {
    await this.#send<"update">((id) => ({ kind: "update", id, bundleUrl, running: nameOf(running), replace, ...this.#keys }), options);
  }

  /** Opens an encrypted bundle with a passphrase or an access token; the key is kept, and the next `load` uses it. */
  async unlock(bundleUrl: string, secret: Secret, options: CallOptions<"unlock"> = {}): Promise<void> {
    await this.#send<"unlock">((id) => ({ kind: "unlock", id, bundleUrl, secret, ...this.#keys }), options);
  }

  /** Lets the version before be the one that the next `load` takes. */
  async goBack(bundleUrl: string, running: RunningModel): Promise<void> {
    await this.#send<"goBack">((id) => ({ kind: "goBack", id, bundleUrl, running: nameOf(running), ...this.#keys }), {});
  }

  /** What the bundle holds, how it fits this device, and what of it is kept here. */
  catalogue(bundleUrl: string, options: CallOptions<"catalogue"> = {}): Promise<ResultOf["catalogue"]> {
    return this.#send<"catalogue">((id) => ({ kind: "catalogue", id, bundleUrl, ...this.#keys }), options);
  }

  /** Deletes what is kept of the bundle; after `all` there is no model until the next `load`. */
  async forget(bundleUrl: string, what: "all" | "before"): Promise<void> {
    if (what === "all") this.#load = this.#loaded = undefined;
    await this.#send<"forget">((id) => ({ kind: "forget", id, bundleUrl, what, ...this.#keys }), {});
  }

  /** Reads a document early, and what a schema will ask about it, so that `extract` finds both in the cache. */
  async prefill(document: SourceDocument, options: CallOptions<"prefill"> & { readonly schema?: JsonSchema } = {}): Promise<ResultOf["prefill"]> {
    await this.#model(options.signal);
    const { schema } = options;
    return this.#send<"prefill">((id) => ({ kind: "prefill", id, document, ...(schema === undefined ? {} : { schema }) }), options);
  }

  /** Compiles a schema without running it; the error names the place in the schema. Needs no model. */
  check(schema: JsonSchema, options: CallOptions<"check"> = {}): Promise<ResultOf["check"]> {
    return this.#send<"check">((id) => ({ kind: "check", id, schema }), options);
  }

  /** One document. Where the device or the worker fails in the middle, a new worker, on a lower tier, tries once more. */
  async extract(
    document: SourceDocument, schema: JsonSchema, options: CallOptions<"extract"> & ExtractOptions = {},
  ): Promise<Extraction> {
    const { drafts } = options;
    const asked = drafts === undefined ? {} : { options: { drafts } };
    const send = (): Promise<Extraction> => this.#send<"extract">((id) => ({ kind: "extract", id, document, schema, ...asked }), options);
    await this.#model(options.signal);
    const worker = this.#worker;
    try {
      return await send();
    } catch (thrown) {
      if (asExcerptError(thrown).kind !== "device") throw thrown;
      this.#restart(worker);
    }
    await this.#model(options.signal);
    return send();
  }

  /**
   * Many documents by one schema. Answers with one item for each, in their order, whatever happens: a document
   * that cannot be read fails alone, a cancel keeps what is done, and after a crash the batch goes on.
   *
   * @throws InputError for a schema that cannot be enforced, or two documents with one id
   */
  extractAll(documents: readonly SourceDocument[], schema: JsonSchema, options: BatchOptions & ExtractOptions = {}): Promise<BatchItem[]> {
    const { signal, drafts } = options;
    const asked = drafts === undefined ? {} : { options: { drafts } };
    let worker: EngineWorker | undefined;
    return runBatch(documents, {
      ask: async (open, onEvent) => {
        await this.#model(signal);
        worker = this.#worker;
        return this.#send<"extractAll">(
          (id) => ({ kind: "extractAll", id, documents: open, schema, ...asked }),
          signal === undefined ? { onEvent } : { onEvent, signal },
        );
      },
      restart: () => { this.#restart(worker); },
    }, options);
  }

  /** Ends the worker and cancels everything pending. A later request starts anew. */
  close(): void {
    this.#end(new CancelledError());
  }

  /** Whose bundles the load before was told to open. */
  get #keys(): TrustedKeys {
    return keysOf(this.#load?.options ?? {});
  }

  /** Waits for the model; loads it again if the worker that had it is gone. An abort ends the wait, not the load. */
  async #model(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) throw new CancelledError();
    if (this.#loaded === undefined && this.#load !== undefined) {
      const { bundleUrl, options: { onEvent } } = this.#load; // Its signal belonged to the first load.
      void this.load(bundleUrl, { ...(onEvent === undefined ? {} : { onEvent }), ...this.#keys });
    }
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener("abort", () => { reject(new CancelledError()); }, { once: true });
    });
    await Promise.race([this.#loaded, aborted]);
  }

  #send<K extends RequestKind>(request: (id: number) => Request, { onEvent, signal }: CallOptions<K>): Promise<ResultOf[K]> {
    if (signal?.aborted === true) return Promise.reject(new CancelledError());
    const id = ++this.#lastId;
    const abort = (): void => { this.#cancel(id); };
    signal?.addEventListener("abort", abort, { once: true });
    const message = request(id);
    const atWork = MODEL_WORK.has(message.kind);
    if (atWork) this.#marker.begin();
    return new Promise<ResultOf[K]>((resolve, reject) => {
      const worker = this.#running();
      this.#pending.set(id, {
        event: (event) => onEvent?.(event as EventOf[K]),
        done: (result) => { resolve(result as ResultOf[K]); },
        failed: reject,
      });
      worker.postMessage(message);
    }).finally(() => {
      if (atWork) this.#marker.end();
      signal?.removeEventListener("abort", abort);
    });
  }

  #running(): EngineWorker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = this.#createWorker();
    const crashed = (): void => { if (this.#worker === worker) this.#crashed(); };
    worker.addEventListener("message", ({ data }) => {
      if (data.kind === "alive") this.#locks?.request(data.lock, crashed).catch(() => undefined);
      else if (this.#worker === worker) this.#receive(data);
    });
    worker.addEventListener("error", crashed);
    worker.addEventListener("messageerror", crashed);
    return (this.#worker = worker);
  }

  #receive(message: Exclude<FromWorker, { kind: "alive" }>): void {
    const pending = this.#pending.get(message.id);
    if (message.kind !== "event") this.#pending.delete(message.id);
    if (message.kind === "event") pending?.event(message.event);
    else if (message.kind === "done") pending?.done(message.result);
    else pending?.failed(ExcerptError.fromData(message.error));
  }

  #cancel(target: number): void {
    this.#worker?.postMessage({ kind: "cancel", target });
    setTimeout(() => {
      const pending = this.#pending.get(target);
      this.#pending.delete(target);
      pending?.failed(new CancelledError());
      if (pending !== undefined) this.#end(crash());
    }, this.#cancelGraceMs);
  }

  /** Ends a worker that lives on though the model in it has failed. */
  #restart(worker: EngineWorker | undefined): void {
    if (worker === undefined || worker !== this.#worker) return;
    this.#marker.stepDown();
    this.#end(crash());
  }

  #crashed(): void {
    this.#marker.crashed();
    this.#end(crash());
  }

  #end(reason: ExcerptError): void {
    this.#worker?.terminate();
    this.#worker = this.#loaded = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { failed } of pending) failed(reason);
  }
}

function keysOf({ publicKeys }: TrustedKeys): TrustedKeys {
  return publicKeys === undefined ? {} : { publicKeys };
}

/** No more than what crosses to the worker. */
function nameOf({ version, variant }: RunningModel): RunningModel {
  return { version, variant };
}

/** Undefined where the page is not secure, or there is no page. */
function pageLocks(): PageLocks | undefined {
  return typeof navigator === "undefined" ? undefined : (navigator as Partial<Pick<Navigator, "locks">>).locks;
}

function pageMarker(locks: PageLocks | undefined): CrashMarker {
  const marker = new CrashMarker({ store: storeOrMemory(() => localStorage), locks, now: () => Date.now() });
  if (typeof addEventListener === "function") addEventListener("pagehide", () => { marker.leave(); });
  return marker;
}

function crash(): DeviceError {
  const advice = "Try again: it starts anew by itself. If it stops again, close other tabs to free memory.";
  return new DeviceError("engine-stopped", "The engine stopped before it had finished.", advice);
}
