/** How the document is looked at: as its text, or as its pages; and how large these are. */

import { signal } from "@preact/signals";

export type Looks = "text" | "pages";

export const ZOOMS = [1, 1.5, 2] as const;
export type Zoom = (typeof ZOOMS)[number];

export class DocumentView {
  /** What the reader asked for; null until then: the text while it can be edited, the pages once values stand on them. */
  readonly wanted = signal<Looks | null>(null);
  readonly zoom = signal<Zoom>(1);

  /** Larger, and after the largest as wide as the pane again. */
  enlarge(): void {
    this.zoom.value = ZOOMS[(ZOOMS.indexOf(this.zoom.value) + 1) % ZOOMS.length] ?? 1;
  }
}
