/** The document on the page: its text, and what was wrong with the last one offered. */

import { computed, signal } from "@preact/signals";
import { withPlainLineEnds } from "../../readers/decode.js";
import { tooLong } from "../../readers/problems.js";
import { MAX_TEXT_LENGTH, type SourceDocument } from "../../shared/document.js";
import type { ErrorData } from "../../shared/errors.js";
import { keep, type KeyValueStore } from "./storage.js";

const TEXT_KEY = "excerpt.text";

export class DocumentState {
  readonly text = signal("");
  readonly problem = signal<ErrorData | null>(null);
  /** False where the text was too long for the browser's store: a reload would lose it. */
  readonly kept = signal(true);
  /** The same text has the same id for as long as it stays; a changed one gets a new id. */
  readonly document = computed<SourceDocument>(() => ({ id: `text-${this.#nextId()}`, text: this.text.value }));
  #revision = 0;

  constructor(readonly store: KeyValueStore) {
    this.text.value = store.getItem(TEXT_KEY) ?? "";
  }

  /** Takes a text over; refuses one that is too long, says so, and keeps what was there. */
  setText(text: string): boolean {
    const plain = withPlainLineEnds(text);
    const fits = plain.length <= MAX_TEXT_LENGTH;
    this.problem.value = fits ? null : tooLong(plain.length).toData();
    if (fits) this.text.value = plain;
    return fits;
  }

  clear(): void {
    this.setText("");
    this.save();
  }

  /** Writes the draft so that it survives a reload of this tab. */
  save(): void {
    this.kept.value = keep(this.store, TEXT_KEY, this.text.value);
    // An older, shorter draft must not come back in place of this one.
    if (!this.kept.value) keep(this.store, TEXT_KEY, "");
  }

  #nextId(): number {
    this.#revision += 1;
    return this.#revision;
  }
}
