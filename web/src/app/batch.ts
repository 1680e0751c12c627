/**
 * A batch of documents, whatever becomes of the worker: what is settled stays, and after a crash the batch goes
 * on with the first document that is not. One that was under way in two crashes is given up.
 */

import type { BatchItem, Outcome } from "../shared/batch.js";
import type { SourceDocument } from "../shared/document.js";
import { asExcerptError, InputError, type ExcerptError } from "../shared/errors.js";
import type { BatchEvent } from "../shared/protocol.js";

export interface BatchOptions {
  /** Told of each document as soon as it is settled. */
  readonly onResult?: (item: BatchItem) => void;
  readonly onEvent?: (event: BatchEvent) => void;
  readonly signal?: AbortSignal;
  /** Ids of documents that are not to be read: those of an earlier run, say. */
  readonly skip?: Iterable<string>;
}

/** How a batch asks the engine. */
export interface BatchEngine {
  /** Reads documents one after the other; rejects where the engine stops. */
  ask(documents: readonly SourceDocument[], onEvent: (event: BatchEvent) => void): Promise<unknown>;
  /** Makes sure that the next `ask` begins with an engine that has not failed. */
  restart(): void;
}

/** A document that two engines died of is not given to a third. */
const MOST_CRASHES = 2;

/**
 * One item for each document, in their order, also after a cancel.
 *
 * @throws InputError where two documents have the same id, or for a schema that cannot be enforced
 */
export async function runBatch(documents: readonly SourceDocument[], engine: BatchEngine, options: BatchOptions): Promise<BatchItem[]> {
  const batch = new Batch(documents, options);
  while (batch.open.length > 0 && options.signal?.aborted !== true) {
    try {
      await engine.ask(batch.open, (event) => { batch.receive(event); });
    } catch (thrown) {
      if (!batch.recover(asExcerptError(thrown))) break;
      engine.restart();
    }
  }
  return batch.items();
}

class Batch {
  readonly #settled = new Map<string, BatchItem>();
  readonly #crashes = new Map<string, number>();
  #underWay: string | null = null;

  constructor(readonly documents: readonly SourceDocument[], readonly options: BatchOptions) {
    const ids = new Set<string>();
    for (const { id } of documents) {
      if (ids.has(id)) throw new InputError(["double-document", { id }], `Two documents have the id “${id}”.`, "Give each document an id of its own.");
      ids.add(id);
    }
    for (const id of options.skip ?? []) if (ids.has(id)) this.#settled.set(id, { id, status: "skipped" });
  }

  /** The documents that are still to be read. */
  get open(): SourceDocument[] {
    return this.documents.filter(({ id }) => !this.#settled.has(id));
  }

  items(): BatchItem[] {
    return this.documents.map(({ id }) => this.#settled.get(id) ?? { id, status: "cancelled" });
  }

  receive(event: BatchEvent): void {
    if (event.stage === "started") this.#underWay = event.document;
    if (event.stage === "settled") this.#settle(event.document, event.outcome);
    this.options.onEvent?.(event);
  }

  /** Whether the batch goes on. Throws what concerns every document. */
  recover(error: ExcerptError): boolean {
    if (error.kind === "cancelled") return false;
    if (error.kind === "input") throw error;
    const id = this.#underWay;
    this.#underWay = null;
    if (error.kind !== "device" || id === null) return this.#giveUp(error);
    const crashes = (this.#crashes.get(id) ?? 0) + 1;
    this.#crashes.set(id, crashes);
    if (crashes >= MOST_CRASHES) this.#settle(id, { status: "failed", error: error.toData() });
    return true;
  }

  /** The engine does not even start: what is settled stays, the others fail with the reason. */
  #giveUp(error: ExcerptError): boolean {
    for (const { id } of this.open) this.#settle(id, { status: "failed", error: error.toData() });
    return false;
  }

  #settle(id: string, outcome: Outcome): void {
    const item = { id, ...outcome };
    this.#underWay = null;
    this.#settled.set(id, item);
    this.options.onResult?.(item);
  }
}
