/**
 * How much memory the page takes. Chromium measures a page that is isolated from other sites wholly, workers and
 * WebAssembly included, when it next collects garbage; elsewhere it tells the heap of the page's own scripts;
 * other browsers tell nothing.
 */

import type { Memory } from "../../shared/measure.js";

/** What of `performance` not every browser has. */
interface Measuring {
  readonly measureUserAgentSpecificMemory?: () => Promise<{ readonly bytes: number }>;
  readonly memory?: { readonly usedJSHeapSize: number };
}

export type MeasureMemory = () => Promise<Memory | null>;

export async function measureMemory(measuring: Measuring = performance as Measuring, isolated = globalThis.crossOriginIsolated): Promise<Memory | null> {
  try {
    if (isolated && measuring.measureUserAgentSpecificMemory !== undefined) {
      return { bytes: (await measuring.measureUserAgentSpecificMemory()).bytes, of: "all" };
    }
  } catch {
    // Refused in this frame or at this time: what follows is better than nothing.
  }
  return measuring.memory === undefined ? null : { bytes: measuring.memory.usedJSHeapSize, of: "page" };
}
