/** What a check found, in words. */

import type { Finding, NumberFinding, SumFinding } from "../../checks/finding.js";
import { t } from "../../i18n/index.js";
import { sayAmount, sayPath } from "./say.js";

export function sayFinding(finding: Finding): string {
  switch (finding.rule) {
    case "lines": case "total": case "line": return saySum(finding);
    case "dates": {
      const [first, last] = finding.names;
      return t(finding.ok ? "review.datesRight" : "review.datesWrong", { first, last });
    }
    case "iban": case "bic": case "vat": return sayNumber(finding);
  }
}

function saySum({ rule, ok, computed, stated, fields }: SumFinding): string {
  const name = sayPath(fields[0] ?? "");
  const values = { computed: sayAmount(computed), stated: sayAmount(stated), name };
  return ok ? t(`review.${rule}Right`, values) : t(`review.${rule}Wrong`, values);
}

const FAULTS = {
  country: "review.numberCountry", length: "review.numberLength", form: "review.numberForm", digits: "review.numberDigits",
} as const;
const KINDS = { iban: "review.kindIban", bic: "review.kindBic", vat: "review.kindVat" } as const;

function sayNumber({ rule, fault, fields }: NumberFinding): string {
  const values = { name: sayPath(fields[0] ?? ""), kind: t(KINDS[rule]) };
  return t(fault === null ? "review.numberRight" : FAULTS[fault], values);
}
