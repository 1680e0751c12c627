/** Asks the recogniser's worker, one picture after the other. */

import type { PageLayout, Warning } from "../../shared/document.js";
import { CancelledError, DeviceError, type ErrorData, ExcerptError } from "../../shared/errors.js";
import type { ReaderWorkers } from "../source.js";

export interface Recognised {
  readonly text: string;
  readonly layout: PageLayout;
  /** How sure the recogniser is of the whole, 0 to 1. */
  readonly confidence: number;
}

export type FromRecogniser = { readonly recognised: Recognised } | { readonly error: ErrorData };

/** Below this, much of what was read is likely wrong. */
const HARD_TO_READ = 0.6;

export class Recogniser {
  #worker: Worker | undefined;

  constructor(readonly workers: ReaderWorkers, readonly signal?: AbortSignal) {}

  /** Takes the picture over. @throws CancelledError, DeviceError */
  recognise(picture: ImageBitmap): Promise<Recognised> {
    const worker = (this.#worker ??= this.workers.recogniser());
    const end = new AbortController();
    return new Promise<Recognised>((resolve, reject) => {
      const options = { signal: end.signal };
      this.signal?.addEventListener("abort", () => { reject(new CancelledError()); }, options);
      worker.addEventListener("error", () => { reject(stopped()); }, options);
      worker.addEventListener("messageerror", () => { reject(stopped()); }, options);
      worker.addEventListener("message", ({ data }: MessageEvent<FromRecogniser>) => {
        if ("recognised" in data) resolve(data.recognised);
        else reject(ExcerptError.fromData(data.error));
      }, options);
      worker.postMessage(picture, [picture]);
    }).finally(() => { end.abort(); });
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/** What people should know of a text that was recognised. @param what "This text", "Page 3" */
export function recognisedWarning(what: string, confidence: number): Warning {
  if (confidence < HARD_TO_READ) return { code: "hard-to-read", message: `${what} was hard to recognise in the picture: expect mistakes. A sharper, straighter picture helps.` };
  return { code: "recognised", message: `${what} was recognised in a picture: compare what matters with the original.` };
}

function stopped(): DeviceError {
  return new DeviceError("reader-stopped", "Recognising the letters in a picture stopped before it had finished.", "Try again. If it stops again, close other tabs to free memory, or make the picture smaller.");
}
