/**
 * What is noted of the work to know how well it goes: times, bytes, and whether a person agreed. No text of a
 * document, no name of a file or a field, and no value is among it.
 */

/** A file was taken apart. */
export interface ReadingMeasure {
  readonly kind: "reading";
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  /** The error's code; null where the file was read. */
  readonly error: string | null;
}

/** A document was asked. */
export interface RunMeasure {
  readonly kind: "run";
  /** The result's id. */
  readonly id: string;
  /** When it began: milliseconds since 1970. */
  readonly at: number;
  readonly status: "done" | "failed" | "cancelled";
  readonly error: string | null;
  readonly tier: string;
  readonly why: string;
  /** It did not run on what was tried first: a tier that failed before, or a second try. */
  readonly fell: boolean;
  readonly model: string;
  /** From its beginning to its end; `prefillMs` may have been spent before that. */
  readonly ms: number;
  readonly prefillMs: number;
  readonly decodeMs: number;
  readonly tokens: number;
  readonly fields: number;
  readonly memory: Memory | null;
  readonly answers: readonly Answer[];
}

/** How much memory the page took, its workers included where the browser says so (`all`), or its own scripts (`page`). */
export interface Memory {
  readonly bytes: number;
  readonly of: "all" | "page";
}

/** An answer that a person has looked at. */
export interface Answer {
  readonly confidence: number;
  readonly verdict: "accepted" | "corrected" | "cleared";
}

export type Measure = ReadingMeasure | RunMeasure;
