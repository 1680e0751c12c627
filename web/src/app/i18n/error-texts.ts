/**
 * The texts of errors in a language other than the one they are thrown in. Each area of `shared/wordings.ts` has a
 * table; what lacks a wording, has one too many, or names a value that does not come with it, does not compile.
 */

import type { NamesOf, Phrases, NoticeWordings, Wording } from "../../shared/wordings.js";
import type { Named } from "./texts.js";

export interface ErrorText {
  readonly message: string;
  readonly advice: string;
}

/** The words of values that are keys. */
export type PhraseTexts = { readonly [N in keyof Phrases]: { readonly [Key in Phrases[N]]: string } };

/** What is told of a file that was read, or of the model. */
export type NoticeTexts = { readonly [W in keyof NoticeWordings]: string };

/** All of them under flat keys: see `messageKey` and its like. */
export type ErrorTexts = Readonly<Record<string, string>>;

type Fits<Text, Values> = [Named<Text>] extends [NamesOf<Values>] ? string : never;

type Checked<T extends Record<keyof T, ErrorText>, Area> = {
  readonly [W in keyof T]: W extends keyof Area
    ? { readonly message: Fits<T[W]["message"], Area[W]>; readonly advice: Fits<T[W]["advice"], Area[W]> }
    : never;
};

type AreaTexts<Area> = { readonly [W in keyof Area]: ErrorText };

/** The texts of one area, checked. */
export function textsOf<Area>(): <const T extends AreaTexts<Area>>(texts: T & Checked<T, Area>) => AreaTexts<Area> {
  return (texts) => texts;
}

/** A language's texts as a namespace. */
export function errorNamespace(texts: Readonly<Record<Wording, ErrorText>>, phrases: PhraseTexts, notices: NoticeTexts): ErrorTexts {
  const told = Object.entries(texts).flatMap(([wording, { message, advice }]) => [[messageKey(wording), message], [adviceKey(wording), advice]] as const);
  const words = Object.entries(phrases).flatMap(([name, ofName]) => Object.entries(ofName).map(([key, text]) => [phraseKey(name, key), text] as const));
  const noticed = Object.entries(notices).map(([wording, text]) => [noticeKey(wording), text] as const);
  return Object.fromEntries([...told, ...words, ...noticed]);
}

export function messageKey(wording: string): string {
  return `message ${wording}`;
}

export function adviceKey(wording: string): string {
  return `advice ${wording}`;
}

export function noticeKey(wording: string): string {
  return `notice ${wording}`;
}

export function phraseKey(name: string, key: string): string {
  return `phrase ${name} ${key}`;
}
