/** What is said of files that cannot be read: each names the file, what is wrong and what to do. */

import { MAX_TEXT_LENGTH } from "../shared/document.js";
import { InputError } from "../shared/errors.js";
import type { NotText, Phrases } from "../shared/wordings.js";

const SPLIT = "Split it, and take the part that matters. What was here before is kept.";

/** The error for a text of `length` UTF-16 units. */
export function tooLong(length: number): InputError {
  return new InputError(
    ["text-too-long/piece", { length, most: MAX_TEXT_LENGTH }],
    `This text has ${count(length)} characters; the most that is taken in one piece is ${count(MAX_TEXT_LENGTH)}.`,
    SPLIT,
  );
}

/** The error for a file of `size` bytes where `most` are taken. */
export function fileTooLarge(name: string, size: number, most: number): InputError {
  return new InputError(["file-too-large", { name, size, most }], `“${name}” has ${count(size)} bytes; the most that is taken of this kind of file is ${count(most)}.`, SPLIT);
}

export function noText(name: string): InputError {
  return new InputError(["empty-text/file", { name }], `“${name}” holds no text.`, "Choose another file, or paste the text.");
}

/** What a file is that is not read: in words, such as "an archive", with what can be done instead. */
export interface Unreadable {
  readonly told: NotText;
  readonly what: string;
  readonly advice: string;
}

export function notReadable(name: string, { told, what, advice }: Unreadable): InputError {
  return new InputError(["not-text", { name, ...told }], `“${name}” is ${what}.`, `${advice} What was here before is kept.`);
}

/** What a file may be taken for, in words. */
const FORMATS: Readonly<Record<Phrases["format"], string>> = {
  pdf: "a PDF",
  workbook: "an Excel workbook",
  word: "a Word document",
  "web-page": "a web page",
  mail: "a mail",
  archive: "a ZIP archive or an office document",
};

export function damaged(name: string, format: Phrases["format"]): InputError {
  return new InputError(["damaged-file", { name, format }], `“${name}” cannot be read as ${FORMATS[format]}: it is damaged or incomplete.`, "Get the file once more from where it came, or open it elsewhere, copy its text and paste it here.");
}

/** 1000000 → "1,000,000". */
export function count(number: number): string {
  return number.toLocaleString("en");
}
