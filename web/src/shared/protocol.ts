/**
 * The messages between a page and the engine's worker. One file, both sides import it.
 *
 * The page sends a `Request` with a fresh `id`. The worker answers with any number of events that
 * carry the same `id`, then exactly one of `done` or `failed`. `cancel` names the request to stop;
 * that request then fails with kind `cancelled`. Requests run one after the other, in order.
 */

import type { Outcome } from "./batch.js";
import type { Catalogue } from "./catalogue.js";
import type { SourceDocument } from "./document.js";
import type { ErrorData } from "./errors.js";
import type { Extraction, FieldResult } from "./extraction.js";
import type { Notice } from "./notice.js";
import type { JsonSchema } from "./schema.js";

/** Whose bundles are opened, instead of those that the app was built for: 64 hexadecimal digits each. */
export interface TrustedKeys {
  readonly publicKeys?: readonly string[];
}

export type Request =
  /** Fetch what is missing of the bundle, check it, make it ready to run. */
  | {
      readonly kind: "load";
      readonly id: number;
      readonly bundleUrl: string;
      /** How often the model has stopped in the middle of late: each time it runs on half the threads. */
      readonly stepsDown: number;
    } & TrustedKeys
  /** Ask the server whether it has another version than the one that runs. Answered while other work goes on. */
  | { readonly kind: "look"; readonly id: number; readonly bundleUrl: string; readonly running: RunningModel } & TrustedKeys
  /** Fetch what is missing of the version that the server offers, verify it, and leave it waiting for the next `load`. */
  | {
      readonly kind: "update";
      readonly id: number;
      readonly bundleUrl: string;
      readonly running: RunningModel;
      /** Give up the version in use first: there is no room for both. */
      readonly replace: boolean;
    } & TrustedKeys
  /** Let the version before wait for the next `load`. */
  | { readonly kind: "goBack"; readonly id: number; readonly bundleUrl: string; readonly running: RunningModel } & TrustedKeys
  /** Open an encrypted bundle: its key is kept from then on, and the next `load` uses it. */
  | { readonly kind: "unlock"; readonly id: number; readonly bundleUrl: string; readonly secret: Secret } & TrustedKeys
  /** Tell what the bundle holds, how it fits this device, and what of it is kept. At most the manifest is fetched. */
  | { readonly kind: "catalogue"; readonly id: number; readonly bundleUrl: string } & TrustedKeys
  /** Delete what is kept of the bundle: everything, or only the version before. Everything ends the model that runs, too. */
  | { readonly kind: "forget"; readonly id: number; readonly bundleUrl: string; readonly what: "all" | "before" } & TrustedKeys
  /** Read the document early: tokenise it and fill the cache. Answered when done; failing harms nothing. */
  | {
      readonly kind: "prefill";
      readonly id: number;
      readonly document: SourceDocument;
      /** Where it is known what will be asked: the questions are read too. */
      readonly schema?: JsonSchema;
    }
  /** Compile a schema without running it. Needs no model. */
  | { readonly kind: "check"; readonly id: number; readonly schema: JsonSchema }
  | {
      readonly kind: "extract";
      readonly id: number;
      readonly document: SourceDocument;
      readonly schema: JsonSchema;
      readonly options?: ExtractOptions;
    }
  /** Many documents, one after the other. One that fails stops none of the others, unless it was the device that failed. */
  | {
      readonly kind: "extractAll";
      readonly id: number;
      readonly documents: readonly SourceDocument[];
      readonly schema: JsonSchema;
      readonly options?: ExtractOptions;
    };

export interface ExtractOptions {
  /** Drafts from the source; the result is the same without them. Default true. */
  readonly drafts?: boolean;
}

export interface CancelMessage {
  readonly kind: "cancel";
  /** The request to stop; unknown or finished ones are ignored. */
  readonly target: number;
}

export type ToWorker = Request | CancelMessage;

/** Download and start, told truthfully. Bytes count the whole variant, what is kept already included. */
export type LoadProgress =
  | { readonly stage: "manifest" }
  | { readonly stage: "weights"; readonly loadedBytes: number; readonly totalBytes: number; readonly fetchedBytes: number }
  | { readonly stage: "session" };

/** A passphrase, or an access token, as the bundle wants it. */
export interface Secret {
  readonly text: string;
}

/** What tells a model that runs from others. */
export interface RunningModel {
  readonly version: string;
  readonly variant: string;
}

/** Another version, on the server. */
export interface OfferedModel {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** All its files, and those of them that are not on this device. */
  readonly bytes: number;
  readonly fetchBytes: number;
  /** Whether there is room for it beside the version in use, or only in its place. */
  readonly room: "enough" | "replace" | "none";
}

export interface ModelVersions {
  /** Null where there is nothing to fetch, or no network. */
  readonly offered: OfferedModel | null;
  /** The version that can be gone back to; `newer` where it is the newer one of the two. */
  readonly before: { readonly version: string; readonly newer: boolean } | null;
}

/** What a model runs on here: the graphics processor, threads of the processor, or one thread. */
export type TierName = "webgpu" | "wasm-threads" | "wasm-single";

/**
 * Why it is this tier and not a better one; nothing where it is the best.
 * - `no-gpu`: this browser offers no graphics processor.
 * - `gpu-not-in-bundle`: the bundle has no variant that its graphics processor could run.
 * - `gpu-failed`: the graphics processor did not start the model, or answered wrongly.
 * - `stepped-down`: the model stopped in the middle of its work not long ago, so it runs with more care.
 * - `not-isolated`: the host does not send the headers that threads need.
 * - `one-processor`: there is nothing to run threads on.
 */
export type TierReason = "no-gpu" | "gpu-not-in-bundle" | "gpu-failed" | "stepped-down" | "not-isolated" | "one-processor";

/** What was loaded, and what the reader should know about it. */
export interface LoadedModel {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly variant: string;
  readonly bytes: number;
  readonly tier: TierName;
  readonly why: readonly TierReason[];
  readonly threads: number;
  /** True where the weights are kept for the next visit; else `keptReason` says why not. */
  readonly kept: boolean;
  readonly keptReason?: Notice;
  /** The longest prefix of a document this model takes, in tokens. */
  readonly maxDocumentTokens: number;
  /** For example that the browser runs on one thread and why. */
  readonly notices: readonly Notice[];
}

export interface ResultOf {
  load: LoadedModel;
  look: ModelVersions;
  update: null;
  goBack: null;
  unlock: null;
  catalogue: Catalogue;
  forget: null;
  prefill: { readonly tokens: number };
  check: { readonly fields: number };
  extract: Extraction;
  extractAll: { readonly settled: number };
}

export type RequestKind = Request["kind"];

export interface EventOf {
  load: LoadProgress;
  look: never;
  update: LoadProgress;
  goBack: never;
  unlock: never;
  catalogue: never;
  forget: never;
  prefill: { readonly tokensRead: number; readonly tokens: number };
  check: never;
  extract: ExtractEvent;
  extractAll: BatchEvent;
}

export type ExtractEvent =
  /** Of the document; of the window under way where it is read in several. */
  | { readonly stage: "reading"; readonly tokensRead: number; readonly tokens: number }
  /** A field is settled. Fields arrive in the schema's order. Not sent for a document of several windows. */
  | { readonly stage: "field"; readonly field: FieldResult; readonly done: number; readonly of: number }
  /** A document is read in several windows, of which `done` are read: what they say together, and about how long the others take. */
  | {
      readonly stage: "window";
      readonly done: number;
      readonly of: number;
      readonly fields: readonly FieldResult[];
      /** In milliseconds; null before the first window is read. */
      readonly remainingMs: number | null;
    };

/** `document` is the id that the page gave it. */
export type BatchEvent =
  | { readonly stage: "started"; readonly document: string }
  | { readonly stage: "progress"; readonly document: string; readonly event: ExtractEvent }
  | { readonly stage: "settled"; readonly document: string; readonly outcome: Outcome };

export type FromWorker =
  /** Sent once, at the start: a Web Lock that is held as long as the worker lives. */
  | { readonly kind: "alive"; readonly lock: string }
  | { readonly kind: "event"; readonly id: number; readonly event: EventOf[RequestKind] }
  | { readonly kind: "done"; readonly id: number; readonly result: ResultOf[RequestKind] }
  | { readonly kind: "failed"; readonly id: number; readonly error: ErrorData };
