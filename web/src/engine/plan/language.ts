/** A text part as an automaton with bounds on its length; each is built once. */

import { Dfa } from "../constraint/dfa.js";
import { compileFormat, LONGEST } from "../constraint/formats.js";
import { Lengths } from "../constraint/lengths.js";
import { compilePattern } from "../constraint/pattern.js";
import type { TextPart } from "./nodes.js";

const languages = new WeakMap<TextPart, Lengths>();
const ANYTHING = Dfa.any();

/** @throws PatternError, TooLargeError */
export function languageOf(part: TextPart): Lengths {
  const known = languages.get(part);
  if (known !== undefined) return known;
  const longest = Math.min(part.maxLength, ...part.formats.map((format) => LONGEST[format] ?? Number.POSITIVE_INFINITY));
  const made = new Lengths(automatonOf(part), part.minLength, longest);
  languages.set(part, made);
  return made;
}

function automatonOf({ patterns, formats, without }: TextPart): Dfa {
  const wanted = [...patterns.map(compilePattern), ...formats.map(compileFormat)];
  const all = [...wanted, ...without.map(compilePattern)];
  const [only, other] = all;
  if (only === undefined) return ANYTHING;
  if (other === undefined && wanted.length === 1) return only;
  return Dfa.combine(all, (matches) => (matches.every((match, i) => match === i < wanted.length) ? 1 : 0));
}

/** Does the text belong to the part? */
export function speaks(part: TextPart, text: string): boolean {
  const language = languageOf(part);
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const state = points.reduce((at, point) => language.dfa.step(at, point), language.dfa.initial);
  return language.accepting(state, points.length);
}
