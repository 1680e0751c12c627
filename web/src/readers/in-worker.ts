/** Reads a file in a worker of its own, which ends with it: a file that costs too much is stopped by ending it. */

import type { Reading } from "../shared/document.js";
import { CancelledError, DeviceError, type ErrorData, ExcerptError } from "../shared/errors.js";
import type { Reader } from "./source.js";

export interface ToFormats {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type FromFormats = { readonly reading: Reading } | { readonly error: ErrorData };

export const readInWorker: Reader = ({ name, type }, bytes, workers, { signal }) => {
  const worker = workers.formats();
  const read = new Promise<Reading>((resolve, reject) => {
    const stopped = (): void => { reject(readerStopped(name)); };
    worker.addEventListener("error", stopped);
    worker.addEventListener("messageerror", stopped);
    signal?.addEventListener("abort", () => { reject(new CancelledError()); }, { once: true });
    worker.addEventListener("message", ({ data }: MessageEvent<FromFormats>) => {
      if ("reading" in data) resolve(data.reading);
      else reject(ExcerptError.fromData(data.error));
    });
    worker.postMessage({ name, type, bytes } satisfies ToFormats, [bytes.buffer]);
  });
  return read.finally(() => { worker.terminate(); });
};

function readerStopped(name: string): DeviceError {
  return new DeviceError("reader-stopped", `Reading “${name}” stopped before it had finished.`, "Try again. If it stops again, close other tabs to free memory, or make the file smaller.");
}
