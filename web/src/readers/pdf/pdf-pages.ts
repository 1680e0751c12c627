/** The pages of a PDF as pictures. */

import { type PDFPageProxy, PDFWorker, RenderingCancelledException } from "pdfjs-dist/legacy/build/pdf.mjs";
import { CancelledError } from "../../shared/errors.js";
import { LONGEST_SIDE, type PagedFile, type PageImages } from "../page-images.js";
import { damaged } from "../problems.js";
import type { ReaderWorkers } from "../source.js";
import { openPdf } from "./opening.js";

export async function openPdfPages(file: PagedFile, workers: ReaderWorkers): Promise<PageImages> {
  const port = workers.pdf();
  const worker = PDFWorker.create({ port });
  const close = (): void => {
    worker.destroy();
    port.terminate();
  };
  try {
    const { password } = file;
    const document = await openPdf(file, new Uint8Array(await file.original.arrayBuffer()), worker, password === undefined ? {} : { password });
    const draw: PageImages["draw"] = async (number, canvas, width, signal) => {
      const page = await document.getPage(number).catch(() => { throw damaged(file.name, "pdf"); });
      await drawPage(page, canvas, width, signal);
    };
    return { draw, close };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

async function drawPage(page: PDFPageProxy, canvas: HTMLCanvasElement, wanted: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(wanted / width, LONGEST_SIDE / Math.max(width, height)) });
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  const task = page.render({ canvas, viewport, background: "white" });
  const stop = (): void => { task.cancel(); };
  signal.addEventListener("abort", stop, { once: true });
  try {
    await task.promise;
  } catch (thrown) {
    throw thrown instanceof RenderingCancelledException ? new CancelledError() : thrown;
  } finally {
    page.cleanup();
  }
}
