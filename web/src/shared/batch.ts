/** What becomes of the documents of a batch. */

import type { ErrorData } from "./errors.js";
import type { Extraction } from "./extraction.js";

/** A document that was read, or could not be. */
export type Outcome =
  | { readonly status: "done"; readonly extraction: Extraction }
  | { readonly status: "failed"; readonly error: ErrorData };

/** `skipped`: not asked for. `cancelled`: the batch was stopped before this document was done. */
export type BatchItem = { readonly id: string } & (Outcome | { readonly status: "skipped" | "cancelled" });
