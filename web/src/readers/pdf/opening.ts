/** Opens a PDF with all that pdf.js may need for it, and says in words why one cannot be opened. */

import { getDocument, type PDFDocumentProxy, type PDFWorker, version } from "pdfjs-dist/legacy/build/pdf.mjs";
import { CancelledError, InputError } from "../../shared/errors.js";
import { damaged } from "../problems.js";
import type { ReadOptions } from "../source.js";

/** The tables and fonts that pdf.js may need, served beside it; the version in their address is that of the library. */
const DATA = `/assets/pdf-${version}`;

/** @throws InputError: `damaged-file`, `password-needed`, `wrong-password`; CancelledError */
export async function openPdf(file: { readonly name: string }, bytes: Uint8Array, worker: PDFWorker, { signal, password }: ReadOptions): Promise<PDFDocumentProxy> {
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

function openProblem({ name }: { readonly name: string }, thrown: unknown, password: string | undefined): unknown {
  if (thrown instanceof CancelledError) return thrown;
  if (!(thrown instanceof Error) || thrown.name !== "PasswordException") return damaged(name, "pdf");
  if (password === undefined) return new InputError(["password-needed", { name }], `“${name}” is protected by a password.`, "Enter it to open the file. It stays on this device.");
  return new InputError(["wrong-password", { name }], `This is not the password of “${name}”.`, "Check capital letters and the keyboard's language, and try again.");
}
