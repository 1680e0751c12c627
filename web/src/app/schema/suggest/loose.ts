/** What is known by its form alone: addresses, numbers to call, dates, wherever they stand. */

import type { DatePlace } from "../../../normalize/date.js";
import type { RuleName, Suggestion } from "./suggestion.js";
import { EMAIL, IBAN, PHONE, WEBSITE } from "./values.js";

interface Form {
  readonly rule: RuleName;
  readonly name: string;
  readonly description: string;
  readonly pattern: RegExp;
  readonly format: string | null;
}

const FORMS: readonly Form[] = [
  { rule: "email", name: "email", description: "E-mail address", pattern: EMAIL, format: "email" },
  { rule: "website", name: "website", description: "Address of the web site", pattern: WEBSITE, format: null },
  { rule: "iban", name: "iban", description: "IBAN of the bank account", pattern: IBAN, format: null },
  { rule: "phone", name: "phone", description: "Telephone number", pattern: PHONE, format: null },
];

export function findLoose(text: string, dates: readonly DatePlace[]): readonly Suggestion[] {
  const found: Suggestion[] = [];
  const taken = dates.map(({ span }) => span);
  for (const { pattern, ...form } of FORMS) {
    for (const { 0: sample, index: start } of text.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
      const end = start + sample.length;
      if (taken.some((span) => start < span.end && end > span.start)) continue;
      taken.push({ start, end });
      found.push({ ...form, kind: "text", entry: null, columns: [], sample, start });
    }
  }
  const days = dates.map(({ span }): Suggestion => ({
    rule: "date", name: "date", description: "Date of the document", kind: "date", format: null, entry: null, columns: [], sample: text.slice(span.start, span.end), start: span.start,
  }));
  return [...found, ...days];
}
