/** PDFs, page by page: the text that they carry, and where they carry none what is recognised in their picture. */

import { getDocument, type PDFDocumentProxy, type PDFPageProxy, PDFWorker, version } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Reading } from "../../shared/document.js";
import { CancelledError, ExcerptError, InputError } from "../../shared/errors.js";
import { Recogniser } from "../ocr/recogniser.js";
import { damaged } from "../problems.js";
import type { Reader, ReadOptions, SourceFile } from "../source.js";
import { fragmentsOf } from "./fragments.js";
import { type PageText, pageText } from "../layout/page-text.js";
import { Pages } from "./pages.js";
import { render } from "./rendering.js";

/** The tables and fonts that pdf.js may need, served beside it; the version in their address is that of the library. */
const DATA = `/assets/pdf-${version}`;

export const readPdf: Reader = async (file, bytes, workers, options) => {
  const port = workers.pdf();
  const worker = PDFWorker.create({ port });
  const recogniser = new Recogniser(workers, options.signal);
  try {
    const document = await open(file, bytes, worker, options);
    return await readPages(document, new Pages(file.name, document.numPages), recogniser, options);
  } finally {
    recogniser.close();
    worker.destroy();
    port.terminate();
  }
};

async function open(file: SourceFile, bytes: Uint8Array, worker: PDFWorker, { signal, password }: ReadOptions): Promise<PDFDocumentProxy> {
  const task = getDocument({
    data: bytes, worker, verbosity: 0, enableXfa: false,
    // The page fetches the tables and fonts: so it can tell of every request, from the first visit on.
    useWorkerFetch: false,
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

async function readPages(document: PDFDocumentProxy, pages: Pages, recogniser: Recogniser, { signal, onProgress }: ReadOptions): Promise<Reading> {
  for (let number = 1; number <= document.numPages; number += 1) {
    if (signal?.aborted === true) throw new CancelledError();
    onProgress?.({ done: number - 1, of: document.numPages });
    await readPage(document, number, pages, recogniser);
  }
  return pages.reading();
}

/** A page that is damaged is named, and the others are read. */
async function readPage(document: PDFDocumentProxy, number: number, pages: Pages, recogniser: Recogniser): Promise<void> {
  try {
    const page = await document.getPage(number);
    const text = await layerText(page);
    if (text.text.trim() === "") pages.addRecognised(number, await recogniser.recognise(await render(page)));
    else pages.add(number, text);
    page.cleanup();
  } catch (thrown) {
    if (!(thrown instanceof ExcerptError)) pages.addDamaged(number);
    else if (thrown.kind === "device") pages.addUnread(number, thrown);
    else throw thrown;
  }
}

/** What the page itself carries as text. */
async function layerText(page: PDFPageProxy): Promise<PageText> {
  const { items } = await page.getTextContent();
  const { width, height, transform } = page.getViewport({ scale: 1 });
  return pageText(fragmentsOf(items, transform), width, height);
}
