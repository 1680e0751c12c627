/** Measures drawn from results. */

import type { Extraction } from "../../shared/extraction.js";
import type { Answer, RunMeasure } from "../../shared/measure.js";
import type { ResultRecord } from "../../shared/record.js";
import { entriesOf, leavesOf } from "../review/entries.js";

/** Tiers are named with why no better one ran; these two mean that one was tried and failed. */
const FALLS = ["gpu-failed", "stepped-down"];

/** The measure of a settled result; null for one that never began. */
export function measureOf(record: ResultRecord): RunMeasure | null {
  const { id, startedAt, status, tier, why, model, ms, error, attempts } = record;
  if (status === "waiting" || status === "running" || tier === "") return null;
  return {
    kind: "run", id, at: startedAt, status, tier, why, model, ms,
    ...figuresOf(record.extraction),
    error: error?.code ?? null,
    fell: attempts > 1 || why.split(" ").some((reason) => FALLS.includes(reason)),
    memory: null,
    answers: answersOf(record),
  };
}

function figuresOf(extraction: Extraction | null): Pick<RunMeasure, "prefillMs" | "decodeMs" | "tokens" | "fields"> {
  if (extraction === null) return { prefillMs: 0, decodeMs: 0, tokens: 0, fields: 0 };
  const { fields, stats: { prefillMs, decodeMs, promptTokens } } = extraction;
  return { prefillMs, decodeMs, tokens: promptTokens, fields: fields.length };
}

/** What a person said of the model's answers. What the model had no answer to, a person's value says nothing about. */
export function answersOf({ schema, extraction, reviews }: Pick<ResultRecord, "schema" | "extraction" | "reviews">): readonly Answer[] {
  if (extraction === null || Object.keys(reviews).length === 0) return [];
  const leaves = leavesOf(entriesOf({ schema, reviews, fields: extraction.fields, active: false }));
  return leaves.flatMap(({ found, review }) => (found === null || review === null ? [] : [{ confidence: found.confidence, verdict: review.status }]));
}
