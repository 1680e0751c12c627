/**
 * Every error a person can meet, in one leaf file.
 *
 * ExcerptError
 * ├── InputError      the document or the schema cannot be used      (the reader can mend it)
 * ├── BundleError     the model's files are missing, wrong or refused (the host can mend it)
 * ├── DeviceError     this browser or machine lacks something         (another device or tier can)
 * ├── CancelledError  the reader stopped it                           (nothing to mend)
 * └── InternalError   a defect of ours                                (we can mend it)
 *
 * A message says what happened, with the value, and what to do. It never carries document text. It is English where
 * it is thrown; its wording and its values are what another language says it with (`wordings.ts`).
 * Errors cross the worker border as `ErrorData`; a class never does.
 */

import type { Told } from "./wordings.js";

export type ErrorKind = "input" | "bundle" | "device" | "cancelled" | "internal";

/** What crosses `postMessage`: plain data, no stack, no document text. */
export interface ErrorData {
  readonly kind: ErrorKind;
  /** Stable, for tests and for programs: `empty-text`, `shard-mismatch`, … */
  readonly code: string;
  /** Which text it is, for its translation: the code, or one of its texts, `empty-text/file`. Older records lack it. */
  readonly wording?: string;
  /** What the text names. */
  readonly values?: ErrorValues;
  readonly message: string;
  /** What the reader can do about it; shown beside the message. */
  readonly advice: string;
  /** A place in the schema (JSON pointer), where the error has one. */
  readonly place?: string;
}

export interface ErrorValues {
  readonly [name: string]: string | number;
}

export class ExcerptError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly advice: string;
  readonly place: string | undefined;
  readonly #data: ErrorData;

  constructor(data: ErrorData) {
    super(data.message);
    this.name = new.target.name;
    this.kind = data.kind;
    this.code = data.code;
    this.advice = data.advice;
    this.place = data.place;
    this.#data = data;
  }

  toData(): ErrorData {
    return this.#data;
  }

  /** The error again, on the other side of the border. */
  static fromData(data: ErrorData): ExcerptError {
    return new ExcerptError(data);
  }
}

export class InputError extends ExcerptError {
  constructor(told: Told, message: string, advice: string, place?: string) {
    super({ ...worded("input", told), message, advice, ...(place === undefined ? {} : { place }) });
  }
}

export class BundleError extends ExcerptError {
  constructor(told: Told, message: string, advice: string) {
    super({ ...worded("bundle", told), message, advice });
  }
}

export class DeviceError extends ExcerptError {
  constructor(told: Told, message: string, advice: string) {
    super({ ...worded("device", told), message, advice });
  }
}

export class CancelledError extends ExcerptError {
  constructor() {
    super({ ...worded("cancelled", "cancelled"), message: "Stopped.", advice: "Press Extract to start again." });
  }
}

export class InternalError extends ExcerptError {
  constructor(told: Told, message: string) {
    super({ ...worded("internal", told), message, advice: "Reload the page and try again. If it happens again, please report the code." });
  }
}

function worded(kind: ErrorKind, told: Told): Pick<ErrorData, "kind" | "code" | "wording" | "values"> {
  if (typeof told === "string") return { kind, code: codeOf(told), wording: told };
  const [wording, values] = told;
  return { kind, code: codeOf(wording), wording, values };
}

function codeOf(wording: string): string {
  return wording.split("/", 1)[0] ?? wording;
}

/** Wraps whatever was thrown, at the border, so that no foreign error travels further. */
export function asExcerptError(thrown: unknown): ExcerptError {
  if (thrown instanceof ExcerptError) return thrown;
  if (thrown instanceof DOMException && thrown.name === "AbortError") return new CancelledError();
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return new InternalError(["unexpected", { name }], `Something failed that should not (${name}).`);
}
