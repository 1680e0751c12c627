/** What people should know though nothing failed: of a file that was read, of a model that was started. */

import type { ErrorData, ErrorValues } from "./errors.js";
import type { NoticeWordings } from "./wordings.js";

export interface Notice {
  /** In English; its wording, its values and the reason are what another language says it with. */
  readonly message: string;
  /** Which text it is, as an error's. Older records lack it. */
  readonly wording?: string;
  readonly values?: ErrorValues;
  /** The error behind it, where there is one; the message says it too. */
  readonly reason?: ErrorData;
}

/** A notice whose wording every language has. @param reason named in the texts as `reason` and `advice` */
export function notice<W extends keyof NoticeWordings>(
  wording: W, values: NoticeWordings[W] & ErrorValues, message: string, reason?: ErrorData,
): Notice {
  return { message, wording, values, ...(reason === undefined ? {} : { reason }) };
}
