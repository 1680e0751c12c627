/** What a list says of a document, made from what became of it. */

import type { SourceFile } from "../../../readers/source.js";
import type { Attachment, Reading } from "../../../shared/document.js";
import type { ExcerptError } from "../../../shared/errors.js";
import type { DocumentHead, HeadStatus } from "../../store/tables.js";

/** Larger files are refused by every reader, so they are not kept either. */
const MOST_KEPT_BYTES = 200_000_000;

export interface NewHead {
  readonly id: string;
  readonly now: number;
  readonly within: string | null;
}

export function headOfFile({ name, type, size }: SourceFile, { id, now, within }: NewHead): DocumentHead {
  return { id, name, type, size, addedAt: now, within, isFile: true, status: { state: "waiting" } };
}

export function headOfText(text: string, name: string, { id, now, within }: NewHead): DocumentHead {
  return { id, name, type: "text/plain", size: text.length, addedAt: now, within, isFile: false, status: readyStatus(plainReading(text)) };
}

export function plainReading(text: string): Reading {
  return { text, parts: [], warnings: [], attachments: [] };
}

export function readyStatus({ text, parts, warnings }: Reading): HeadStatus {
  return { state: "ready", characters: text.length, parts: parts.length, firstPart: parts[0]?.label ?? "", warnings };
}

export function failedStatus(error: ExcerptError): HeadStatus {
  if (error.code === "password-needed" || error.code === "wrong-password") {
    return { state: "locked", wrong: error.code === "wrong-password", error: error.toData() };
  }
  return { state: "failed", error: error.toData() };
}

/** The file to keep, so that its pages can be looked at and it can be read after a reload. */
export function originalOf(file: SourceFile): Blob | null {
  return file instanceof Blob && file.size <= MOST_KEPT_BYTES ? file : null;
}

export function fileOf({ name, type, bytes }: Attachment): File {
  return new File([bytes], name, { type });
}
