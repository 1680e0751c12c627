/** A pause in which the worker hears its messages. */

import { CancelledError } from "../shared/errors.js";

/**
 * Lets waiting messages in, a cancel among them. A microtask would not.
 *
 * @throws CancelledError once the signal is aborted
 */
export async function breathe(signal: AbortSignal): Promise<void> {
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
