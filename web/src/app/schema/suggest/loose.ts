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
  const isDate = (index: number): boolean => dates.some(({ span }) => index >= span.start && index < span.end);
  const found = FORMS.flatMap(({ pattern, ...form }) =>
    [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))]
      .filter((match) => !isDate(match.index))
      .map((match): Suggestion => ({ ...form, kind: "text", entry: null, columns: [], sample: match[0], start: match.index })),
  );
  const days = dates.map(({ span }): Suggestion => ({
    rule: "date", name: "date", description: "Date of the document", kind: "date", format: null, entry: null, columns: [], sample: text.slice(span.start, span.end), start: span.start,
  }));
  return [...found, ...days];
}
