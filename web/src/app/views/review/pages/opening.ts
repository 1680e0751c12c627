/** Opens the pages of a kept document. The readers for them are fetched with the first one. */

import { openPages } from "../../../../readers/open-pages.js";
import type { PageImages } from "../../../../readers/page-images.js";
import { InternalError } from "../../../../shared/errors.js";
import type { DocumentRecord } from "../../../../shared/record.js";
import { readerWorkers } from "../../../reader-workers.js";

/** @throws ExcerptError, as the readers do */
export async function openDocument({ name, original }: DocumentRecord, password: string | undefined): Promise<PageImages> {
  if (original === null) throw new InternalError("no-original", "The pages of a document were asked for whose file is not kept.");
  return openPages({ name, original, ...(password === undefined ? {} : { password }) }, readerWorkers);
}
