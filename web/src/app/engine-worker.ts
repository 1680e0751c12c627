/** Starts the engine. The one place where the page names the engine, and only by its address. */

import workerUrl from "../engine/worker.ts?worker&url";
import { trustedScript } from "./trusted-script.js";

export function startEngineWorker(): Worker {
  // The DOM's types do not know Trusted Types yet; `Worker` takes a TrustedScriptURL as it takes a string.
  return new Worker(trustedScript(workerUrl) as string, { type: "module", name: "excerpt-engine" });
}
