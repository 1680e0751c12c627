/** Is an answer that says it is 80 percent sure right 80 times of 100? As people's reviews tell. */

import type { Answer } from "../../shared/measure.js";
import { type Share, shareOf } from "./statistics.js";

export interface Bin {
  /** Confidences from `from` on, up to `to`. */
  readonly from: number;
  readonly to: number;
  /** What the answers said of themselves, on average. */
  readonly said: number;
  /** How many of them people accepted as they were. */
  readonly right: Share;
}

export interface Reliability {
  /** Those with answers in them. */
  readonly bins: readonly Bin[];
  readonly accepted: number;
  readonly corrected: number;
  readonly cleared: number;
  readonly right: Share;
  /** How far what was said is from what was right, on average over all answers; null without any. */
  readonly error: number | null;
}

const BINS = 10;

export function reliabilityOf(answers: readonly Answer[]): Reliability {
  const bins = Array.from({ length: BINS }, (_, index) => binOf(answers, index)).filter((bin) => bin !== null);
  const count = (verdict: Answer["verdict"]): number => answers.filter((answer) => answer.verdict === verdict).length;
  const accepted = count("accepted");
  const off = bins.reduce((sum, { said, right }) => sum + right.of * Math.abs(said - (right.share ?? 0)), 0);
  return {
    bins, accepted, corrected: count("corrected"), cleared: count("cleared"),
    right: shareOf(accepted, answers.length),
    error: answers.length === 0 ? null : off / answers.length,
  };
}

function binOf(answers: readonly Answer[], index: number): Bin | null {
  const within = answers.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === index);
  if (within.length === 0) return null;
  return {
    from: index / BINS,
    to: (index + 1) / BINS,
    said: within.reduce((sum, { confidence }) => sum + confidence, 0) / within.length,
    right: shareOf(within.filter(({ verdict }) => verdict === "accepted").length, within.length),
  };
}
