/**
 * The documents of a batch, one after the other. As soon as one is settled the next one is read, so the
 * model never waits for the page to show a result.
 *
 * Branches of several documents in one forward would begin here: what is asked of `one` would be asked of
 * a few documents at once.
 */

import type { SourceDocument } from "../shared/document.js";
import { asExcerptError, CancelledError } from "../shared/errors.js";
import type { Extraction } from "../shared/extraction.js";
import type { BatchEvent, ExtractEvent } from "../shared/protocol.js";

export interface QueueOptions {
  readonly signal: AbortSignal;
  readonly onEvent: (event: BatchEvent) => void;
}

/**
 * @param one extracts from one document
 * @returns how many documents were settled, those that could not be read among them
 * @throws CancelledError; what is settled by then stays told
 * @throws DeviceError: the documents that follow would fail by no fault of theirs
 */
export async function runQueue(
  documents: readonly SourceDocument[],
  one: (document: SourceDocument, onEvent: (event: ExtractEvent) => void) => Promise<Extraction>,
  { signal, onEvent }: QueueOptions,
): Promise<number> {
  for (const document of documents) {
    if (signal.aborted) throw new CancelledError();
    onEvent({ stage: "started", document: document.id });
    try {
      const extraction = await one(document, (event) => {
        onEvent({ stage: "progress", document: document.id, event });
      });
      onEvent({ stage: "settled", document: document.id, outcome: { status: "done", extraction } });
    } catch (thrown) {
      const error = asExcerptError(thrown);
      if (error.kind === "cancelled" || error.kind === "device") throw error;
      onEvent({ stage: "settled", document: document.id, outcome: { status: "failed", error: error.toData() } });
    }
  }
  return documents.length;
}
