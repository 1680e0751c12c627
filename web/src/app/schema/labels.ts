/** The page's words for presets, kinds and problems. */

import { InputError } from "../../shared/errors.js";
import { t, tEnglish, type TextKey } from "../i18n/index.js";
import type { Kind } from "./kinds.js";
import { PRESETS } from "./presets.js";
import type { DraftProblem, ProblemCode } from "./problems.js";
import { ROOT } from "./draft.js";

const PRESET_LABELS = {
  receipt: "schema.presetReceipt",
  invoice: "schema.presetInvoice",
  contact: "schema.presetContact",
  resume: "schema.presetResume",
  meeting: "schema.presetMeeting",
} as const satisfies Record<string, TextKey>;

/** A preset that has no words in the page's language goes by its own. */
export function presetLabel(id: string): string {
  if (id in PRESET_LABELS) return t(PRESET_LABELS[id as keyof typeof PRESET_LABELS]);
  return PRESETS.find((preset) => preset.id === id)?.label ?? id;
}

const KIND_LABELS = {
  text: "schema.kindText", number: "schema.kindNumber", integer: "schema.kindInteger", date: "schema.kindDate", boolean: "schema.kindBoolean",
  choice: "schema.kindChoice", group: "schema.kindGroup", list: "schema.kindList", other: "schema.kindOther",
} as const satisfies Record<Kind | "other", TextKey>;

export function kindLabel(kind: Kind | "other"): string {
  return t(KIND_LABELS[kind]);
}

const LIST_LABELS = {
  text: "schema.listText", number: "schema.listNumber", integer: "schema.listInteger", date: "schema.listDate", boolean: "schema.listBoolean",
  choice: "schema.listChoice", group: "schema.listGroup", list: "schema.kindList", other: "schema.kindList",
} as const satisfies Record<Kind | "other", TextKey>;

/** A list by what it holds. */
export function listLabel(entry: Kind | "other"): string {
  return t(LIST_LABELS[entry]);
}

export function problemText(problem: DraftProblem): string {
  const kind = kindOf(problem);
  return kind === "same-name" ? t("schema.problemSameName", { name: problem.name }) : t(PROBLEMS[kind]);
}

/** The same as an error, which is told in any language. */
export function problemError(problem: DraftProblem | undefined): InputError {
  const advice = tEnglish("schema.incompleteAdvice");
  if (problem === undefined) return new InputError("schema-incomplete/unknown", tEnglish("schema.incomplete"), advice);
  const { name } = problem;
  const kind = kindOf(problem);
  if (kind === "same-name") return new InputError(["schema-incomplete/same-name", { name }], tEnglish("schema.problemSameName", { name }), advice);
  return new InputError(`schema-incomplete/${kind}`, tEnglish(PROBLEMS[kind]), advice);
}

function kindOf({ code, key }: DraftProblem): ProblemCode | "none" {
  return code === "no-fields" && key === ROOT ? "none" : code;
}

const PROBLEMS = {
  none: "schema.empty", "no-fields": "schema.problemNoFields", "no-name": "schema.problemNoName", "no-options": "schema.problemNoOptions",
} as const satisfies Record<Exclude<ProblemCode, "same-name"> | "none", TextKey>;
