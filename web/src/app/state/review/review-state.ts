/**
 * What a person makes of a result: each value accepted, corrected or cleared, and each of these undone and done again.
 *
 * - One field is chosen; keys and buttons act on it, and its place in the document is lit.
 * - What is typed, or selected in the document, has to be of the field's kind and to fit the schema.
 * - Nothing is overwritten: the model's value stays in the result, and undoing takes a person's word back.
 */

import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Span } from "../../../shared/document.js";
import { pathOf, type ResultRecord, type Review, reviewedOutput } from "../../../shared/record.js";
import type { JsonValue } from "../../../shared/schema.js";
import type { Finding } from "../../checks/finding.js";
import { type Entry, entriesOf, type LeafEntry, leavesOf, type Result } from "../../review/entries.js";
import { formAt } from "../../review/form.js";
import type { Fault } from "../../review/validity.js";
import type { LinkState } from "./link-state.js";
import { type Step, Steps } from "./steps.js";

/** What is typed into a field, and what is wrong with it. */
export interface Editing {
  readonly pointer: string;
  readonly typed: string;
  /** Where it stands in the document, if it was selected there. */
  readonly span: Span | null;
  readonly problem: EditProblem | null;
}

export type EditProblem = { readonly wanted: string } | { readonly fault: Fault };

/** The last thing that was done, to be told to those who cannot see it. */
export interface Done {
  readonly what: Review["status"] | "undone" | "redone";
  readonly pointer: string;
}

export type Order = "schema" | "doubtful";

export interface ReviewNeeds {
  readonly result: ReadonlySignal<Result | null>;
  /** The same result as it is kept; null while there is none that could take a person's word. */
  readonly record: ReadonlySignal<ResultRecord | null>;
  readonly text: ReadonlySignal<string>;
  readonly link: LinkState;
  readonly write: (field: string, review: Review | null) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What turns words into values, fetched when it is first needed. */
const loadTyping = () => Promise.all([import("../../review/typing.js"), import("../../review/validity.js")]);

export class ReviewState {
  readonly order = signal<Order>("schema");
  readonly editing = signal<Editing | null>(null);
  readonly done = signal<Done | null>(null);
  /** What the checks say of the present values. */
  readonly findings = signal<readonly Finding[]>([]);
  readonly entries = computed<readonly Entry[]>(() => (this.needs.result.value === null ? [] : entriesOf(this.needs.result.value)));
  /** All single values in the order in which they are shown. */
  readonly leaves = computed<readonly LeafEntry[]>(() => {
    const leaves = leavesOf(this.entries.value);
    return this.order.value === "schema" ? leaves : [...leaves].sort((a, b) => this.#doubt(a) - this.#doubt(b));
  });
  readonly chosen = computed(() => this.leaves.value.find(({ pointer }) => pointer === this.needs.link.chosen.value) ?? null);
  readonly open = computed(() => this.needs.record.value !== null && this.needs.result.value?.active === false);
  readonly reviewed = computed(() => this.leaves.value.filter(({ review }) => review !== null).length);
  readonly #steps = new Steps();
  readonly canUndo = computed(() => this.#steps.canGoBack(this.needs.record.value?.id));
  readonly canRedo = computed(() => this.#steps.canGoForward(this.needs.record.value?.id));

  constructor(readonly needs: ReviewNeeds) {}

  choose(pointer: string | null): void {
    batch(() => {
      this.needs.link.chosen.value = pointer;
      if (this.editing.value?.pointer !== pointer) this.editing.value = null;
    });
  }

  /** To the next field or the one before; the first or the last where none is chosen. Answers with its pointer. */
  step(by: 1 | -1): string | null {
    const leaves = this.leaves.value;
    const at = leaves.findIndex(({ pointer }) => pointer === this.chosen.value?.pointer);
    const next = at < 0 ? (by > 0 ? 0 : leaves.length - 1) : Math.min(leaves.length - 1, Math.max(0, at + by));
    const pointer = leaves[next]?.pointer ?? null;
    if (pointer !== null) this.choose(pointer);
    return pointer;
  }

  /** The model's value is right. What a person has said already stands. */
  accept(): boolean {
    const { pointer, found, review } = this.chosen.value ?? { pointer: "", found: null, review: null };
    if (!this.open.value || found === null) return false;
    if (review === null || review.status === "cleared") this.#write(pointer, "accepted", found.value, found.evidence);
    return true;
  }

  /** There is no such value. What a person added alone is taken back. */
  clear(): void {
    const leaf = this.chosen.value;
    if (!this.open.value || leaf === null) return;
    if (leaf.state !== "unsought" || leaf.review === null) this.#write(leaf.pointer, "cleared", null, null);
    else this.#record({ pointer: leaf.pointer, what: "cleared" }, null);
  }

  /** Takes a row out of its list. */
  removeRow(pointer: string): void {
    if (this.open.value) this.#write(pointer, "cleared", null, null);
  }

  /** Opens the field for typing. */
  edit(typed: string): void {
    const leaf = this.chosen.value;
    if (this.open.value && leaf !== null) this.editing.value = { pointer: leaf.pointer, typed, span: null, problem: null };
  }

  type(typed: string): void {
    const { value } = this.editing;
    if (value !== null) this.editing.value = { ...value, typed, span: null, problem: null };
  }

  giveUp(): void {
    this.editing.value = null;
  }

  /** Takes what was typed. True where it could be. */
  async save(): Promise<boolean> {
    const { value: editing } = this.editing;
    if (editing === null) return false;
    const [{ readTyped }] = await loadTyping();
    const { pointer, typed, span } = editing;
    const read = readTyped(typed, this.#formOf(pointer), this.needs.text.value);
    return this.#correct(editing, "value" in read ? { value: read.value, span: span ?? this.#spanOf(pointer, read.value) } : read);
  }

  /** Takes words of the document for a field; where they are not of its kind, they are left to be changed by hand. */
  async assign(pointer: string, span: Span): Promise<boolean> {
    if (!this.open.value) return false;
    this.choose(pointer);
    const words = this.needs.text.value.slice(span.start, span.end);
    const [{ readWords }] = await loadTyping();
    const read = readWords(words, this.#formOf(pointer), this.needs.text.value);
    return this.#correct({ pointer, typed: words, span, problem: null }, "value" in read ? { value: read.value, span } : read);
  }

  /** Takes the last word back. Answers with the field that it was about. */
  undo(): string | null {
    return batch(() => {
      const step = this.#steps.back(this.needs.record.value?.id);
      return step === null ? null : this.#again(step, step.before, "undone");
    });
  }

  /** Says again what was taken back last. Answers with the field that it was about. */
  redo(): string | null {
    return batch(() => {
      const step = this.#steps.forward(this.needs.record.value?.id);
      return step === null ? null : this.#again(step, step.after, "redone");
    });
  }

  /** What the checks say of a field that is likely wrong. */
  findingsOf(pointer: string): readonly Finding[] {
    return this.findings.value.filter(({ ok, fields }) => !ok && fields.includes(pointer));
  }

  async #correct(editing: Editing, read: { readonly value: JsonValue; readonly span: Span | null } | { readonly wanted: string }): Promise<boolean> {
    const { pointer } = editing;
    const problem = "value" in read ? await this.#faultOf(pointer, read.value) : read;
    if (problem !== null) {
      this.editing.value = { ...editing, problem };
      return false;
    }
    if (!("value" in read)) return false;
    const found = this.leaves.value.find((leaf) => leaf.pointer === pointer)?.found ?? null;
    const same = found !== null && found.origin !== "absent" && JSON.stringify(found.value) === JSON.stringify(read.value);
    this.#write(pointer, same ? "accepted" : "corrected", read.value, read.span);
    return true;
  }

  async #faultOf(pointer: string, value: JsonValue): Promise<EditProblem | null> {
    const { value: record } = this.needs.record;
    if (record === null) return null;
    const [, { faultAt }] = await loadTyping();
    const review: Review = { status: "corrected", value, span: null, at: 0 };
    const fault = faultAt(reviewedOutput({ ...record, reviews: { ...record.reviews, [pointer]: review } }), record.schema, pointer);
    return fault === null ? null : { fault };
  }

  #write(pointer: string, status: Review["status"], value: JsonValue, span: Span | null): void {
    this.#record({ pointer, what: status }, { status, value, span, at: this.needs.now() });
  }

  #record(done: Done, review: Review | null): void {
    const { value: record } = this.needs.record;
    if (record === null) return;
    const before = record.reviews[done.pointer] ?? null;
    batch(() => {
      this.#steps.add({ recordId: record.id, field: done.pointer, before, after: review });
      this.needs.write(done.pointer, review);
      this.done.value = done;
      this.editing.value = null;
    });
  }

  #again({ field }: Step, review: Review | null, what: "undone" | "redone"): string {
    this.needs.write(field, review);
    this.done.value = { what, pointer: field };
    this.choose(field);
    this.editing.value = null;
    return field;
  }

  #formOf(pointer: string): LeafEntry["form"] {
    return formAt(this.needs.result.value?.schema ?? {}, pathOf(pointer));
  }

  /** A value that is only written otherwise keeps its place; the words of another one stand elsewhere, or nowhere. */
  #spanOf(pointer: string, value: JsonValue): Span | null {
    const leaf = this.leaves.value.find((one) => one.pointer === pointer);
    if (leaf !== undefined && JSON.stringify(leaf.value) === JSON.stringify(value)) return leaf.span;
    const start = typeof value === "string" ? this.needs.text.value.indexOf(value) : -1;
    return start < 0 || typeof value !== "string" ? null : { start, end: start + value.length };
  }

  /** What the checks doubt comes first, then the least sure; what is still looked for comes last. */
  #doubt({ pointer, found }: LeafEntry): number {
    if (this.findingsOf(pointer).length > 0) return -1 + (found?.confidence ?? 0) / 2;
    return found?.confidence ?? 2;
  }
}
