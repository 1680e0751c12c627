/**
 * The opened documents: files, what was within them, and texts that made room for them.
 *
 * - Files are read one after the other; the first that can be shown is, unless the engine is at work.
 * - A file that cannot be read keeps its place in the list, with the reason.
 * - A text that stands in the box when a document is shown becomes a document itself: nothing is lost.
 * - What is edited in the box belongs to the document that was chosen.
 */

import { batch, computed, signal } from "@preact/signals";
import type { Progress, ReadOptions, SourceFile } from "../../readers/source.js";
import type { Attachment, Reading } from "../../shared/document.js";
import { asExcerptError, type ErrorData, type ExcerptError } from "../../shared/errors.js";
import type { DocumentState } from "./document-state.js";

export type FileStatus =
  | { readonly state: "waiting" }
  | { readonly state: "reading"; readonly progress: Progress | null }
  /** Asks for a password; `wrong` where the last one was not it. */
  | { readonly state: "locked"; readonly wrong: boolean; readonly error: ErrorData }
  | { readonly state: "ready"; readonly reading: Reading }
  | { readonly state: "failed"; readonly error: ErrorData };

export interface OpenedDocument {
  readonly id: number;
  readonly name: string;
  /** Null for a text that never was a file. */
  readonly file: SourceFile | null;
  /** The name of the document that it was attached to. */
  readonly within: string | null;
  readonly status: FileStatus;
}

/** How a file becomes text. */
export type ReadFile = (file: SourceFile, options: ReadOptions) => Promise<Reading>;

export interface FilesOptions {
  readonly read: ReadFile;
  /** True while the engine works on the shown document, which may not change under it. */
  readonly busy: () => boolean;
}

export class FilesState {
  readonly documents = signal<readonly OpenedDocument[]>([]);
  /** The document in the box; null for a text that was typed there. */
  readonly chosenId = signal<number | null>(null);
  readonly chosen = computed(() => this.documents.value.find(({ id }) => id === this.chosenId.value) ?? null);
  #lastId = 0;
  /** The document that is read now, and what stops it. */
  #underWay: { readonly id: number; readonly abort: AbortController } | null = null;
  /** Whether the next document that can be read is to be shown. */
  #showNext = false;

  constructor(readonly source: DocumentState, readonly options: FilesOptions) {}

  /** Puts files on the list and reads them. */
  open(files: readonly SourceFile[]): void {
    if (files.length === 0) return;
    this.source.problem.value = null;
    this.#showNext = true;
    this.#add(files.map((file) => ({ name: file.name, file, within: null, status: { state: "waiting" } })));
    void this.#readAll();
  }

  /** A text as a document of its own, shown at once where it may be. */
  openText(text: string, name: string): void {
    if (this.options.busy()) return;
    if (this.source.text.value.trim() === "" && this.chosenId.value === null) {
      this.source.setText(text);
      return;
    }
    const [id] = this.#add([{ name, file: null, within: null, status: ready(text) }]);
    if (id !== undefined) this.choose(id);
  }

  /** Shows a document that has been read. */
  choose(id: number): void {
    const wanted = this.documents.value.find((document) => document.id === id);
    if (wanted?.status.state !== "ready" || id === this.chosenId.value || this.options.busy()) return;
    const { text } = wanted.status.reading;
    batch(() => {
      this.#keepShown();
      if (this.source.setText(text)) this.chosenId.value = id;
    });
  }

  /** Tries a password on a file that asked for one. */
  unlock(id: number, password: string): void {
    const wanted = this.documents.value.find((document) => document.id === id);
    if (wanted?.status.state !== "locked" || this.#underWay?.id === id) return;
    if (this.chosenId.value === null) this.#showNext = true;
    void this.#read(wanted, password).then(() => this.#readAll());
  }

  /** Takes a document off the list; stops its reading. The box keeps its text only if it is another's. */
  remove(id: number): void {
    if (id === this.chosenId.value && this.options.busy()) return;
    if (this.#underWay?.id === id) this.#underWay.abort.abort();
    batch(() => {
      this.documents.value = this.documents.value.filter((document) => document.id !== id);
      if (id === this.chosenId.value) this.#showAnother();
    });
  }

  /** Empties list and box. */
  clear(): void {
    this.#underWay?.abort.abort();
    batch(() => {
      this.documents.value = [];
      this.chosenId.value = null;
      this.source.clear();
    });
  }

  #showAnother(): void {
    this.chosenId.value = null;
    this.source.clear();
    const another = this.documents.value.find(({ status }) => status.state === "ready");
    if (another !== undefined) this.choose(another.id);
  }

  async #readAll(): Promise<void> {
    if (this.#underWay !== null) return;
    for (let next = this.#waiting(); next !== undefined; next = this.#waiting()) await this.#read(next);
  }

  #waiting(): OpenedDocument | undefined {
    return this.documents.value.find(({ status }) => status.state === "waiting");
  }

  async #read({ id, file, name }: OpenedDocument, password?: string): Promise<void> {
    if (file === null) return;
    const abort = new AbortController();
    this.#underWay = { id, abort };
    this.#set(id, { state: "reading", progress: null });
    const onProgress = (progress: Progress): void => { this.#set(id, { state: "reading", progress }); };
    try {
      const reading = await this.options.read(file, { signal: abort.signal, onProgress, ...(password === undefined ? {} : { password }) });
      this.#taken(id, name, reading);
    } catch (thrown) {
      this.#set(id, failed(asExcerptError(thrown)));
    }
    this.#underWay = null;
  }

  #taken(id: number, name: string, reading: Reading): void {
    batch(() => {
      this.#set(id, { state: "ready", reading });
      this.#add(reading.attachments.map((attachment) => ({ name: attachment.name, file: fileOf(attachment), within: name, status: { state: "waiting" } })), id);
      if (!this.#showNext || this.options.busy() || !this.documents.value.some((document) => document.id === id)) return;
      this.#showNext = false;
      this.choose(id);
    });
  }

  /** What stands in the box stays with the document it belongs to, or becomes one. */
  #keepShown(): void {
    const { chosen, source: { text: { value: text } } } = this;
    const { value: document } = chosen;
    if (document === null && text.trim() !== "") this.#add([{ name: "Typed text", file: null, within: null, status: ready(text) }]);
    if (document?.status.state !== "ready" || document.status.reading.text === text) return;
    // Places of pages and words are those of the text as it was read.
    this.#set(document.id, { state: "ready", reading: { ...document.status.reading, text, parts: [] } });
  }

  /** Adds documents, after the one they are attached to or at the end; answers with their ids. */
  #add(documents: readonly Omit<OpenedDocument, "id">[], after?: number): number[] {
    const added = documents.map((document) => ({ ...document, id: (this.#lastId += 1) }));
    const list = [...this.documents.value];
    const at = list.findIndex(({ id }) => id === after);
    list.splice(at < 0 ? list.length : at + 1, 0, ...added);
    this.documents.value = list;
    return added.map(({ id }) => id);
  }

  #set(id: number, status: FileStatus): void {
    this.documents.value = this.documents.value.map((document) => (document.id === id ? { ...document, status } : document));
  }
}

function ready(text: string): FileStatus {
  return { state: "ready", reading: { text, parts: [], warnings: [], attachments: [] } };
}

function failed(error: ExcerptError): FileStatus {
  if (error.code === "password-needed" || error.code === "wrong-password") {
    return { state: "locked", wrong: error.code === "wrong-password", error: error.toData() };
  }
  return { state: "failed", error: error.toData() };
}

function fileOf({ name, type, bytes }: Attachment): SourceFile {
  return { name, type, size: bytes.length, arrayBuffer: () => Promise.resolve(bytes.slice().buffer) };
}
