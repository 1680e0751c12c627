/** An error or a notice in the page's language, where it has a text for it; else in English, as it was thrown. */

import type { ErrorData, ErrorValues } from "../../shared/errors.js";
import type { Notice } from "../../shared/notice.js";
import type { Phrases } from "../../shared/wordings.js";
import { adviceKey, type ErrorText, messageKey, noticeKey, phraseKey } from "./error-texts.js";
import { language, type Language, tErrors } from "./index.js";

export interface SaidError extends ErrorText {
  /** The language of the text, for the element that shows it. */
  readonly lang: Language;
}

/** Values of these names are words of the language. */
const PHRASES: Readonly<Record<keyof Phrases, true>> = {
  why: true, what: true, mend: true, format: true, flaw: true, fault: true, expected: true, excluded: true, feature: true,
};

export interface SaidNotice {
  readonly message: string;
  readonly lang: Language;
}

/** A notice in the page's language where it has a text for it; else in English, as it was told. */
export function noticeText({ message, wording, values = {}, reason }: Notice): SaidNotice {
  const lang = language.value;
  const why = reason === undefined ? null : errorText(reason);
  const known = lang !== "en" && wording !== undefined && (why === null || why.lang === lang);
  const text = known ? tErrors(noticeKey(wording), why === null ? values : { ...values, reason: why.message, advice: why.advice }) : null;
  return text === null ? { message, lang: "en" } : { message: text, lang };
}

/** Records of older versions carry no wording, those of newer ones may carry others: both are told in English. */
export function errorText(error: ErrorData): SaidError {
  const lang = language.value;
  const text = lang === "en" ? null : translated(error);
  return text === null ? { message: error.message, advice: error.advice, lang: "en" } : { ...text, lang };
}

function translated({ wording, values = {} }: ErrorData): ErrorText | null {
  const words = wording === undefined ? null : inWords(values);
  if (wording === undefined || words === null) return null;
  const message = tErrors(messageKey(wording), words);
  const advice = tErrors(adviceKey(wording), words);
  return message === null || advice === null ? null : { message, advice };
}

/** The values with words for those that are keys; null where the language lacks one. */
function inWords(values: ErrorValues): ErrorValues | null {
  const words: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values)) {
    const word = Object.hasOwn(PHRASES, name) ? tErrors(phraseKey(name, String(value)), values) : value;
    if (word === null) return null;
    words[name] = word;
  }
  return words;
}
