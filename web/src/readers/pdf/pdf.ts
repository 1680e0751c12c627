/** PDFs: the text that they carry, page by page, with the place of each word. */

import { getDocument, type PDFDocumentProxy, type PDFPageProxy, PDFWorker, version } from "pdfjs-dist/legacy/build/pdf.mjs";
import { MAX_TEXT_LENGTH, type Part, type Reading, type Warning } from "../../shared/document.js";
import { CancelledError, InputError } from "../../shared/errors.js";
import { count, damaged } from "../problems.js";
import type { Reader, ReadOptions, SourceFile } from "../source.js";
import { fragmentsOf } from "./fragments.js";
import { pageText, shifted } from "./page-text.js";
import { pageNumbers } from "./page-numbers.js";

/** The tables and fonts that pdf.js may need, served beside it; the version in their address is that of the library. */
const DATA = `/assets/pdf-${version}`;

export const readPdf: Reader = async (file, bytes, workers, options) => {
  const port = workers.pdf();
  const worker = PDFWorker.create({ port });
  try {
    const document = await open(file, bytes, worker, options);
    return await readPages(file, document, options);
  } finally {
    worker.destroy();
    port.terminate();
  }
};

async function open(file: SourceFile, bytes: Uint8Array, worker: PDFWorker, { signal, password }: ReadOptions): Promise<PDFDocumentProxy> {
  const task = getDocument({
    data: bytes, worker, verbosity: 0, enableXfa: false,
    cMapUrl: `${DATA}/cmaps/`, standardFontDataUrl: `${DATA}/standard_fonts/`, wasmUrl: `${DATA}/wasm/`, iccUrl: `${DATA}/iccs/`,
    ...(password === undefined ? {} : { password }),
  });
  const stopped = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => { reject(new CancelledError()); }, { once: true });
  });
  try {
    return await Promise.race([task.promise, stopped]);
  } catch (thrown) {
    throw openProblem(file, thrown, password);
  }
}

function openProblem({ name }: SourceFile, thrown: unknown, password: string | undefined): unknown {
  if (thrown instanceof CancelledError) return thrown;
  if (!(thrown instanceof Error) || thrown.name !== "PasswordException") return damaged(name, "a PDF");
  if (password === undefined) return new InputError("password-needed", `“${name}” is protected by a password.`, "Enter it to open the file. It stays on this device.");
  return new InputError("wrong-password", `This is not the password of “${name}”.`, "Check capital letters and the keyboard's language, and try again.");
}

async function readPages(file: SourceFile, document: PDFDocumentProxy, { signal, onProgress }: ReadOptions): Promise<Reading> {
  const pages = new Pages(file.name, document.numPages);
  for (let number = 1; number <= document.numPages; number += 1) {
    if (signal?.aborted === true) throw new CancelledError();
    onProgress?.({ done: number - 1, of: document.numPages });
    await readPage(document, number, pages);
  }
  return pages.reading();
}

/** A page that is damaged is named, and the others are read. */
async function readPage(document: PDFDocumentProxy, number: number, pages: Pages): Promise<void> {
  let page: PDFPageProxy;
  try {
    page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const { width, height, transform } = page.getViewport({ scale: 1 });
    pages.add(number, pageText(fragmentsOf(items, transform), width, height));
    page.cleanup();
  } catch (thrown) {
    if (thrown instanceof InputError) throw thrown;
    pages.damaged.push(number);
  }
}

/** The pages' texts, one after the other. */
class Pages {
  #text = "";
  readonly #parts: Part[] = [];
  readonly #empty: number[] = [];
  readonly damaged: number[] = [];

  constructor(readonly name: string, readonly of: number) {}

  add(number: number, { text, layout }: ReturnType<typeof pageText>): void {
    if (text.trim() === "") this.#empty.push(number);
    if (this.#text !== "" && text !== "") this.#text += "\n\n";
    const start = this.#text.length;
    this.#text += text;
    if (this.#text.length > MAX_TEXT_LENGTH) throw this.#tooLong(number);
    this.#parts.push({ label: `Page ${number}`, span: { start, end: this.#text.length }, layout: { ...layout, words: shifted(layout.words, start) } });
  }

  reading(): Reading {
    if (this.damaged.length === this.of) throw damaged(this.name, "a PDF");
    if (this.#text === "") throw this.#isScan();
    return { text: this.#text, parts: this.#parts, warnings: this.#warnings(), attachments: [] };
  }

  #warnings(): Warning[] {
    const warnings: Warning[] = [];
    if (this.#empty.length > 0) warnings.push({ code: "page-without-text", message: `${pageNumbers(this.#empty, "has", "have")} no text layer: what is shown there was not read.` });
    if (this.damaged.length > 0) warnings.push({ code: "page-damaged", message: `${pageNumbers(this.damaged, "is", "are")} damaged and could not be read.` });
    return warnings;
  }

  #isScan(): InputError {
    const pages = this.of === 1 ? "Its page has no text layer" : `None of its ${count(this.of)} pages has a text layer`;
    return new InputError("no-text-layer", `“${this.name}” has no text: it is a scan or a picture. ${pages}.`, "Type or paste what it says. What was here before is kept.");
  }

  #tooLong(number: number): InputError {
    const message = `“${this.name}” has more text in its first ${count(number)} of ${count(this.of)} pages than the ${count(MAX_TEXT_LENGTH)} characters that are taken in one piece.`;
    return new InputError("text-too-long", message, "Split it, and take the part that matters. What was here before is kept.");
  }
}
