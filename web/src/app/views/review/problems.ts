/** Why a value cannot stand in its field, in words. */

import { t } from "../../i18n/index.js";
import type { EditProblem } from "../../state/review/review-state.js";
import { sayAmount } from "./say.js";

export function sayProblem(problem: EditProblem): string {
  return "wanted" in problem ? sayWanted(problem.wanted) : sayFault(problem.fault.keyword, problem.fault.argument);
}

function sayWanted(wanted: string): string {
  switch (wanted) {
    case "number": return t("review.wantedNumber", { example: sayAmount(1234.5) });
    case "integer": return t("review.wantedInteger");
    case "date": return t("review.wantedDate", { example: "2026-03-05" });
    case "time": return t("review.wantedTime");
    case "date-time": return t("review.wantedMoment");
    case "boolean": return t("review.wantedBoolean");
    case "choice": return t("review.wantedChoice");
    default: return t("review.wantedText");
  }
}

function sayFault(keyword: string, argument: string): string {
  switch (keyword) {
    case "pattern": return t("review.faultPattern", { argument });
    case "minimum": case "exclusiveMinimum": return t("review.faultMinimum", { argument });
    case "maximum": case "exclusiveMaximum": return t("review.faultMaximum", { argument });
    case "minLength": return t("review.faultShort", { argument });
    case "maxLength": return t("review.faultLong", { argument });
    case "format": return t("review.faultFormat", { argument });
    case "uniqueItems": return t("review.faultTwice");
    default: return t("review.faultOther", { keyword });
  }
}
