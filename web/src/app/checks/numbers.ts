/** Numbers that carry their own check: bank accounts (IBAN), banks (BIC) and companies in trade (VAT). */

import { electronicFormatIBAN, validateBIC, validateIBAN, ValidationErrorsIBAN } from "ibantools";
import { InvalidChecksum, InvalidLength } from "stdnum/lib/esm/exceptions.js";
import { schemaAt } from "../../shared/record-schema.js";
import { pathOf } from "../../shared/record.js";
import type { JsonSchema, JsonValue } from "../../shared/schema.js";
import type { NumberFinding } from "./finding.js";
import { type Leaf, leavesOf, wordsOf } from "./scopes.js";
import { VAT_COUNTRIES } from "./vat-countries.js";

type Fault = NumberFinding["fault"];

const IBAN = /\biban\b/u;
const BIC = /^(?:bic|swift|swift bic|bic swift|(?:bic|swift) (?:code|number|nr))$/u;
const VAT = /\b(?:vat|ust|umsatzsteuer|mwst|tva|iva|btw|moms)\b.*\b(?:id|no|nr|num|number|nummer|idnr|identifikationsnummer|reg|registration|code)\b|^(?:ust ?idnr|uid|vatin|(?:ust|umsatzsteuer)(?:id|nummer))$/u;
const VAT_DESCRIBED = /\bvat (?:id|identification|registration|reg|number|no)\b|\bust-?id/iu;
/** A text of this form is an account's number, whatever its field is called. */
const LIKE_IBAN = /^[A-Z]{2}\d{2}[ ]?(?:[A-Z0-9]{4}[ ]?){2,7}[A-Z0-9]{1,4}$/u;

/** What is said of the numbers of an output; of those alone whose kind is known. */
export function checkNumbers(output: JsonValue, schema: JsonSchema): NumberFinding[] {
  return leavesOf(output).flatMap((leaf) => checkNumber(leaf, descriptionOf(leaf, schema)));
}

function checkNumber({ name, value, pointer }: Leaf, description: string): NumberFinding[] {
  if (typeof value !== "string" || value.trim() === "") return [];
  const words = wordsOf(name);
  const said = (rule: NumberFinding["rule"], fault: Fault): NumberFinding[] => [{ rule, ok: fault === null, fields: [pointer], fault }];
  if (IBAN.test(words) || LIKE_IBAN.test(value)) return said("iban", ibanFault(value));
  if (BIC.test(words)) return said("bic", validateBIC(plain(value)).valid ? null : "form");
  if (!VAT.test(words) && !VAT_DESCRIBED.test(description)) return [];
  const fault = vatFault(value);
  return fault === undefined ? [] : said("vat", fault);
}

/** What is wrong with an account's number; null where it is right. */
export function ibanFault(written: string): Fault {
  const { valid, errorCodes } = validateIBAN(electronicFormatIBAN(written) ?? "");
  if (valid) return null;
  const has = (...codes: readonly ValidationErrorsIBAN[]): boolean => codes.some((code) => errorCodes.includes(code));
  if (has(ValidationErrorsIBAN.NoIBANProvided, ValidationErrorsIBAN.NoIBANCountry)) return "country";
  if (has(ValidationErrorsIBAN.WrongBBANLength)) return "length";
  return has(ValidationErrorsIBAN.WrongBBANFormat, ValidationErrorsIBAN.ChecksumNotNumber) ? "form" : "digits";
}

/** What is wrong with a company's tax number; undefined where it does not begin with the letters of a known country. */
export function vatFault(written: string): Fault | undefined {
  const number = plain(written);
  const validate = VAT_COUNTRIES[number.slice(0, 2)];
  if (validate === undefined) return undefined;
  const outcome = validate(number.slice(2));
  if (outcome.isValid) return null;
  if (outcome.error instanceof InvalidLength) return "length";
  return outcome.error instanceof InvalidChecksum ? "digits" : "form";
}

/** Without blanks and marks between the characters. */
function plain(written: string): string {
  return written.toUpperCase().replace(/[^A-Z0-9+*]/gu, "");
}

function descriptionOf({ pointer }: Leaf, schema: JsonSchema): string {
  const description = schemaAt(schema, pathOf(pointer))?.description;
  return typeof description === "string" ? description : "";
}
