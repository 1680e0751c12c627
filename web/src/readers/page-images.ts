/** The pages of a document as pictures, drawn when they are looked at. */

export interface PageImages {
  /**
   * Draws a page, upright and as wide as asked, in pixels.
   *
   * @param number from 1
   * @throws CancelledError when the signal ends it; InputError where the page is damaged
   */
  draw(number: number, canvas: HTMLCanvasElement, width: number, signal: AbortSignal): Promise<void>;
  /** Gives back the memory; nothing can be drawn after that. */
  close(): void;
}

/** What of a document is needed to show its pages. */
export interface PagedFile {
  readonly name: string;
  readonly original: Blob;
  readonly password?: string;
}

/** No side is longer, in pixels: more is not seen, and costs four bytes each. */
export const LONGEST_SIDE = 2400;
