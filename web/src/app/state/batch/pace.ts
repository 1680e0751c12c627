/** How fast documents are read here, to say how long the others take. A long one takes longer than a short one. */

import { signal } from "@preact/signals";
import type { DocumentHead } from "../../store/tables.js";

/** So many of the last documents say how fast it goes. */
const OF_LATE = 20;

/** What a document takes that does not depend on its length, in characters. */
const FIXED = 500;

export class Pace {
  readonly #lengths = new Map<string, number>();
  readonly #took = signal<readonly { readonly characters: number; readonly ms: number }[]>([]);

  /** Notes how long a document is. */
  weigh(head: DocumentHead | undefined): void {
    if (head?.status.state === "ready") this.#lengths.set(head.id, head.status.characters);
  }

  took(documentId: string, ms: number): void {
    this.#took.value = [...this.#took.value, { characters: this.#weight(documentId), ms }].slice(-OF_LATE);
  }

  /** For documents of which a share is left, in milliseconds; null before one was read. */
  remaining(open: readonly { readonly documentId: string; readonly left: number }[]): number | null {
    const { value: took } = this.#took;
    if (took.length === 0) return null;
    const characters = took.reduce((sum, one) => sum + one.characters, 0);
    const pace = took.reduce((sum, one) => sum + one.ms, 0) / characters;
    return open.reduce((sum, { documentId, left }) => sum + this.#weight(documentId) * left, 0) * pace;
  }

  #weight(documentId: string): number {
    return FIXED + (this.#lengths.get(documentId) ?? 0);
  }
}
