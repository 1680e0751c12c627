/** Time, as the download needs it; tests bring one that does not wait. */

export interface Clock {
  /** Milliseconds from any fixed point. */
  now(): number;
  /** Seconds since 1970, as this device has it. */
  unix(): number;
  /** Runs `work` once after so many milliseconds; the answer calls it off. */
  after(milliseconds: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  unix: () => Math.floor(Date.now() / 1000),
  after(milliseconds, work) {
    const timer = setTimeout(work, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after a while, or at once when `signal` aborts; the caller looks at the signal. */
export async function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const callOff = clock.after(milliseconds, finish);
    function finish(): void {
      callOff();
      signal.removeEventListener("abort", finish);
      resolve();
    }
    if (signal.aborted) finish();
    else signal.addEventListener("abort", finish);
  });
}
