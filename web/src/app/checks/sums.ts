/**
 * Do the amounts of a document add up? Lines against the total, net and tax against the total, quantity times
 * price against a line's amount.
 *
 * - What a key means is told by its name, in English and in the languages of common forms.
 * - A sum is only made where every part of it is known: what is missing would make it wrong.
 * - Each figure may be rounded, by half a cent or of its last decimal place: a sum of many may be further off than one.
 * - Where a document can be meant in several ways (prices with or without tax), it is right if one of them is.
 */

import { isObject, type JsonObject, type JsonValue } from "../../shared/schema.js";
import type { Finding, SumFinding } from "./finding.js";
import { below, type Scope, wordsOf } from "./scopes.js";

const TOTAL = /^(?:(?:grand|invoice|order|final|overall|gross) )?total(?: (?:amount|price|sum|due|paid|gross|payable|to pay|incl\b.*))?$|^(?:amount|balance) (?:due|payable|paid|to pay|total)$|^gross(?: (?:amount|sum))?$|^(?:gesamt|rechnungs|end|brutto|zahl)(?:betrag|summe|preis)$|^gesamt$|^brutto$|^total ttc$|^importe total$/u;
const NET = /^sub ?total(?: amount)?$|^net(?: (?:amount|total|sum|price))?$|^(?:total|amount) (?:net|before tax|excl\b.*|without tax|ht)$|^zwischensumme$|^netto(?:betrag|summe)?$|^sous total$/u;
const TAX = /^(?:(?:total|sales) )?(?:tax|vat|gst|hst|mwst|ust|tva|iva|btw|mehrwertsteuer|umsatzsteuer|steuer)(?: (?:amount|total|sum|betrag))?$|^(?:mwst|ust|steuer)betrag$/u;
const ADDED = /^(?:shipping|delivery|freight|postage|handling|tip|gratuity|service charge|surcharge|versand|versandkosten|trinkgeld)(?: (?:cost|costs|fee|fees|amount|charge|charges))?$/u;
const TAKEN_OFF = /^(?:discount|rebate|rabatt|skonto|deduction|remise)(?: (?:amount|total))?$/u;
const AMOUNT = /^(?:line )?(?:amount|total|sum)(?: (?:amount|price|net|gross))?$|^(?:betrag|gesamt|summe|gesamtpreis|positionsbetrag|net amount|price total|montant|importe)$/u;
const PRICE = /^(?:price|preis|cost|prix|precio)$/u;
const UNIT_PRICE = /^(?:unit|item|single) (?:price|cost)$|^price (?:per|each)\b.*$|^(?:einzel|stück)preis$|^rate$|^hourly rate$/u;
const QUANTITY = /^(?:qty|quantity|count|units?|pieces|menge|anzahl|hours|stunden|number of \w+)$/u;

interface Figure {
  readonly pointer: string;
  readonly value: number;
}

/** What is said of an object's amounts and of those of its lines. */
export function checkSums({ pointer, object }: Scope): Finding[] {
  const rows = Object.entries(object).flatMap(([key, value]) => linesOf(value, below(pointer, key)));
  const about = figuresOf(object, pointer);
  return [...rows.flatMap(({ lines }) => lines.flatMap(checkLine)), ...rows.flatMap((one) => checkLines(one, about)), ...checkTotal(about)];
}

interface Amounts {
  readonly total: Figure | null;
  readonly net: Figure | null;
  readonly tax: Figure | null;
  /** What is added to the net amount besides tax; below zero what is taken off. */
  readonly extras: readonly Figure[];
}

function figuresOf(object: JsonObject, pointer: string): Amounts {
  const takenOff = all(object, pointer, TAKEN_OFF).map((figure) => ({ ...figure, value: -Math.abs(figure.value) }));
  return { total: one(object, pointer, TOTAL), net: one(object, pointer, NET), tax: one(object, pointer, TAX), extras: [...all(object, pointer, ADDED), ...takenOff] };
}

interface Lines {
  readonly lines: readonly Scope[];
  /** The amount of each line, in the ways that it can be meant; none where one is missing. */
  readonly ways: readonly (readonly Figure[])[];
}

/** The lines of a list of objects that have amounts. */
function linesOf(value: JsonValue, pointer: string): Lines[] {
  if (!Array.isArray(value)) return [];
  const lines = value.flatMap((object: JsonValue, index) => (isObject(object) ? [{ pointer: `${pointer}/${index}`, object }] : []));
  if (lines.length === 0 || lines.length < value.length) return [];
  const ways = [amountOf, timesOf].map((way) => lines.map(way).filter((figure) => figure !== null));
  return [{ lines, ways: ways.filter((figures) => figures.length === lines.length) }];
}

function amountOf({ object, pointer }: Scope): Figure | null {
  return one(object, pointer, AMOUNT) ?? one(object, pointer, PRICE);
}

/** Quantity times price, where no amount is stated. */
function timesOf({ object, pointer }: Scope): Figure | null {
  const quantity = one(object, pointer, QUANTITY);
  const price = one(object, pointer, UNIT_PRICE) ?? one(object, pointer, PRICE);
  return quantity === null || price === null || one(object, pointer, AMOUNT) !== null ? null : { pointer: price.pointer, value: quantity.value * price.value };
}

function checkLine({ object, pointer }: Scope): Finding[] {
  const amount = one(object, pointer, AMOUNT);
  const quantity = one(object, pointer, QUANTITY);
  const price = one(object, pointer, UNIT_PRICE) ?? one(object, pointer, PRICE);
  if (amount === null || quantity === null || price === null || all(object, pointer, TAKEN_OFF).length > 0) return [];
  const computed = tidy(quantity.value * price.value);
  // A price may be rounded before it is multiplied.
  const slack = halfUnit([amount]) + Math.abs(quantity.value) * halfUnit([price]);
  const ok = Math.abs(computed - amount.value) <= slack || Math.abs(price.value - amount.value) < Number.EPSILON;
  return [{ rule: "line", ok, fields: [amount.pointer, quantity.pointer, price.pointer], computed, stated: amount.value }];
}

function checkLines({ ways }: Lines, { total, net, tax, extras }: Amounts): Finding[] {
  const stated = net ?? total;
  if (stated === null || ways.length === 0) return [];
  const [of, extra] = [tax?.value ?? 0, sum(extras)];
  const targets = [net?.value, total?.value].filter((value) => value !== undefined).flatMap((value) => [value, value - of, value - extra, value - of - extra]);
  const sums = ways.map((figures) => ({ figures, computed: tidy(sum(figures)) }));
  const fits = sums.find(({ figures, computed }) => targets.some((target) => isClose(computed, target, [...figures, stated])));
  const shown = fits ?? sums[0];
  if (shown === undefined) return [];
  return [{ rule: "lines", ok: fits !== undefined, fields: [stated.pointer, ...shown.figures.map(({ pointer }) => pointer)], computed: shown.computed, stated: stated.value }];
}

function checkTotal({ total, net, tax, extras }: Amounts): SumFinding[] {
  const others = tax === null ? extras : [tax, ...extras];
  if (total === null || net === null || others.length === 0) return [];
  const parts = [net, ...others];
  const computed = tidy(sum(parts));
  const withTaxInside = net.value + sum(extras);
  const ok = isClose(computed, total.value, [...parts, total]) || isClose(withTaxInside, total.value, [...parts, total]);
  return [{ rule: "total", ok, fields: [total, ...parts].map(({ pointer }) => pointer), computed, stated: total.value }];
}

/** The only number under a key of this meaning; null where there is none, or where there are several. */
function one(object: JsonObject, pointer: string, meaning: RegExp): Figure | null {
  const [only, other] = all(object, pointer, meaning);
  return only === undefined || other !== undefined ? null : only;
}

function all(object: JsonObject, pointer: string, meaning: RegExp): Figure[] {
  return Object.entries(object).flatMap(([key, value]) => (typeof value === "number" && meaning.test(wordsOf(key)) ? [{ pointer: below(pointer, key), value }] : []));
}

function sum(figures: readonly Figure[]): number {
  return figures.reduce((total, { value }) => total + value, 0);
}

function isClose(computed: number, stated: number, figures: readonly Figure[]): boolean {
  return Math.abs(computed - stated) <= figures.length * halfUnit(figures);
}

/** Half of the last decimal place that the figures have, of cents at least: `13.5` is written for 13.50. */
function halfUnit(figures: readonly Figure[]): number {
  const decimals = Math.max(2, ...figures.map(({ value }) => (String(Math.abs(value)).split(".")[1] ?? "").length));
  return 0.5 * 10 ** -Math.min(decimals, 6) + 1e-9;
}

/** Without the errors of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
