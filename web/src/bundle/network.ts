/**
 * Requests that end: every one is given up when nothing arrives for a while, is stopped by a signal,
 * and is repeated with growing pauses where the network or the server failed for the moment.
 */

import { BundleError, CancelledError } from "../shared/errors.js";
import type { NetworkWhy } from "../shared/wordings.js";
import { type Clock, pause } from "./clock.js";

export interface Network {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What is asked for: the beginning of an error's code. */
export type FileKind = "manifest" | "signature" | "shard";

/** Pauses before the second, third, … try; when they are used up, the network counts as lost. */
const PAUSES_MS = [500, 1000, 2000, 4000];
export const PATIENCE_MS = 30_000;

/** The network or the server failed for now; the same request may succeed later. `why` completes a sentence. */
export class NetworkLost extends Error {
  constructor(readonly why: string, readonly values: NetworkWhy) {
    super(why);
    this.name = "NetworkLost";
  }
}

/**
 * Repeats `attempt` while it throws NetworkLost. An attempt that `reached` further than all before
 * starts the count of failures again, so a slow line that breaks often still gets there.
 * Throws CancelledError once the signal has aborted, NetworkLost when the pauses are used up.
 */
export async function persistently<T>(
  { clock, signal }: Network,
  attempt: () => Promise<T>,
  reached: () => number = () => 0,
): Promise<T> {
  let best = reached();
  for (let failures = 0; ; failures++) {
    try {
      return await attempt();
    } catch (thrown) {
      if (!(thrown instanceof NetworkLost)) throw thrown;
      if (reached() > best) {
        best = reached();
        failures = 0;
      }
      const wait = PAUSES_MS[failures];
      if (wait === undefined) throw thrown;
      await pause(clock, wait, signal);
      if (signal.aborted) throw new CancelledError();
    }
  }
}

/** One request and its body. `close` has to be called at the end, whatever the end. */
export class Connection {
  readonly #stalled = new AbortController();
  #callOff: () => void = () => undefined;

  constructor(
    private readonly network: Network,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /**
   * The response with a status that can be used (2xx, or 416 for a range behind the end). Throws NetworkLost,
   * CancelledError, or a BundleError with the code `manifest-missing`, `shard-refused` and so on.
   */
  async open(url: URL, kind: FileKind, init: RequestInit): Promise<Response> {
    const { fetch, signal } = this.network;
    const either = AbortSignal.any([signal, this.#stalled.signal]);
    const response = await this.#wire(() => fetch(url, { ...init, signal: either }));
    refuseBadStatus(response.status, url, kind);
    return response;
  }

  /** The body, piece by piece. Leaving the loop early drops the rest. */
  async *pieces(response: Response): AsyncGenerator<Uint8Array> {
    const reader = response.body?.getReader();
    if (reader === undefined) return;
    try {
      for (;;) {
        const piece = await this.#wire(() => reader.read());
        if (piece.done) return;
        yield piece.value;
      }
    } finally {
      // The stream may have failed already, and then it says so once more.
      await reader.cancel().catch(() => undefined);
    }
  }

  close(): void {
    this.#callOff();
  }

  /** Waits for the other side with patience, and gives its failures our names. */
  async #wire<T>(wait: () => Promise<T>): Promise<T> {
    this.#callOff();
    this.#callOff = this.network.clock.after(this.patienceMs, () => {
      this.#stalled.abort();
    });
    try {
      return await wait();
    } catch {
      if (this.network.signal.aborted) throw new CancelledError();
      const seconds = this.patienceMs / 1000;
      if (this.#stalled.signal.aborted) throw new NetworkLost(`nothing came for ${seconds} seconds`, { why: "stalled", seconds });
      throw new NetworkLost("the connection broke", { why: "broke" });
    }
  }
}

function refuseBadStatus(status: number, url: URL, kind: FileKind): void {
  if ((status >= 200 && status < 300) || status === 416) return;
  if ([408, 425, 429].includes(status) || status >= 500) throw new NetworkLost(`the server answered ${status}`, { why: "answered", status });
  if (status === 404 || status === 410) {
    throw new BundleError(
      [`${kind}-missing`, { path: url.pathname, status }],
      `The server has no file ${url.pathname} (status ${status}).`,
      "The bundle on the server is incomplete: build it (`excerpt build`), publish all its files, then try again. What was fetched so far is kept.",
    );
  }
  throw new BundleError(
    [`${kind}-refused`, { path: url.pathname, status }],
    `The server refused the file ${url.pathname} (status ${status}).`,
    "Check that you are signed in to this site where it asks for that, and that the server may serve this file; then try again.",
  );
}
