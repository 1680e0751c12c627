/** Reads a file in a worker of its own, which ends with it: a file that costs too much is stopped by ending it. */

import type { Reading } from "../shared/document.js";
import { DeviceError, type ErrorData } from "../shared/errors.js";
import { ask } from "./asking.js";
import type { Reader } from "./source.js";

export interface ToFormats {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type FromFormats = { readonly reading: Reading } | { readonly error: ErrorData };

export const readInWorker: Reader = async ({ name, type }, bytes, workers, { signal }) => {
  const worker = workers.formats();
  const question = { message: { name, type, bytes } satisfies ToFormats, transfer: [bytes.buffer], signal, stopped: () => readerStopped(name) };
  try {
    return (await ask<{ readonly reading: Reading }>(worker, question)).reading;
  } finally {
    worker.terminate();
  }
};

function readerStopped(name: string): DeviceError {
  return new DeviceError(["reader-stopped/file", { name }], `Reading “${name}” stopped before it had finished.`, "Try again. If it stops again, close other tabs to free memory, or make the file smaller.");
}
