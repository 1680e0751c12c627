/** Work on several things at a time. */

import { CancelledError } from "../shared/errors.js";

/**
 * Runs `work` on every item, `width` at a time, in order. The first failure stops the rest through the
 * signal that `work` is given; it is thrown when all have ended, so nothing goes on behind the caller's
 * back. Throws CancelledError where `signal` has aborted.
 */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const queue = items.values();
  const failures: unknown[] = [];
  async function worker(): Promise<void> {
    for (const item of queue) {
      if (either.aborted) return;
      await work(item, either);
    }
  }
  const guarded = (): Promise<void> =>
    worker().catch((thrown: unknown) => {
      failures.push(thrown);
      failed.abort();
    });
  await Promise.all(Array.from({ length: width }, guarded));
  if (signal.aborted) throw new CancelledError();
  if (failures.length > 0) throw failures[0];
}
