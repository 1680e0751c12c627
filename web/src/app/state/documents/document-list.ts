/** The list of opened documents, in their order. */

import { signal } from "@preact/signals";
import type { Progress } from "../../../readers/source.js";
import type { DocumentHead, HeadStatus } from "../../store/tables.js";

export type FileStatus = HeadStatus | { readonly state: "reading"; readonly progress: Progress | null };

export type OpenedDocument = Omit<DocumentHead, "status"> & { readonly status: FileStatus };

export class DocumentList {
  readonly documents = signal<readonly OpenedDocument[]>([]);

  find(id: string): OpenedDocument | undefined {
    return this.documents.peek().find((document) => document.id === id);
  }

  first(state: FileStatus["state"]): OpenedDocument | undefined {
    return this.documents.peek().find(({ status }) => status.state === state);
  }

  /** Adds documents after another one, or at the end. */
  insert(added: readonly OpenedDocument[], after?: string): void {
    const list = [...this.documents.peek()];
    const at = list.findIndex(({ id }) => id === after);
    list.splice(at < 0 ? list.length : at + 1, 0, ...added);
    this.documents.value = list;
  }

  remove(id: string): void {
    this.documents.value = this.documents.peek().filter((document) => document.id !== id);
  }

  set(id: string, status: FileStatus): void {
    this.documents.value = this.documents.peek().map((document) => (document.id === id ? { ...document, status } : document));
  }
}

/** A document as the store keeps it, with what has become of it. */
export function headWith(document: OpenedDocument, status: HeadStatus): DocumentHead {
  return { ...document, status };
}
