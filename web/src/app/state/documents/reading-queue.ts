/** Reads files one after the other; each may be stopped. */

import type { Progress, ReadOptions, SourceFile } from "../../../readers/source.js";
import type { Reading } from "../../../shared/document.js";
import { asExcerptError, type ExcerptError } from "../../../shared/errors.js";

/** How a file becomes text. */
export type ReadFile = (file: SourceFile, options: ReadOptions) => Promise<Reading>;

/** What a queue is told and tells. */
export interface Readers {
  /** The next file to be read. */
  next(): Promise<Job | undefined>;
  begun(id: string, progress: Progress | null): void;
  read(id: string, reading: Reading): Promise<void>;
  failed(id: string, error: ExcerptError): Promise<void>;
}

export interface Job {
  readonly id: string;
  readonly file: SourceFile;
  readonly password?: string;
}

export class ReadingQueue {
  #underWay: { readonly id: string; readonly abort: AbortController } | null = null;
  #running = false;

  constructor(readonly read: ReadFile, readonly readers: Readers) {}

  isReading(id: string): boolean {
    return this.#underWay?.id === id;
  }

  /** Goes on until nothing waits; joins a run that is under way. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let job = await this.readers.next(); job !== undefined; job = await this.readers.next()) await this.#one(job);
    } finally {
      this.#running = false;
    }
  }

  /** Stops reading one file, or whichever it is. */
  stop(id?: string): void {
    if (id === undefined || this.isReading(id)) this.#underWay?.abort.abort();
  }

  async #one({ id, file, password }: Job): Promise<void> {
    const abort = new AbortController();
    this.#underWay = { id, abort };
    this.readers.begun(id, null);
    const onProgress = (progress: Progress): void => { this.readers.begun(id, progress); };
    try {
      const reading = await this.read(file, { signal: abort.signal, onProgress, ...(password === undefined ? {} : { password }) });
      await this.readers.read(id, reading);
    } catch (thrown) {
      await this.readers.failed(id, asExcerptError(thrown));
    }
    this.#underWay = null;
  }
}
