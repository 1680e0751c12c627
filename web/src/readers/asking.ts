/** One question to a worker, and its answer. */

import { CancelledError, type DeviceError, type ErrorData, ExcerptError } from "../shared/errors.js";

export interface Question {
  readonly message: unknown;
  readonly transfer: Transferable[];
  readonly signal: AbortSignal | undefined;
  /** The error for a worker that ends without an answer. */
  readonly stopped: () => DeviceError;
}

/**
 * Rejects with the worker's own error, with that of `stopped`, or with a CancelledError. Who asks ends the worker.
 */
export function ask<Answer extends object>(worker: Worker, { message, transfer, signal, stopped }: Question): Promise<Answer> {
  const end = new AbortController();
  return new Promise<Answer>((resolve, reject) => {
    const options = { signal: end.signal };
    signal?.addEventListener("abort", () => { reject(new CancelledError()); }, options);
    worker.addEventListener("error", () => { reject(stopped()); }, options);
    worker.addEventListener("messageerror", () => { reject(stopped()); }, options);
    worker.addEventListener("message", ({ data }: MessageEvent<Answer | { readonly error: ErrorData }>) => {
      if ("error" in data) reject(ExcerptError.fromData(data.error));
      else resolve(data);
    }, options);
    worker.postMessage(message, transfer);
  }).finally(() => { end.abort(); });
}
