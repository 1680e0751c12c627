/** Starts the readers' workers. The one place where the page names them, and only by their address. */

import pdfUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import recogniseUrl from "../readers/worker/recognise.ts?worker&url";
import formatsUrl from "../readers/worker/worker.ts?worker&url";
import type { ReaderWorkers } from "../readers/source.js";
import { trustedScript } from "./trusted-script.js";

export const readerWorkers: ReaderWorkers = {
  formats: () => start(formatsUrl, "excerpt-formats"),
  recogniser: () => start(recogniseUrl, "excerpt-recogniser"),
  pdf: () => start(pdfUrl, "excerpt-pdf"),
};

function start(address: string, name: string): Worker {
  // The DOM's types do not know Trusted Types yet; `Worker` takes a TrustedScriptURL as it takes a string.
  return new Worker(trustedScript(address) as string, { type: "module", name });
}
