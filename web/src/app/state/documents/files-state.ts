/**
 * The opened documents: files, what was within them, and texts that made room for them. The list holds no
 * text: what was read is in the store, and only the shown document is in memory.
 *
 * - Files are read one after the other; the first that can be shown is, unless the engine is at work.
 * - A file that cannot be read keeps its place in the list, with the reason.
 * - A text that stands in the box when a document is shown becomes a document itself: nothing is lost.
 * - What is edited in the box belongs to the document that was chosen. Results refer to places in a text, so a
 *   document that has some is not changed: its edited text becomes a document of its own, in its place.
 */

import { batch, computed, signal } from "@preact/signals";
import type { SourceFile } from "../../../readers/source.js";
import type { Attachment, Reading } from "../../../shared/document.js";
import type { ExcerptError } from "../../../shared/errors.js";
import type { DocumentRecord } from "../../../shared/record.js";
import type { DocumentStore } from "../../store/documents.js";
import type { DeskRecord, HeadStatus } from "../../store/tables.js";
import type { DocumentState } from "../document-state.js";
import { DocumentList, headWith, type OpenedDocument } from "./document-list.js";
import { failedStatus, fileOf, headOfFile, headOfText, originalOf, plainReading, readyStatus } from "./heads.js";
import { type Job, type ReadFile, ReadingQueue } from "./reading-queue.js";

export type { FileStatus, OpenedDocument } from "./document-list.js";
export type { ReadFile } from "./reading-queue.js";

export interface FilesOptions {
  readonly read: ReadFile;
  readonly store: DocumentStore;
  /** True while the engine works on the shown document, which may not change under it. */
  readonly busy: () => boolean;
  /** Whether there are results that refer to a document. */
  readonly hasResults: (id: string) => Promise<boolean>;
  /** Told of documents that were taken off the list. */
  readonly released: (ids: readonly string[]) => Promise<void>;
  /** What a text is called that was typed and never had a name. */
  readonly typedName: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export class FilesState {
  readonly #list = new DocumentList();
  readonly documents = this.#list.documents;
  /** The document in the box, whole, as it was read; null for a text that was typed there. */
  readonly shown = signal<DocumentRecord | null>(null);
  readonly chosenId = computed(() => this.shown.value?.id ?? null);
  readonly chosen = computed(() => this.documents.value.find(({ id }) => id === this.chosenId.value) ?? null);
  /** Files of this visit, until they are read. */
  readonly #files = new Map<string, SourceFile>();
  readonly #passwords = new Map<string, string>();
  readonly #queue: ReadingQueue;
  /** Writes follow each other in the order in which they were asked for. */
  #writing: Promise<unknown> = Promise.resolve();
  #keeping: Promise<unknown> = Promise.resolve();
  #keepsEdits = false;
  /** Counts what was asked to be shown; only the last is. */
  #turn = 0;
  /** Whether the next document that can be read is to be shown. */
  #showNext = false;

  constructor(readonly source: DocumentState, readonly options: FilesOptions) {
    this.#queue = new ReadingQueue(options.read, {
      next: () => this.#next(),
      begun: (id, progress) => { this.#list.set(id, { state: "reading", progress }); },
      read: (id, reading) => this.#taken(id, reading),
      failed: (id, error) => this.#failed(id, error),
    });
  }

  /** Puts files on the list and reads them. */
  open(files: readonly SourceFile[]): void {
    if (files.length === 0) return;
    this.source.problem.value = null;
    this.#showNext = true;
    this.#addFiles(files, null);
    void this.#queue.run();
  }

  /** A text as a document of its own, shown at once where it may be. */
  async openText(text: string, name: string): Promise<void> {
    if (this.options.busy()) return;
    if (this.source.text.value.trim() === "" && this.shown.value === null) this.source.setText(text);
    else await this.choose((await this.#addText(text, name)).id);
  }

  /** Shows a document that has been read. */
  async choose(id: string): Promise<void> {
    const wanted = this.#list.find(id);
    if (wanted?.status.state !== "ready" || id === this.chosenId.value || this.options.busy()) return;
    const turn = (this.#turn += 1);
    const record = await this.#record(id);
    if (record === undefined || turn !== this.#turn) return;
    await this.#show(record);
  }

  /** Tries a password on a file that asked for one. */
  unlock(id: string, password: string): void {
    if (this.#list.find(id)?.status.state !== "locked" || this.#queue.isReading(id)) return;
    if (this.chosenId.value === null) this.#showNext = true;
    this.#passwords.set(id, password);
    this.#list.set(id, { state: "waiting" });
    void this.#queue.run();
  }

  /** Takes a document off the list; stops its reading. The box keeps its text only if it is another's. */
  async remove(id: string): Promise<void> {
    if (id === this.chosenId.value && this.options.busy()) return;
    const wasShown = id === this.chosenId.value;
    this.#queue.stop(id);
    batch(() => {
      this.#list.remove(id);
      if (wasShown) this.#empty();
    });
    await this.#release([id]);
    const another = this.#list.first("ready");
    if (wasShown && another !== undefined) await this.choose(another.id);
  }

  /** Empties list and box. */
  async clear(): Promise<void> {
    const ids = this.documents.value.map(({ id }) => id);
    this.#queue.stop();
    batch(() => {
      this.documents.value = [];
      this.#empty();
    });
    await this.#release(ids);
  }

  /** Opens a document that is in the store, and shows it. */
  async reopen(id: string): Promise<boolean> {
    const head = await this.options.store.head(id);
    if (head === undefined) return false;
    if (this.#list.find(id) === undefined) this.#list.insert([head]);
    await this.choose(id);
    return this.chosenId.value === id;
  }

  /** Puts on the list what lay on the desk. A draft of the same tab is an edit of what was shown there. */
  async restore({ documentIds, chosenId }: DeskRecord, sameTab: boolean): Promise<void> {
    const heads = (await Promise.all(documentIds.map((id) => this.options.store.head(id)))).filter((head) => head !== undefined);
    const record = chosenId === null ? undefined : await this.options.store.get(chosenId);
    const draft = this.source.text.value;
    batch(() => {
      this.documents.value = [...heads, ...this.documents.value];
      if (record === undefined || this.shown.value !== null || (draft !== "" && !sameTab)) return;
      if (draft !== "" || this.source.setText(record.reading.text)) this.shown.value = record;
    });
    void this.#queue.run();
  }

  /** True while the text in the box is being kept: what is shown may become another document then, with that very text. */
  get keepsEdits(): boolean {
    return this.#keepsEdits;
  }

  /** What stands in the box, as a document that results can refer to; null where there is no text. */
  async settle(): Promise<DocumentRecord | null> {
    await this.keepEdits(true);
    return this.shown.value;
  }

  /** Keeps what was edited in the box; with `typed` also a text that is no document yet. */
  keepEdits(typed = false): Promise<void> {
    const kept = this.#keeping.then(async () => {
      this.#keepsEdits = true;
      await this.#keepEdits(typed).finally(() => { this.#keepsEdits = false; });
    });
    this.#keeping = kept.catch(() => undefined);
    return kept;
  }

  async #keepEdits(typed: boolean): Promise<void> {
    const { shown: { value: record }, source: { text: { value: text } } } = this;
    if (record === null) {
      if (typed && text.trim() !== "") this.shown.value = await this.#addText(text, this.options.typedName());
    } else if (record.reading.text !== text && this.#list.find(record.id) !== undefined) {
      if (await this.options.hasResults(record.id)) await this.#fork(record, text);
      else await this.#edit(record, text);
    }
  }

  /** Places of pages and words are those of the text as it was read. */
  async #edit(record: DocumentRecord, text: string): Promise<void> {
    const reading: Reading = { ...record.reading, text, parts: [] };
    this.#list.set(record.id, readyStatus(reading));
    const head = this.#list.find(record.id);
    if (head !== undefined) await this.#write(() => this.options.store.putReading(headWith(head, readyStatus(reading)), reading));
    if (this.shown.value?.id === record.id) this.shown.value = { ...record, reading };
  }

  async #fork(record: DocumentRecord, text: string): Promise<void> {
    const added = await this.#addText(text, record.name, record.id);
    batch(() => {
      this.#list.remove(record.id);
      if (this.shown.value?.id === record.id) this.shown.value = added;
    });
  }

  async #show(record: DocumentRecord): Promise<void> {
    await this.keepEdits(true);
    this.#put(record);
  }

  /** Puts a document into the box; false where it may not be there. */
  #put(record: DocumentRecord): boolean {
    if (this.options.busy() || this.#list.find(record.id) === undefined) return false;
    return batch(() => {
      const fits = this.source.setText(record.reading.text);
      if (fits) this.shown.value = record;
      return fits;
    });
  }

  #empty(): void {
    this.#turn += 1;
    this.shown.value = null;
    this.source.clear();
  }

  async #release(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#files.delete(id);
    await this.#write(() => this.options.released(ids));
  }

  async #next(): Promise<Job | undefined> {
    for (let next = this.#list.first("waiting"); next !== undefined; next = this.#list.first("waiting")) {
      const { id, name, type } = next;
      const original = this.#files.get(id) ?? (await this.options.store.original(id));
      const password = this.#passwords.get(id);
      const file = original instanceof Blob ? new File([original], name, { type }) : original;
      if (file !== null) return { id, file, ...(password === undefined ? {} : { password }) };
      await this.remove(id); // A file that was not kept over the reload.
    }
    return undefined;
  }

  async #taken(id: string, { attachments, ...read }: Reading): Promise<void> {
    const head = this.#list.find(id);
    if (head === undefined) return;
    const reading: Reading = { ...read, attachments: [] };
    const status = readyStatus(reading);
    await this.#write(() => this.options.store.putReading(headWith(head, status), reading));
    const file = this.#files.get(id);
    const record: DocumentRecord = { ...head, reading, original: file === undefined ? await this.options.store.original(id) : originalOf(file) };
    const wanted = this.#showNext && !this.options.busy();
    if (wanted) await this.keepEdits(true);
    batch(() => {
      this.#done(id, status);
      this.#addFiles(attachments.map((attachment: Attachment) => fileOf(attachment)), head);
      if (wanted && this.#put(record)) this.#showNext = false;
    });
  }

  async #failed(id: string, error: ExcerptError): Promise<void> {
    const head = this.#list.find(id);
    if (head === undefined) return;
    const status = failedStatus(error);
    this.#passwords.delete(id);
    if (status.state === "locked") this.#list.set(id, status);
    else this.#done(id, status);
    await this.#write(() => this.options.store.putHead(headWith(head, status)));
  }

  #done(id: string, status: HeadStatus): void {
    this.#files.delete(id);
    this.#passwords.delete(id);
    this.#list.set(id, status);
  }

  async #addText(text: string, name: string, after?: string): Promise<DocumentRecord> {
    const head = headOfText(text, name, { id: crypto.randomUUID(), now: this.options.now(), within: null });
    this.#list.insert([head], after);
    await this.#write(() => this.options.store.putReading(head, plainReading(text)));
    return { ...head, reading: plainReading(text), original: null };
  }

  /** Adds files at the end, or after the document they are attached to. */
  #addFiles(files: readonly SourceFile[], parent: OpenedDocument | null): void {
    const added = files.map((file) => {
      const head = headOfFile(file, { id: crypto.randomUUID(), now: this.options.now(), within: parent?.name ?? null });
      this.#files.set(head.id, file);
      return { head, file };
    });
    // All at once: what is not written yet when the page goes is lost with it.
    void this.#write(() => Promise.all(added.map(({ head, file }) => this.options.store.add(head, originalOf(file)))));
    this.#list.insert(added.map(({ head }) => head), parent?.id);
  }

  /** The whole document, once all that was written of it is there. */
  async #record(id: string): Promise<DocumentRecord | undefined> {
    await this.#writing;
    return this.options.store.get(id);
  }

  #write<T>(act: () => Promise<T>): Promise<T> {
    const written = this.#writing.then(act);
    this.#writing = written.catch(() => undefined);
    return written;
  }
}
