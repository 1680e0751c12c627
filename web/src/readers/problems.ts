/** What is said of files that cannot be read: each names the file, what is wrong and what to do. */

import { MAX_TEXT_LENGTH } from "../shared/document.js";
import { InputError } from "../shared/errors.js";

const SPLIT = "Split it, and take the part that matters. What was here before is kept.";

/** The error for a text of `length` UTF-16 units. */
export function tooLong(length: number): InputError {
  return new InputError(
    "text-too-long",
    `This text has ${count(length)} characters; the most that is taken in one piece is ${count(MAX_TEXT_LENGTH)}.`,
    SPLIT,
  );
}

/** The error for a file of `size` bytes where `most` are taken. */
export function fileTooLarge(name: string, size: number, most: number): InputError {
  return new InputError("file-too-large", `“${name}” has ${count(size)} bytes; the most that is taken of this kind of file is ${count(most)}.`, SPLIT);
}

export function noText(name: string): InputError {
  return new InputError("empty-text", `“${name}” holds no text.`, "Choose another file, or paste the text.");
}

/** @param what what the file is, such as "an archive" */
export function notReadable(name: string, what: string, advice: string): InputError {
  return new InputError("not-text", `“${name}” is ${what}.`, `${advice} What was here before is kept.`);
}

export function damaged(name: string, what: string): InputError {
  return new InputError("damaged-file", `“${name}” cannot be read as ${what}: it is damaged or incomplete.`, "Get the file once more from where it came, or open it elsewhere, copy its text and paste it here.");
}

/** 1000000 → "1,000,000". */
export function count(number: number): string {
  return number.toLocaleString("en");
}
