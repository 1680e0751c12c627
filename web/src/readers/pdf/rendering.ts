/** Pages as pictures. */

import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";

/** Dots per inch that letters of usual size are recognised best at; a PDF's unit is a 72nd of an inch. */
const RESOLUTION = 300 / 72;
/** No side is longer, in pixels: a poster would not fit into memory. */
const LONGEST_SIDE = 3500;

export async function render(page: PDFPageProxy): Promise<ImageBitmap> {
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.min(RESOLUTION, LONGEST_SIDE / Math.max(width, height)) });
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  await page.render({ canvas, viewport, background: "white" }).promise;
  return createImageBitmap(canvas);
}
