/** What people should know of a file that was read, or was not read wholly. */

import type { Warning } from "../shared/document.js";
import type { ErrorValues, ExcerptError } from "../shared/errors.js";
import { notice } from "../shared/notice.js";
import type { NoticeWordings } from "../shared/wordings.js";
import { pageNumbers, pageRuns } from "./pdf/page-numbers.js";

/** Below this, much of what was recognised is likely wrong. */
const HARD_TO_READ = 0.6;

/** Of a text that was recognised in a picture, or on these pages. @param confidence 0 to 1, of the page that is least sure */
export function recognised(pages: readonly number[] | null, confidence: number): Warning {
  const what = pages === null ? "This text" : `The text of ${pageNumbers(pages)}`;
  const values = pages === null ? {} : { pages: numbersOf(pages) };
  const of = pages === null ? "text" : "pages";
  return confidence < HARD_TO_READ
    ? warning(`hard-to-read/${of}`, values, `${what} was hard to recognise in the picture: expect mistakes. A sharper, straighter picture helps.`)
    : warning(`recognised/${of}`, values, `${what} was recognised in a picture: compare what matters with the original.`);
}

/** Pictures without a text layer were passed over: the device lacks what it takes. */
export function unread(pages: readonly number[], reason: ExcerptError): Warning {
  const message = `Pictures without a text layer, and not read: ${pageNumbers(pages)}. ${reason.message} ${reason.advice}`;
  return { ...warning("page-unread", { pages: numbersOf(pages) }, message), code: reason.code, reason: reason.toData() };
}

export function withoutText(pages: readonly number[]): Warning {
  return warning("page-without-text", { pages: numbersOf(pages) }, `No text was found on ${pageNumbers(pages)}.`);
}

export function damagedPages(pages: readonly number[]): Warning {
  return warning("page-damaged", { pages: numbersOf(pages) }, `Damaged, and not read: ${pageNumbers(pages)}.`);
}

/** Of a mail that holds attachments only. */
export function withoutBody(): Warning {
  return warning("no-body", {}, "The mail itself has no text.");
}

function numbersOf(pages: readonly number[]): string {
  return pageRuns(pages).join(", ");
}

function warning<W extends keyof NoticeWordings>(wording: W, values: NoticeWordings[W] & ErrorValues, message: string): Warning {
  const [code = wording] = wording.split("/");
  return { code, ...notice(wording, values, message) };
}
