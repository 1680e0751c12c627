/**
 * The words of the document that a reader has selected, in the text or on a page, by mouse, finger or key.
 * A mouse may select letters; keys and pages select words.
 */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Span } from "../../../shared/document.js";
import { type Way, WordList } from "../../review/words.js";

interface Ends {
  /** Numbers of words: where the selection began, and where it is now. */
  readonly anchor: number;
  readonly focus: number;
}

export class SelectionState {
  readonly #taken = signal<{ readonly span: Span; readonly text: string } | null>(null);
  /** Forgotten when the text becomes another one. */
  readonly span = computed(() => (this.#taken.value?.text === this.text.value ? this.#taken.value.span : null));
  readonly words = computed(() => (this.span.value === null ? "" : this.text.value.slice(this.span.value.start, this.span.value.end)));
  readonly list = computed(() => new WordList(this.text.value));
  #ends: Ends | null = null;
  #byHand = false;

  constructor(readonly text: ReadonlySignal<string>) {}

  /** Whether the browser shows the selection already, and may be further with it than what is known here. */
  get byHand(): boolean {
    return this.#byHand;
  }

  /** Takes a stretch of text that the browser shows as selected, without the blanks around it. */
  take({ start, end }: Span): void {
    this.#byHand = true;
    const words = this.text.value.slice(start, end);
    const from = start + words.length - words.trimStart().length;
    const to = from + words.trim().length;
    if (from >= to) this.#ends = this.#taken.value = null;
    else this.#set({ start: from, end: to }, { anchor: this.list.value.at(from), focus: this.list.value.at(to - 1) });
  }

  /** Selects the word at an offset; with `extend` all from where the selection began. */
  point(offset: number, extend = false): void {
    const focus = this.list.value.at(offset);
    this.#take({ anchor: extend && this.span.value !== null && this.#ends !== null ? this.#ends.anchor : focus, focus });
  }

  /** Moves by a word or a line, from `start` where nothing is selected yet. */
  step(way: Way, extend: boolean, start = 0): void {
    const list = this.list.value;
    if (this.#ends === null || this.span.value === null) {
      this.#take({ anchor: list.at(start), focus: list.at(start) });
      return;
    }
    const focus = list.step(this.#ends.focus, way);
    this.#take({ anchor: extend ? this.#ends.anchor : focus, focus });
  }

  clear(): void {
    this.#byHand = false;
    this.#ends = this.#taken.value = null;
  }

  #take(ends: Ends): void {
    this.#byHand = false;
    const span = this.list.value.between(ends.anchor, ends.focus);
    if (span !== null) this.#set(span, ends);
  }

  #set(span: Span, ends: Ends): void {
    this.#ends = ends;
    const { value } = this.span;
    if (value?.start !== span.start || value.end !== span.end) this.#taken.value = { span, text: this.text.value };
  }
}
