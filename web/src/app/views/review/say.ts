/** Values, names and figures as people read them. */

import { pathOf } from "../../../shared/record.js";
import type { JsonValue } from "../../../shared/schema.js";
import { locale, t } from "../../i18n/index.js";
import type { Entry } from "../../review/entries.js";

/** A value as a person reads it. Texts and figures stand as they will in the result. */
export function sayValue(value: JsonValue): string {
  if (typeof value === "boolean") return t(value ? "review.yes" : "review.no");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `/lines/0/price` → “lines › 1 › price”: rows and items are counted from one. */
export function sayPath(pointer: string): string {
  return pathOf(pointer).map((key) => (/^\d+$/.test(key) ? `${Number(key) + 1}` : key)).join(" › ");
}

/** The name of a field as tests and style sheets find it. */
export function fieldOf(pointer: string): string {
  return pathOf(pointer).join("/");
}

/** An amount with its cents, as the page's language writes it. */
export function sayAmount(amount: number): string {
  return amount.toLocaleString(locale.value, { minimumFractionDigits: Number.isInteger(amount) ? 0 : 2, maximumFractionDigits: 6 });
}

export function hasValue(entry: Entry): boolean {
  return entry.kind === "leaf" ? entry.value !== null && !(Array.isArray(entry.value) && entry.value.length === 0) : entry.entries.some(hasValue);
}
