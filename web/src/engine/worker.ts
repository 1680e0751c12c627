/** The worker's door: messages in, one request after the other, messages out. */

import { catalogueOf } from "./catalogue.js";
import { Engine } from "./engine.js";
import { compile } from "./plan.js";
import { runQueue } from "./queue.js";
import { thisDevice } from "./tiers.js";
import { BrowserKeyStore, fetchUpdate, forget, goBack, lookForUpdate, openStore, PINNED_KEYS, unlockBundle, type UpdateOptions } from "../bundle/index.js";
import { asExcerptError, CancelledError, InputError } from "../shared/errors.js";
import { reportNetwork } from "../shared/network/watch.js";
import type { EventOf, FromWorker, Request, RequestKind, ResultOf, ToWorker } from "../shared/protocol.js";

/** Chromium asks for a policy where the runtime starts its threads: scripts of our own origin, nothing else. */
declare const trustedTypes: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown } | undefined;
if (typeof trustedTypes !== "undefined") {
  trustedTypes.createPolicy("default", {
    createScriptURL(url) {
      if (new URL(url, self.location.href).origin !== self.location.origin) throw new TypeError("a script of another origin");
      return url;
    },
  });
}

reportNetwork("engine");

type Send<K extends RequestKind> = (event: EventOf[K]) => void;

// A worker that is gone sends nothing, but the browser gives its locks back.
const life = `excerpt-engine-${crypto.randomUUID()}`;
const locks = (navigator as Partial<Pick<WorkerNavigator, "locks">>).locks; // Only where the page is secure.
void locks?.request(life, () => {
  post({ kind: "alive", lock: life });
  return new Promise<never>(() => undefined);
});

const OF_BUNDLE: ReadonlySet<RequestKind> = new Set(["look", "update", "unlock", "goBack", "catalogue", "forget"] satisfies BundleRequest["kind"][]);
/** What needs no model; the files of the one that runs go in turn, when it has come to rest. */
const AT_ONCE: ReadonlySet<RequestKind> = new Set(["check", "look", "update", "goBack", "unlock", "catalogue"]);
/** Of encrypted bundles. */
const keys = new BrowserKeyStore();

let engine: Engine | null = null;
let queue: Promise<void> = Promise.resolve();
const running = new Map<number, AbortController>();

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  if (data.kind === "cancel") {
    running.get(data.target)?.abort();
    return;
  }
  const abort = new AbortController();
  running.set(data.id, abort);
  // What needs no model is done at once, also while a document is being read.
  const work = AT_ONCE.has(data.kind) ? answer(data, abort.signal) : inTurn(data, abort.signal);
  void work.finally(() => running.delete(data.id));
};

/** A request that is cancelled while it waits is answered at once: the one before it may take long. */
function inTurn(request: Request, signal: AbortSignal): Promise<void> {
  const { id } = request;
  const refuse = (): void => {
    post({ kind: "failed", id, error: new CancelledError().toData() });
  };
  signal.addEventListener("abort", refuse, { once: true });
  queue = queue.then(() => {
    signal.removeEventListener("abort", refuse);
    return signal.aborted ? undefined : answer(request, signal);
  });
  return queue;
}

async function answer(request: Request, signal: AbortSignal): Promise<void> {
  const { id } = request;
  try {
    const result = await handle(request, signal, (event) => {
      post({ kind: "event", id, event });
    });
    post({ kind: "done", id, result });
  } catch (thrown) {
    post({ kind: "failed", id, error: asExcerptError(thrown).toData() });
  }
}

type RequestOf<K extends RequestKind> = Extract<Request, { kind: K }>;
type BundleRequest = RequestOf<"look" | "update" | "unlock" | "goBack" | "catalogue" | "forget">;

function handle(request: Request, signal: AbortSignal, send: Send<RequestKind>): Promise<ResultOf[RequestKind]> {
  if (isOfBundle(request)) return handleBundle(request, signal, send);
  switch (request.kind) {
    case "load":
      return load(request, signal, send);
    case "prefill":
      return ready().prefill(request.document, request.schema ?? null, { signal, onEvent: send }).then((tokens) => ({ tokens }));
    case "check":
      return Promise.resolve({ fields: compile(request.schema).fields.length });
    case "extract":
      return ready().extract(request.document, request.schema, request.options ?? {}, { signal, onEvent: send });
    case "extractAll":
      return extractAll(request, signal, send);
  }
}

function isOfBundle(request: Request): request is BundleRequest {
  return OF_BUNDLE.has(request.kind);
}

/** What concerns the bundle's files, and not the model that runs. */
function handleBundle(request: BundleRequest, signal: AbortSignal, send: Send<"update">): Promise<ResultOf[BundleRequest["kind"]]> {
  switch (request.kind) {
    case "look":
      return versionsOf(request, signal).then(lookForUpdate);
    case "update":
      return versionsOf(request, signal).then((options) => fetchUpdate({ ...options, replace: request.replace, onProgress: send })).then(() => null);
    case "unlock":
      return unlockIn(request, signal).then(() => null);
    case "goBack":
      return versionsOf(request, signal).then(goBack).then(() => null);
    case "catalogue":
      return catalogue(request, signal);
    case "forget":
      return forgetIn(request).then(() => null);
  }
}

async function load({ bundleUrl, stepsDown, publicKeys: trusted = PINNED_KEYS }: RequestOf<"load">, signal: AbortSignal, onProgress: Send<"load">): Promise<ResultOf["load"]> {
  const previous = engine;
  engine = null;
  await previous?.release();
  const url = new URL(bundleUrl, self.location.origin).href;
  engine = await Engine.load({ url, trusted, keys, store: await openStore(), signal, onProgress, stepsDown });
  return engine.loaded;
}

async function unlockIn({ bundleUrl, secret, publicKeys: trusted = PINNED_KEYS }: RequestOf<"unlock">, signal: AbortSignal): Promise<void> {
  const url = new URL(bundleUrl, self.location.origin).href;
  await unlockBundle(secret, { url, trusted, keys, store: await openStore(), signal, fetch: (...request) => fetch(...request) });
}

async function catalogue({ bundleUrl, publicKeys: trusted = PINNED_KEYS }: RequestOf<"catalogue">, signal: AbortSignal): Promise<ResultOf["catalogue"]> {
  const url = new URL(bundleUrl, self.location.origin).href;
  return catalogueOf(await thisDevice(), { url, trusted, store: await openStore(), signal, fetch: (...request) => fetch(...request) });
}

async function forgetIn({ bundleUrl, what, publicKeys: trusted = PINNED_KEYS }: RequestOf<"forget">): Promise<void> {
  if (what === "all") {
    await engine?.release();
    engine = null;
  }
  const url = new URL(bundleUrl, self.location.origin).href;
  await forget(what, { url, trusted, keys, store: await openStore() });
}

/** What the parts that deal with versions need to know. */
async function versionsOf({ bundleUrl, running, publicKeys: trusted = PINNED_KEYS }: RequestOf<"look" | "update" | "goBack">, signal: AbortSignal): Promise<UpdateOptions> {
  const url = new URL(bundleUrl, self.location.origin).href;
  const { version, variant } = running;
  return { url, variant, running: version, trusted, store: await openStore(), signal, fetch: (...request) => fetch(...request) };
}

async function extractAll({ documents, schema, options = {} }: RequestOf<"extractAll">, signal: AbortSignal, onEvent: Send<"extractAll">): Promise<ResultOf["extractAll"]> {
  const loaded = ready();
  compile(schema); // What is wrong with the schema is wrong for every document: told once, before the first.
  const settled = await runQueue(documents, (document, tell) => loaded.extract(document, schema, options, { signal, onEvent: tell }), { signal, onEvent });
  return { settled };
}

function ready(): Engine {
  if (engine === null) throw new InputError("not-loaded", "The model is not loaded yet.", "Get the model first.");
  return engine;
}

function post(message: FromWorker): void {
  self.postMessage(message);
}
