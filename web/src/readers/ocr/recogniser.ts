/** Asks the recogniser's worker, one picture after the other. */

import type { PageLayout } from "../../shared/document.js";
import { DeviceError, type ErrorData } from "../../shared/errors.js";
import { ask } from "../asking.js";
import type { ReaderWorkers } from "../source.js";

export interface Recognised {
  readonly text: string;
  readonly layout: PageLayout;
  /** How sure the recogniser is of the whole, 0 to 1. */
  readonly confidence: number;
}

export type FromRecogniser = { readonly recognised: Recognised } | { readonly error: ErrorData };

export class Recogniser {
  #worker: Worker | undefined;

  constructor(readonly workers: ReaderWorkers, readonly signal?: AbortSignal) {}

  /** Takes the picture over. @throws CancelledError, DeviceError */
  async recognise(picture: ImageBitmap): Promise<Recognised> {
    const worker = (this.#worker ??= this.workers.recogniser());
    const question = { message: picture, transfer: [picture], signal: this.signal, stopped };
    return (await ask<{ readonly recognised: Recognised }>(worker, question)).recognised;
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function stopped(): DeviceError {
  return new DeviceError("reader-stopped/picture", "Recognising the letters in a picture stopped before it had finished.", "Try again. If it stops again, close other tabs to free memory, or make the picture smaller.");
}
