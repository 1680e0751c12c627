/** A document and places in it. Offsets are UTF-16 code units here; Python counts code points. */

import type { Notice } from "./notice.js";

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

/** What a file was found to hold. Everything about places refers to `text`. */
export interface Reading {
  readonly text: string;
  /** All its pages or sheets in their order; empty where a file has none. */
  readonly parts: readonly Part[];
  /** What was not read, or not surely, for the reader to know. */
  readonly warnings: readonly Warning[];
  /** Files within the file: documents of their own. */
  readonly attachments: readonly Attachment[];
}

/** A piece of a document that people can name. */
export interface Part {
  /** "Page 3", "Sheet “June”". */
  readonly label: string;
  readonly span: Span;
  /** Where its words stand, if it has a picture. */
  readonly layout: PageLayout | null;
}

export interface PageLayout {
  /** Of the upright page, in the file's own unit (points in a PDF, pixels in a picture). */
  readonly width: number;
  readonly height: number;
  readonly words: readonly WordBox[];
}

/** A word's place in the text and its box on the page, as fractions of the page's width and height from its upper left corner. */
export interface WordBox {
  readonly span: Span;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Warning extends Notice {
  /** Stable, for tests and for programs. */
  readonly code: string;
}

export interface Attachment {
  readonly name: string;
  /** Its media type as the file states it. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The longest text taken in one piece, in UTF-16 code units (1 MB of ASCII). */
export const MAX_TEXT_LENGTH = 1_000_000;
