/** A document and places in it. Offsets are UTF-16 code units here; Python counts code points. */

/** `start` inclusive, `end` exclusive, in UTF-16 code units of the document's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface SourceDocument {
  /** Chosen by the caller; results and cached prefixes are told apart by it. */
  readonly id: string;
  readonly text: string;
}

/** The longest text taken in one piece, in UTF-16 code units (1 MB of ASCII). */
export const MAX_TEXT_LENGTH = 1_000_000;
