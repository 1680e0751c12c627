/** The tokens in the model's cache, and the one way to make them others. */

import type { Logits, Model } from "./model.js";
import { CancelledError } from "../shared/errors.js";

/** A run of more tokens is cut, so that a cancel never waits longer than such a piece takes. */
const PIECE = 64;

export class Context {
  private ids: number[] = [];

  constructor(private readonly model: Model) {}

  /** How many of these tokens are in the cache already, counted from the beginning. */
  held(wanted: readonly number[]): number {
    const limit = Math.min(wanted.length, this.ids.length);
    let shared = 0;
    while (shared < limit && wanted[shared] === this.ids[shared]) shared++;
    return shared;
  }

  /**
   * Makes the cache hold exactly `wanted`: goes back to the common beginning and feeds the rest.
   *
   * @param keep for how many of the last tokens logits are wanted; these are fed in one run
   * @param onPiece told after each piece how many of the wanted tokens the cache holds
   * @throws CancelledError between pieces, once the signal is aborted; what was fed stays valid
   */
  async feed(wanted: readonly number[], keep: number, signal: AbortSignal, onPiece?: (held: number) => void): Promise<Logits> {
    this.crop(Math.min(this.held(wanted), wanted.length - keep));
    while (wanted.length - this.ids.length > Math.max(PIECE, keep)) {
      await this.forward(wanted.slice(this.ids.length, Math.min(this.ids.length + PIECE, wanted.length - keep)), 1);
      onPiece?.(this.ids.length);
      await breathe(signal);
    }
    const logits = await this.forward(wanted.slice(this.ids.length), keep);
    onPiece?.(this.ids.length);
    await breathe(signal);
    return logits;
  }

  private async forward(ids: readonly number[], keep: number): Promise<Logits> {
    const logits = await this.model.forward(ids, keep);
    this.ids.push(...ids);
    return logits;
  }

  private crop(length: number): void {
    this.model.crop(length);
    this.ids.length = Math.min(this.ids.length, length);
  }
}

/** Lets waiting messages in, a cancel among them. A microtask would not. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
  if (signal.aborted) throw new CancelledError();
}
