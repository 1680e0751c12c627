/** PDFs, page by page: the text that they carry, and where they carry none what is recognised in their picture. */

import { type PDFDocumentProxy, type PDFPageProxy, PDFWorker } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Reading } from "../../shared/document.js";
import { CancelledError, ExcerptError } from "../../shared/errors.js";
import { Recogniser } from "../ocr/recogniser.js";
import type { Reader, ReadOptions } from "../source.js";
import { fragmentsOf } from "./fragments.js";
import { openPdf } from "./opening.js";
import { type PageText, pageText } from "../layout/page-text.js";
import { Pages } from "./pages.js";
import { render } from "./rendering.js";

export const readPdf: Reader = async (file, bytes, workers, options) => {
  const port = workers.pdf();
  const worker = PDFWorker.create({ port });
  const recogniser = new Recogniser(workers, options.signal);
  try {
    const document = await openPdf(file, bytes, worker, options);
    return await readPages(document, new Pages(file.name, document.numPages), recogniser, options);
  } finally {
    recogniser.close();
    worker.destroy();
    port.terminate();
  }
};

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
