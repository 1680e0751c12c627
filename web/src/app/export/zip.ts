/** Makes a ZIP archive without workers: those that fflate would start come from blobs, which the page's policy refuses. */

import { zipSync } from "fflate";

/** In place of the workbook library's own function of this shape; see vite.config.ts. */
export default function zipToArrayBuffer(files: Readonly<Record<string, Uint8Array>>): Promise<ArrayBuffer> {
  return Promise.resolve(zipped(files).buffer);
}

export function zipped(files: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  return zipSync({ ...files });
}
