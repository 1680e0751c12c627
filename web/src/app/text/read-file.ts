/** Turns the bytes of a chosen file into text, or says why it cannot be one. Nothing is guessed silently. */

import { MAX_TEXT_LENGTH } from "../../shared/document.js";
import { InputError } from "../../shared/errors.js";

/** What the reader needs of a File. */
export interface TextFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** In UTF-8 a UTF-16 unit takes at most three bytes, so a larger file cannot be short enough. */
const MAX_FILE_BYTES = MAX_TEXT_LENGTH * 3;

const SIGNATURES: readonly (readonly [string, string])[] = [
  ["%PDF", "a PDF"],
  ["PK\u0003\u0004", "a ZIP archive or an office document"],
  ["\u0089PNG", "an image"],
  ["\u00ff\u00d8\u00ff", "an image"],
  ["GIF8", "an image"],
];

/** The file's text with line ends as `\n`. Raises InputError: `file-too-large`, `not-text`, `text-too-long`, `empty-text`. */
export async function readTextFile(file: TextFile): Promise<string> {
  if (file.size > MAX_FILE_BYTES) throw tooLarge(file);
  const text = decodeText(new Uint8Array(await file.arrayBuffer()), file.name);
  if (text.trim() === "") {
    throw new InputError("empty-text", `“${file.name}” holds no text.`, "Choose another file, or paste the text.");
  }
  if (text.length > MAX_TEXT_LENGTH) throw tooLong(text.length);
  return text;
}

/** UTF-8, UTF-16 where a byte order mark says so, else Windows-1252 where every byte is a character of it. */
export function decodeText(bytes: Uint8Array, name: string): string {
  const encoding = encodingOf(bytes);
  const text = encoding === undefined ? undefined : decode(bytes, encoding);
  if (text === undefined || hasControls(text)) throw notText(bytes, name);
  return withPlainLineEnds(text);
}

/** Text areas and files from elsewhere write line ends differently; offsets need one form. */
export function withPlainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** The error for a text of `length` UTF-16 units. */
export function tooLong(length: number): InputError {
  return new InputError(
    "text-too-long",
    `This text has ${count(length)} characters; the most that is taken in one piece is ${count(MAX_TEXT_LENGTH)}.`,
    "Split it, and take the part that matters. What was here before is kept.",
  );
}

function encodingOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes.includes(0)) return undefined;
  return decode(bytes, "utf-8") === undefined ? "windows-1252" : "utf-8";
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Control characters other than tab, line ends, form feed and escape; C1 too: Windows-1252 leaves five bytes there. */
function hasControls(text: string): boolean {
  // The range is the point: these characters never stand in a text.
  return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f\u0081\u008d\u008f\u0090\u009d]/.test(text);
}

function notText(bytes: Uint8Array, name: string): InputError {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  const what = known === undefined ? "not a text file: it holds bytes that are no characters" : `${known[1]}, not a text file`;
  const advice = "Open it elsewhere, copy its text and paste it here. What was here before is kept.";
  return new InputError("not-text", `“${name}” is ${what}.`, advice);
}

function tooLarge({ name, size }: TextFile): InputError {
  const message = `“${name}” has ${count(size)} bytes; the most that can be a text of ${count(MAX_TEXT_LENGTH)} characters is ${count(MAX_FILE_BYTES)}.`;
  return new InputError("file-too-large", message, "Split it, and take the part that matters. What was here before is kept.");
}

function count(number: number): string {
  return number.toLocaleString("en");
}
