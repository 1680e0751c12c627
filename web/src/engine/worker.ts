/** The worker's door: messages in, one request after the other, messages out. */

import { Engine } from "./engine.js";
import { compile } from "./plan.js";
import { openStore } from "../bundle/index.js";
import { asExcerptError, CancelledError, InputError } from "../shared/errors.js";
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

type Send<K extends RequestKind> = (event: EventOf[K]) => void;

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
  // A schema is checked at once, also while a document is being read.
  const work = data.kind === "check" ? answer(data, abort.signal) : (queue = queue.then(() => answer(data, abort.signal)));
  void work.finally(() => running.delete(data.id));
};

async function answer(request: Request, signal: AbortSignal): Promise<void> {
  const { id } = request;
  try {
    if (signal.aborted) throw new CancelledError();
    const result = await handle(request, signal, (event) => {
      post({ kind: "event", id, event });
    });
    post({ kind: "done", id, result });
  } catch (thrown) {
    post({ kind: "failed", id, error: asExcerptError(thrown).toData() });
  }
}

function handle(request: Request, signal: AbortSignal, send: Send<RequestKind>): Promise<ResultOf[RequestKind]> {
  switch (request.kind) {
    case "load":
      return load(request.bundleUrl, signal, send);
    case "prefill":
      return ready().prefill(request.document, signal, (tokensRead, tokens) => {
        send({ tokensRead, tokens });
      }).then((tokens) => ({ tokens }));
    case "check":
      return Promise.resolve({ fields: compile(request.schema).fields.length });
    case "extract":
      return ready().extract(request.document, request.schema, request.options ?? {}, { signal, onEvent: send });
  }
}

async function load(bundleUrl: string, signal: AbortSignal, onProgress: Send<"load">): Promise<ResultOf["load"]> {
  const previous = engine;
  engine = null;
  await previous?.release();
  engine = await Engine.load({ url: new URL(bundleUrl, self.location.origin).href, store: await openStore(), signal, onProgress });
  return engine.loaded;
}

function ready(): Engine {
  if (engine === null) throw new InputError("not-loaded", "The model is not loaded yet.", "Get the model first.");
  return engine;
}

function post(message: FromWorker): void {
  self.postMessage(message);
}
