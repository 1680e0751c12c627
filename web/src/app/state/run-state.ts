/** One extraction from the press of the button to its end, and what it has found so far. */

import { batch, signal } from "@preact/signals";
import type { Outcome } from "../../shared/batch.js";
import type { SourceDocument } from "../../shared/document.js";
import type { ExcerptError} from "../../shared/errors.js";
import { asExcerptError, type ErrorData, InputError } from "../../shared/errors.js";
import { type Extraction, type FieldResult, foundSomething } from "../../shared/extraction.js";
import type { DocumentRecord, ResultRecord } from "../../shared/record.js";
import type { ExtractEvent, LoadedModel } from "../../shared/protocol.js";
import { isObject, type JsonSchema } from "../../shared/schema.js";
import type { CallOptions } from "../engine-client.js";
import { modelOrAbort } from "./model-state.js";

export type RunStatus =
  | { readonly state: "idle" | "queued" | "done" | "cancelled" }
  | {
      readonly state: "running";
      /** Tokens of the document, or of the part under way where it is read in parts. */
      readonly read: number;
      readonly toRead: number;
      readonly done: number;
      readonly parts: Parts | null;
    }
  | { readonly state: "failed"; readonly error: ErrorData };

/** How far a long document is read. */
export interface Parts {
  readonly done: number;
  readonly of: number;
  /** About how long the others take in milliseconds; null before the first one is read. */
  readonly remainingMs: number | null;
}

/** What a run needs of the engine. */
export interface Extractor {
  check(schema: JsonSchema, options: CallOptions<"check">): Promise<unknown>;
  extract(document: SourceDocument, schema: JsonSchema, options: CallOptions<"extract">): Promise<Extraction>;
}

export interface RunOptions {
  /** Starts the model, or joins its start. */
  readonly model: () => Promise<LoadedModel>;
  /** Runs the work while telling other tabs that there is some. */
  readonly hold: (work: () => Promise<void>) => Promise<void>;
  /** Told of a run that came to an end, not of one that was stopped or never began. */
  readonly settled: (run: SettledRun) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** What a run is about, beside its text: who keeps its result needs to know. */
export interface RunSubject {
  /** Null where the text is none. */
  readonly document: Promise<DocumentRecord | null>;
  readonly schemaName: string;
}

export interface SettledRun {
  readonly subject: RunSubject;
  readonly schema: JsonSchema;
  readonly outcome: Outcome;
  readonly model: LoadedModel;
  readonly ms: number;
}

export class RunState {
  readonly status = signal<RunStatus>({ state: "idle" });
  /** The schema and the fields' names in its order, as they were when the run began. */
  readonly schema = signal<JsonSchema | null>(null);
  readonly names = signal<readonly string[]>([]);
  readonly fields = signal<readonly FieldResult[]>([]);
  readonly extraction = signal<Extraction | null>(null);
  /** Set while a cancel has been asked for and not yet answered. */
  readonly stopping = signal(false);
  #abort: AbortController | undefined;

  constructor(readonly engine: Extractor, readonly options: RunOptions) {}

  get active(): boolean {
    const { state } = this.status.value;
    return state === "queued" || state === "running";
  }

  /** Runs to the end, whatever the end is; the outcome is in `status`. */
  async start(document: SourceDocument, schema: JsonSchema, subject: RunSubject): Promise<void> {
    if (this.active) return;
    this.#begin(schema);
    const { signal } = (this.#abort = new AbortController());
    try {
      if (document.text.trim() === "") throw emptyText();
      await this.engine.check(schema, { signal });
      const model = await modelOrAbort(this.options.model(), signal);
      const tell = this.#teller({ subject, schema, model });
      await this.options.hold(() => this.#extract(document, schema, signal, tell));
    } catch (thrown) {
      this.#fail(asExcerptError(thrown));
    }
    this.stopping.value = false;
  }

  /** Ends before it began: the schema cannot be run. */
  refuse(error: ErrorData | null): void {
    if (this.active || error === null) return;
    this.#clear();
    this.status.value = { state: "failed", error };
  }

  cancel(): void {
    if (!this.active) return;
    this.stopping.value = true;
    this.#abort?.abort();
  }

  /** Forgets the result: its text is not there any more. */
  reset(): void {
    if (this.active) this.cancel();
    else if (this.status.value.state !== "idle") {
      batch(() => {
        this.#clear();
        this.status.value = { state: "idle" };
      });
    }
  }

  /** Shows what an earlier run found. */
  show({ schema, extraction, error, status }: Pick<ResultRecord, "schema" | "extraction" | "error" | "status">): void {
    if (this.active) return;
    batch(() => {
      this.#begin(schema);
      this.fields.value = extraction?.fields ?? [];
      this.extraction.value = extraction;
      this.status.value = status === "failed" && error !== null ? { state: "failed", error } : { state: "done" };
    });
  }

  #begin(schema: JsonSchema): void {
    batch(() => {
      this.#clear();
      this.schema.value = schema;
      this.names.value = isObject(schema.properties) ? Object.keys(schema.properties) : [];
      this.status.value = { state: "queued" };
    });
  }

  /** Tells how a run ended, and how long it took. */
  #teller(run: Omit<SettledRun, "outcome" | "ms">): (outcome: Outcome) => void {
    const begun = this.options.now();
    return (outcome) => { this.options.settled({ ...run, outcome, ms: this.options.now() - begun }); };
  }

  async #extract(document: SourceDocument, schema: JsonSchema, signal: AbortSignal, tell: (outcome: Outcome) => void): Promise<void> {
    this.status.value = { state: "running", read: 0, toRead: 0, done: 0, parts: null };
    try {
      const extraction = await this.engine.extract(document, schema, { signal, onEvent: (event) => { this.#receive(event); } });
      batch(() => {
        this.fields.value = extraction.fields;
        this.extraction.value = extraction;
        this.status.value = { state: "done" };
      });
      tell({ status: "done", extraction });
    } catch (thrown) {
      const error = asExcerptError(thrown);
      this.#fail(error);
      if (error.kind !== "cancelled") tell({ status: "failed", error: error.toData() });
    }
  }

  #receive(event: ExtractEvent): void {
    const { value } = this.status;
    if (value.state !== "running") return;
    batch(() => {
      switch (event.stage) {
        case "reading":
          this.status.value = { ...value, read: event.tokensRead, toRead: event.tokens };
          break;
        case "field":
          this.fields.value = [...this.fields.value, event.field];
          this.status.value = { ...value, done: event.done };
          break;
        case "window": {
          const { done, of, remainingMs, fields } = event;
          // What no part so far holds may stand in a later one.
          this.fields.value = fields.filter(foundSomething);
          this.status.value = { ...value, read: 0, toRead: 0, parts: { done, of, remainingMs } };
        }
      }
    });
  }

  #fail(error: ExcerptError): void {
    this.status.value = error.kind === "cancelled" ? { state: "cancelled" } : { state: "failed", error: error.toData() };
  }

  #clear(): void {
    this.fields.value = [];
    this.names.value = [];
    this.extraction.value = this.schema.value = null;
  }
}

function emptyText(): InputError {
  return new InputError("empty-text/yet", "There is no text yet.", "Paste or type a text, open a file, or try the example.");
}
