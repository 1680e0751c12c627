/** What a value looks like: a date, an amount, a number, an address, a list, or simply a text. */

import type { DatePlace } from "../../../normalize/date.js";
import { type Shape, TEXT } from "./suggestion.js";
import type { Cell } from "./lines.js";

export const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}/u;
export const WEBSITE = /(?:https?:\/\/|www\.)[^\s,;<>"]*[^\s,;<>".)]/iu;
export const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/u;
/** It begins as numbers are dialled, from abroad or from home. */
export const PHONE = /(?<![\p{L}\d.,/-])(?:\+\d|\(?0\d)[\d ()/–-]{5,}\d(?![\p{L}\d])/u;

const CURRENCY = "(?:\\p{Sc}|[A-Z]{3})";
const FIGURE = "[-−+]?\\d[\\d.,'’ \\u00a0]*";
/** One figure, with a currency or a percent sign, or with the letter that tills print behind an amount. */
const NUMBER = new RegExp(`^(?:${CURRENCY}\\s?)?${FIGURE}\\s?(?:${CURRENCY}|%|[A-Z*])?$`, "u");
const MONEY = new RegExp(`\\p{Sc}|(?<!\\p{L})[A-Z]{3}(?!\\p{L})|[.,]\\d{2}(?:\\s?[A-Z*])?$|%`, "u");
const DECIMAL = /\d[.,]\d{1,3}(?!\d)/u;
/** Longer runs of digits, and those that begin with zero, are marks and not amounts. */
const COUNT = /^[1-9]\d{0,3}$|^0$/u;
const YES_NO = /^(?:yes|no|ja|nein|oui|non|sí|true|false)$/iu;

/** @param dates those of the whole document */
export function shapeOf({ text, start }: Cell, dates: readonly DatePlace[]): Shape {
  if (isWhole(EMAIL, text)) return { kind: "text", format: "email" };
  if (/^https?:/iu.test(text) && isWhole(WEBSITE, text)) return { kind: "text", format: "uri" };
  if (dateAt(text, start, dates)) return { kind: "date", format: null };
  if (COUNT.test(text)) return { kind: "integer", format: null };
  if (NUMBER.test(text) && (MONEY.test(text) || DECIMAL.test(text))) return { kind: "number", format: null };
  if (YES_NO.test(text)) return { kind: "boolean", format: null };
  return isEnumeration(text) ? { kind: "list", format: null } : TEXT;
}

/** The date is what the value begins with, and most of it. */
function dateAt(text: string, start: number, dates: readonly DatePlace[]): boolean {
  return dates.some(({ span }) => {
    const length = span.end - span.start;
    return span.start >= start && span.start <= start + text.length * 0.4 && span.end <= start + text.length && length >= text.length * 0.5;
  });
}

/** Three or more names with commas between them. */
function isEnumeration(text: string): boolean {
  const parts = text.split(/[,;]\s+/u);
  return parts.length >= 3 && !/\d/u.test(text) && parts.every((part) => part !== "" && part.split(/\s+/u).length <= 4);
}

function isWhole(pattern: RegExp, text: string): boolean {
  return pattern.exec(text)?.[0].length === text.length;
}

export function isNumeric({ kind }: Shape): boolean {
  return kind === "number" || kind === "integer";
}
