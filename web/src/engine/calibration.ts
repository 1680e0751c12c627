/**
 * When a field counts as absent, and what a confidence is worth. Pure; the numbers come from the manifest,
 * where `excerpt calibrate` fitted them on data that nothing was tuned on.
 *
 * Absence is decided once, at a branch's first choice, by the probability of all tokens that begin ` null`
 * or ` []`. What is written then is the best answer on that side of the decision. Confidence stays the
 * product of the choices' probabilities within their whole masks, the first one included; the map turns it
 * into the share of such answers that are right (Platt, 1999: a line on the log-odds).
 */

import type { FieldKind } from "./plan.js";
import { choose, type Choice } from "./model.js";
import type { Uncalibrated } from "../shared/extraction.js";
import type { CalibratedKind, Calibration, ConfidenceMap } from "../shared/manifest.js";

export type Fit = Pick<Calibration, "null_threshold" | "confidence">;

const AS_IT_IS = { slope: 1, offset: 0 } as const;
const BOTH = { filled: AS_IT_IS, absent: AS_IT_IS } as const;

/** Where a manifest holds none: what is more probable than not, and probabilities as the model gives them. */
export const UNCALIBRATED: Fit = {
  null_threshold: { string: 0.5, number: 0.5, date: 0.5, choice: 0.5, list: 0.5 },
  confidence: { string: BOTH, number: BOTH, date: BOTH, choice: BOTH, list: BOTH },
};

/** Probabilities this near to 0 and 1 are told apart, so that log-odds stay finite. */
const NEAREST = 1e-6;

/** A value of any of several types is fitted with the texts: it is written like one. */
export function calibratedKind(kind: FieldKind): CalibratedKind {
  return kind.type === "union" ? "string" : kind.type;
}

export interface FirstChoice extends Choice {
  /** The probability of absence; null where the mask left no choice between absent and filled. */
  readonly absence: number | null;
}

/**
 * The most probable token on the side that the threshold decides for.
 *
 * @param beginsAbsent whether an allowed token begins an absent answer, see `beginsAbsence`
 */
export function chooseFirst(
  logits: Float32Array, allowed: readonly number[], beginsAbsent: (id: number) => boolean, threshold: number,
): FirstChoice {
  const absent = allowed.filter(beginsAbsent);
  if (absent.length === 0 || absent.length === allowed.length) return { ...choose(logits, allowed), absence: null };
  const filled = allowed.filter((id) => !absent.includes(id));
  const best = choose(logits, allowed);
  const whole = (id: number): number => best.probability * Math.exp((logits[id] ?? Number.NEGATIVE_INFINITY) - (logits[best.id] ?? 0));
  const absence = Math.min(1, absent.reduce((sum, id) => sum + whole(id), 0));
  const { id } = choose(logits, absence >= threshold ? absent : filled);
  return { id, probability: whole(id), absence };
}

/**
 * Whether an answer that begins with these bytes can only be absent: ` null` or ` []`. What may still become
 * either (` [`) counts as filled.
 */
export function beginsAbsence(written: readonly number[]): boolean {
  const text = String.fromCharCode(...written);
  return (text.length >= 2 && " null\n".startsWith(text)) || (text.length >= 3 && " []\n".startsWith(text));
}

/** What was written, as far as its confidence is concerned. */
interface Uncertain {
  readonly text: string;
  readonly confidence: number;
  readonly absence: number | null;
}

export type Calibrated<T extends Uncertain> = T & { readonly uncalibrated: Uncalibrated };

/** The same with its confidence calibrated, and what that was fitted on beside it. */
export function calibrate<T extends Uncertain>(written: T, kind: CalibratedKind, { confidence }: Fit): Calibrated<T> {
  // A little more than the longest absent answer is enough to know it by.
  const absent = beginsAbsence([...new TextEncoder().encode(written.text.slice(0, 8))]);
  return {
    ...written,
    confidence: calibrated(written.confidence, confidence[kind][absent ? "absent" : "filled"]),
    uncalibrated: { kind, absence: written.absence, confidence: written.confidence },
  };
}

/** The share of answers of this kind and this raw confidence that are right, 0 to 1. */
export function calibrated(raw: number, { slope, offset }: ConfidenceMap): number {
  if (slope === 1 && offset === 0) return raw;
  const probability = Math.min(1 - NEAREST, Math.max(NEAREST, raw));
  return 1 / (1 + Math.exp(-(slope * Math.log(probability / (1 - probability)) + offset)));
}
