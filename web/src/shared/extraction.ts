/** What an extraction yields: the JSON, and for each value where it stands and how sure the model was. */

import type { Span } from "./document.js";
import type { CalibratedKind } from "./manifest.js";
import type { JsonValue } from "./schema.js";

/**
 * How a value came about.
 * - `verbatim`: exactly the text of its evidence, white space and line breaks included.
 * - `normalised`: computed by code from the text of its evidence (`rule` names the code's rule).
 * - `inferred`: chosen by the model among the schema's values (boolean, enum, const); evidence only where the value itself stands in the text.
 * - `free`: written by the model in its own words, because the schema says so; nothing in the text stands for it.
 * - `absent`: the document does not say it: null, an empty list, or a key left out.
 */
export type ValueOrigin = "verbatim" | "normalised" | "inferred" | "free" | "absent";

export interface FieldValue {
  readonly value: JsonValue;
  readonly origin: ValueOrigin;
  readonly evidence: Span | null;
  /** For `normalised`: the name of the rule, such as `number` or `date`. */
  readonly rule?: string;
  /** The share of such answers that are right, 0 to 1; how well it is known depends on the model's calibration. */
  readonly confidence: number;
}

/** What calibration is fitted on: the model's own probabilities. */
export interface Uncalibrated {
  readonly kind: CalibratedKind;
  /** That the field is absent, at the first choice; null where that was not to be chosen. */
  readonly absence: number | null;
  /** Of all choices, each within its mask. */
  readonly confidence: number;
}

export interface FieldResult {
  /** JSON pointer into the output: `/total`. */
  readonly path: string;
  /** One entry for a single value; one for each item of a list (none for an empty list). */
  readonly values: readonly FieldValue[];
  /** The value as it stands in the output; `undefined` never crosses: an omitted key has `omitted`. */
  readonly value: JsonValue;
  readonly omitted: boolean;
  readonly confidence: number;
  /** Where a field was read in several windows, that of the answer which was kept. */
  readonly uncalibrated?: Uncalibrated;
  /** Forward passes that this field took part in, others with it. */
  readonly forwards: number;
}

/** Does any of its values stand for something that the document says? */
export function foundSomething({ values }: FieldResult): boolean {
  return values.some(({ origin }) => origin !== "absent");
}

export interface ExtractionStats {
  readonly promptTokens: number;
  /** Tokens fed in branches, drafts included. */
  readonly branchTokens: number;
  /** Forward passes of the branches; the prefill is not counted. */
  readonly forwards: number;
  /** Time spent on the document's prefix in milliseconds, whenever it was spent. */
  readonly prefillMs: number;
  readonly decodeMs: number;
  /** Of these, time spent on what may come next: masks, drafts and their tokens. */
  readonly maskMs: number;
  /** Of the prefix's tokens, how many were already in the cache when extraction was asked for. */
  readonly prefixReused: number;
  readonly draftedTokens: number;
  readonly acceptedTokens: number;
}

/** Which parts of the text were read: text is never lost silently. */
export interface Coverage {
  readonly read: readonly Span[];
  /** The pieces in which it was read, each by itself; they overlap. One for a text that is read at once. */
  readonly windows: readonly Span[];
  readonly length: number;
}

export interface Extraction {
  readonly output: { readonly [key: string]: JsonValue };
  readonly fields: readonly FieldResult[];
  readonly coverage: Coverage;
  readonly stats: ExtractionStats;
}

/** The output's one layout: key order of the schema, two blanks, a line end. */
export function serialise(output: Extraction["output"]): string {
  return `${JSON.stringify(output, null, 2)}\n`;
}
