/** The pages' texts, one after the other, and what was amiss with which page. */

import { MAX_TEXT_LENGTH, type Part, type Reading, type Warning } from "../../shared/document.js";
import { type ExcerptError, InputError } from "../../shared/errors.js";
import { type PageText, shifted } from "../layout/page-text.js";
import type { Recognised } from "../ocr/recogniser.js";
import { count, damaged } from "../problems.js";
import { damagedPages, recognised, unread, withoutText } from "../warnings.js";

export class Pages {
  #text = "";
  #parts: Part[] = [];
  readonly #empty: number[] = [];
  readonly #damaged: number[] = [];
  readonly #recognised: number[] = [];
  readonly #unread: number[] = [];
  #reason: ExcerptError | null = null;
  #leastSure = 1;

  constructor(readonly name: string, readonly of: number) {}

  /** @throws InputError `text-too-long` */
  add(number: number, { text, layout }: PageText): void {
    if (this.#text !== "" && text !== "") this.#text += "\n\n";
    const start = this.#text.length;
    this.#text += text;
    if (this.#text.length > MAX_TEXT_LENGTH) throw this.#tooLong(number);
    this.#parts.push({ label: `Page ${number}`, span: { start, end: this.#text.length }, layout: { ...layout, words: shifted(layout.words, start) } });
  }

  /** A page without a text of its own. */
  addRecognised(number: number, recognised: Recognised): void {
    if (recognised.text.trim() === "") this.#empty.push(number);
    else {
      this.#recognised.push(number);
      this.#leastSure = Math.min(this.#leastSure, recognised.confidence);
    }
    this.add(number, recognised);
  }

  addDamaged(number: number): void {
    this.#damaged.push(number);
    this.#addBare(number);
  }

  /** A picture that could not be read, and why: the device lacks what it takes. */
  addUnread(number: number, reason: ExcerptError): void {
    this.#unread.push(number);
    this.#reason = reason;
    this.#addBare(number);
  }

  /** A page has its place among the others even where nothing is known of it. */
  #addBare(number: number): void {
    this.#parts.push({ label: `Page ${number}`, span: { start: this.#text.length, end: this.#text.length }, layout: null });
  }

  /** @throws InputError where no page has a text */
  reading(): Reading {
    if (this.#damaged.length === this.of) throw damaged(this.name, "pdf");
    if (this.#text === "") throw this.#reason ?? this.#noText();
    return { text: this.#text, parts: this.#parts, warnings: this.#warnings(), attachments: [] };
  }

  #warnings(): Warning[] {
    const warnings: Warning[] = [];
    if (this.#recognised.length > 0) warnings.push(recognised(this.#recognised, this.#leastSure));
    if (this.#reason !== null) warnings.push(unread(this.#unread, this.#reason));
    if (this.#empty.length > 0) warnings.push(withoutText(this.#empty));
    if (this.#damaged.length > 0) warnings.push(damagedPages(this.#damaged));
    return warnings;
  }

  #noText(): InputError {
    const { name, of } = this;
    const pages = of === 1 ? "its page" : `any of its ${count(of)} pages`;
    return new InputError(of === 1 ? ["empty-text/page", { name }] : ["empty-text/pages", { name, pages: of }], `“${name}” has no text layer, and no text could be recognised on ${pages}.`, "Choose another file, or paste the text. What was here before is kept.");
  }

  #tooLong(number: number): InputError {
    const message = `“${this.name}” has more text in its first ${count(number)} of ${count(this.of)} pages than the ${count(MAX_TEXT_LENGTH)} characters that are taken in one piece.`;
    return new InputError(["text-too-long/pages", { name: this.name, page: number, of: this.of, most: MAX_TEXT_LENGTH }], message, "Split it, and take the part that matters. What was here before is kept.");
  }
}
