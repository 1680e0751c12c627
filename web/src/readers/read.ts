/**
 * The readers' registry: any file in, its text out, with its parts and what could not be read of it.
 *
 * - The content decides which reader takes a file, the name only where the content leaves it open.
 * - A reader is fetched when the first file of its kind is opened.
 * - Files of people unknown are taken apart in a worker; only plain text is read on the page itself.
 */

import { MAX_TEXT_LENGTH, type Reading } from "../shared/document.js";
import { CancelledError } from "../shared/errors.js";
import { decodeText } from "./decode.js";
import { fileTooLarge, noText, notReadable, tooLong } from "./problems.js";
import { HEAD_BYTES, type Kind, recognise } from "./sniff.js";
import type { Reader, ReaderWorkers, ReadOptions, SourceFile } from "./source.js";

const MB = 1_000_000;

interface Entry {
  /** Larger files are refused unread. */
  readonly most: number;
  load(): Promise<Reader>;
}

const inWorker = async (): Promise<Reader> => (await import("./in-worker.js")).readInWorker;

const READERS: Readonly<Record<Kind, Entry>> = {
  // In UTF-8 a UTF-16 unit takes at most three bytes, so a larger file cannot be short enough.
  text: { most: 3 * MAX_TEXT_LENGTH, load: () => Promise.resolve(readPlainText) },
  html: { most: 20 * MB, load: inWorker },
  mail: { most: 50 * MB, load: inWorker },
  office: { most: 50 * MB, load: inWorker },
  pdf: { most: 200 * MB, load: async () => (await import("./pdf/pdf.js")).readPdf },
  image: { most: 50 * MB, load: async () => (await import("./image.js")).readImage },
};

/** No file of any kind may be larger; what is, is not even looked at. */
const MOST = Math.max(...Object.values(READERS).map(({ most }) => most));

/**
 * @throws InputError: `file-too-large`, `not-text`, `empty-text`, `text-too-long`, `damaged-file`,
 *   `password-needed`, `wrong-password`, and what a reader adds; CancelledError; DeviceError
 */
export async function readFile(file: SourceFile, workers: ReaderWorkers, options: ReadOptions = {}): Promise<Reading> {
  if (file.size > MOST) throw fileTooLarge(file.name, file.size, MOST);
  if (file.size === 0) throw noText(file.name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = recognise(bytes.subarray(0, HEAD_BYTES), file.name, file.type);
  if (found.kind === "unknown") throw notReadable(file.name, found);
  const entry = READERS[found.kind];
  if (file.size > entry.most) throw fileTooLarge(file.name, file.size, entry.most);
  const read = await entry.load();
  if (options.signal?.aborted === true) throw new CancelledError();
  return checked(file, await read(file, bytes, workers, options));
}

function checked(file: SourceFile, reading: Reading): Reading {
  if (reading.text.length > MAX_TEXT_LENGTH) throw tooLong(reading.text.length);
  if (reading.text.trim() === "" && reading.attachments.length === 0) throw noText(file.name);
  return reading;
}

const readPlainText: Reader = (file, bytes) => {
  const text = decodeText(bytes);
  if (text !== undefined) return Promise.resolve({ text, parts: [], warnings: [], attachments: [] });
  return Promise.reject(notReadable(file.name, {
    told: { what: "no-characters", mend: "copy" },
    what: "not a text file: it holds bytes that are no characters",
    advice: "Open it elsewhere, copy its text and paste it here.",
  }));
};
