/** Days in their order: an invoice is not due before it is written, nothing ends before it begins, nobody acts before their birth. */

import type { DatesFinding } from "./finding.js";
import { below, type Scope, wordsOf } from "./scopes.js";

const BIRTH = /\b(?:birth|born|dob|birthday|geburt|geburtsdatum|geburtstag|geboren)\b/u;
const ISSUE = /^(?:date|datum)$|\b(?:invoice|issue|issued|bill|billing|receipt|document|rechnungs?|ausstellung|ausgestellt)\b(?!.*\b(?:due|period|start|end)\b)|^(?:rechnungs|ausstellungs|beleg)datum$/u;
const DUE = /\b(?:due|payable|deadline|expiry|expires?|expiration|fällig|fälligkeit|zahlbar)\b|^(?:fälligkeits|ablauf|zahlungs)datum$/u;
const ORDER = /\b(?:order|ordered|purchase|bestell|bestellt)\b|^(?:bestell|auftrags)datum$/u;
const DELIVERY = /\b(?:delivery|delivered|shipped|arrival|lieferung|geliefert)\b|^liefer(?:datum|termin)$/u;
const START = /\b(?:start|starts|begin|begins|beginning|from|since|hired|opened|check ?in|departure|von|ab|beginn|anreise|startdatum)\b/u;
const END = /\b(?:end|ends|ending|finish|until|till|to|left|closed|check ?out|return|bis|ende|abreise|enddatum)\b/u;

interface Day {
  readonly pointer: string;
  readonly name: string;
  readonly words: string;
  readonly day: string;
}

/** What is said of the days of an object. */
export function checkDates({ object, pointer }: Scope): DatesFinding[] {
  const days = Object.entries(object).flatMap(([name, value]): Day[] => {
    const day = typeof value === "string" ? /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(value)?.[0] : undefined;
    return day === undefined ? [] : [{ pointer: below(pointer, name), name, words: wordsOf(name), day }];
  });
  return days.flatMap((first) => days.filter((last) => first !== last && comesBefore(first.words, last.words)).map((last) => compared(first, last)));
}

function compared(first: Day, last: Day): DatesFinding {
  return { rule: "dates", ok: first.day <= last.day, fields: [last.pointer, first.pointer], names: [first.name, last.name] };
}

function comesBefore(first: string, last: string): boolean {
  if (BIRTH.test(first)) return !BIRTH.test(last);
  if (ISSUE.test(first) && DUE.test(last)) return !DUE.test(first);
  if (ORDER.test(first) && DELIVERY.test(last)) return !DELIVERY.test(first);
  return START.test(first) && END.test(last) && stem(first, START) === stem(last, END);
}

/** What begins and what ends, without the word for it: `contract` of `contract start date`. */
function stem(words: string, role: RegExp): string {
  return words.replace(role, "").replace(/\b(?:date|day|datum|tag)\b/u, "").replace(/\s+/gu, " ").trim();
}
