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
 * A message says what happened, with the value, and what to do. It never carries document text.
 * Errors cross the worker border as `ErrorData`; a class never does.
 */

export type ErrorKind = "input" | "bundle" | "device" | "cancelled" | "internal";

/** What crosses `postMessage`: plain data, no stack, no document text. */
export interface ErrorData {
  readonly kind: ErrorKind;
  /** Stable, for tests and for translation: `empty-text`, `shard-mismatch`, … */
  readonly code: string;
  readonly message: string;
  /** What the reader can do about it; shown beside the message. */
  readonly advice: string;
  /** A place in the schema (JSON pointer), where the error has one. */
  readonly place?: string;
}

export class ExcerptError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly advice: string,
    readonly place?: string,
  ) {
    super(message);
    this.name = new.target.name;
  }

  toData(): ErrorData {
    const { kind, code, message, advice, place } = this;
    return place === undefined ? { kind, code, message, advice } : { kind, code, message, advice, place };
  }

  /** The error again, on the other side of the border. */
  static fromData(data: ErrorData): ExcerptError {
    return new ExcerptError(data.kind, data.code, data.message, data.advice, data.place);
  }
}

export class InputError extends ExcerptError {
  constructor(code: string, message: string, advice: string, place?: string) {
    super("input", code, message, advice, place);
  }
}

export class BundleError extends ExcerptError {
  constructor(code: string, message: string, advice: string) {
    super("bundle", code, message, advice);
  }
}

export class DeviceError extends ExcerptError {
  constructor(code: string, message: string, advice: string) {
    super("device", code, message, advice);
  }
}

export class CancelledError extends ExcerptError {
  constructor() {
    super("cancelled", "cancelled", "Stopped.", "Press Extract to start again.");
  }
}

export class InternalError extends ExcerptError {
  constructor(code: string, message: string) {
    super("internal", code, message, "Reload the page and try again. If it happens again, please report the code.");
  }
}

/** Wraps whatever was thrown, at the border, so that no foreign error travels further. */
export function asExcerptError(thrown: unknown): ExcerptError {
  if (thrown instanceof ExcerptError) return thrown;
  if (thrown instanceof DOMException && thrown.name === "AbortError") return new CancelledError();
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return new InternalError("unexpected", `Something failed that should not (${name}).`);
}
