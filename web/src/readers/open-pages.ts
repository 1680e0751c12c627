/** Opens the pages of a file for drawing, by what its first bytes say it is; each kind is loaded when it is needed. */

import type { PagedFile, PageImages } from "./page-images.js";
import type { ReaderWorkers } from "./source.js";

/** @throws InputError: `damaged-file`, `password-needed`, `wrong-password`, `not-text` */
export async function openPages(file: PagedFile, workers: ReaderWorkers): Promise<PageImages> {
  const head = new Uint8Array(await file.original.slice(0, 1024).arrayBuffer());
  const isPdf = String.fromCharCode(...head).includes("%PDF-");
  if (!isPdf) return (await import("./image-pages.js")).openImage(file);
  return (await import("./pdf/pdf-pages.js")).openPdfPages(file, workers);
}
