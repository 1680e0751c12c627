/** What every reader gets and gives. A reader is one function; where it runs is the registry's affair. */

import type { Reading } from "../shared/document.js";

/** What is used of a File; also an attachment. */
export interface SourceFile {
  readonly name: string;
  readonly size: number;
  /** The media type as somebody stated it; may be empty or wrong. */
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** How far a file has been read, in pages. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** For a file that asked for one. */
  readonly password?: string;
}

/** Starts the workers that readers need; the page alone may say where their scripts are. */
export interface ReaderWorkers {
  /** Runs `worker/worker.ts`. */
  formats(): Worker;
  /** Runs `worker/recognise.ts`. */
  recogniser(): Worker;
  /** Runs pdf.js. */
  pdf(): Worker;
}

/**
 * Reads a file whose kind is known.
 *
 * @throws InputError naming the file and what is wrong with it; CancelledError
 */
export type Reader = (file: SourceFile, bytes: Uint8Array<ArrayBuffer>, workers: ReaderWorkers, options: ReadOptions) => Promise<Reading>;
