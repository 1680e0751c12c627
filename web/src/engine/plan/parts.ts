/** The parts of a schema object, type by type, from the keywords that only concern that type. */

import { compileFormat, isFormat } from "../constraint/formats.js";
import { TooLargeError } from "../constraint/dfa.js";
import { compilePattern, PatternError } from "../constraint/pattern.js";
import { finds } from "./admits.js";
import type { Keywords } from "./keywords.js";
import { languageOf } from "./language.js";
import { ANY, ANY_NUMBER, ANY_TEXT, NEVER, type ArrayPart, type Extras, type Lazy, type NumberPart, type ObjectPart, type Slot, type TextPart } from "./nodes.js";
import { simplified } from "./objects.js";
import { isList } from "./keywords.js";

/** The lazy nodes of schemas below this one, by their path. */
export type Below = (...path: readonly (string | number)[]) => Lazy;

/** Formats of the standard that have no automaton here. Others that it does not know are notes (validation 7.2.3). */
const UNENFORCED_FORMATS = ["idn-email", "idn-hostname", "iri", "iri-reference", "uri-template", "regex"];

export function textPart(keywords: Keywords): TextPart | null {
  const pattern = keywords.text("pattern");
  const format = keywords.text("format");
  if (format !== null && UNENFORCED_FORMATS.includes(format)) {
    keywords.refuse("format", ["schema-refused/format", { named: format }], `The format “${format}” cannot be enforced.`, "Leave the format out, or use “pattern”.");
  }
  const part: TextPart = {
    ...ANY_TEXT,
    minLength: keywords.count("minLength") ?? 0,
    maxLength: keywords.count("maxLength") ?? Number.POSITIVE_INFINITY,
    patterns: pattern === null ? [] : [pattern],
    formats: format !== null && isFormat(format) ? [format] : [],
  };
  part.formats.forEach(compileFormat);
  return guarded(keywords, "pattern", () => languageOf(part).possible) ? part : null;
}

export function numberPart(keywords: Keywords, integer: boolean): NumberPart {
  const multipleOf = keywords.number("multipleOf");
  if (multipleOf !== null && multipleOf <= 0) {
    keywords.refuse("multipleOf", ["schema-refused/multiple-of", { number: String(multipleOf) }], `“multipleOf” is ${String(multipleOf)}.`, "It must be greater than 0.");
  }
  const minimum = keywords.number("minimum") ?? ANY_NUMBER.minimum;
  const maximum = keywords.number("maximum") ?? ANY_NUMBER.maximum;
  return {
    ...ANY_NUMBER,
    integer,
    minimum,
    maximum,
    exclusiveMinimum: exclusive(keywords, "exclusiveMinimum", minimum) ?? ANY_NUMBER.exclusiveMinimum,
    exclusiveMaximum: exclusive(keywords, "exclusiveMaximum", maximum) ?? ANY_NUMBER.exclusiveMaximum,
    multiples: multipleOf === null ? [] : [multipleOf],
  };
}

/** A number of its own; in draft 4, whether the bound itself is left out. */
function exclusive(keywords: Keywords, keyword: string, bound: number): number | null {
  if (typeof keywords.peek(keyword) !== "boolean") return keywords.number(keyword);
  return keywords.boolean(keyword) === true ? bound : null;
}

export function arrayPart(keywords: Keywords, below: Below): ArrayPart | null {
  const items = keywords.peek("items");
  const listed = isList(items);
  const firstKeyword = listed ? "items" : "prefixItems";
  const first = (isList(keywords.peek(firstKeyword)) ? keywords.values(firstKeyword) ?? [] : []).map((_, i) => below(firstKeyword, i));
  const restKeyword = listed ? "additionalItems" : "items";
  const rest = keywords.has(restKeyword) ? below(restKeyword) : ANY;
  const least = containing(keywords, below);
  const minItems = Math.max(keywords.count("minItems") ?? 0, least);
  const maxItems = keywords.count("maxItems") ?? Number.POSITIVE_INFINITY;
  const bound = rest === NEVER ? Math.min(maxItems, first.length) : maxItems;
  if (minItems > bound) return null;
  return { type: "array", first, rest, minItems, maxItems: bound, unique: keywords.boolean("uniqueItems") ?? false };
}

/** `contains` is possible where every item will do: then it only asks for their number. */
function containing(keywords: Keywords, below: Below): number {
  if (!keywords.has("contains")) return 0;
  if (below("contains") !== ANY || keywords.has("maxContains")) {
    keywords.refuse("contains", "schema-refused/contains", "“contains” cannot be enforced.", "Describe every item in “items” instead.");
  }
  return keywords.count("minContains") ?? 1;
}

export function objectPart(keywords: Keywords, below: Below): ObjectPart {
  const patterns = Object.keys(keywords.object("patternProperties") ?? {}).map((source) => {
    guarded(keywords, "patternProperties", () => compilePattern(source));
    return { source, node: below("patternProperties", source) };
  });
  const restKeyword = ["additionalProperties", "unevaluatedProperties"].find((keyword) => keywords.has(keyword));
  const own: Extras = { patterns, rest: restKeyword === undefined ? ANY : below(restKeyword) };
  const names = Object.keys(keywords.object("properties") ?? {});
  const required = keywords.strings("required");
  const declared: Slot[] = [...new Set([...names, ...required])].map((name) => ({
    name,
    node: names.includes(name) ? below("properties", name) : ANY,
    required: required.includes(name),
  }));
  return {
    type: "object",
    slots: declared,
    extras: [own],
    minProperties: keywords.count("minProperties") ?? 0,
    maxProperties: keywords.count("maxProperties") ?? Number.POSITIVE_INFINITY,
  };
}

/** Each slot's node as all that holds for its key, the object's own patterns included. */
export function withPatterns(part: ObjectPart, declared: ReadonlySet<string>, meet: (lazies: readonly Lazy[]) => Lazy): ObjectPart {
  const [own] = part.extras;
  if (own === undefined) return part;
  const slots = part.slots.map((slot) => {
    const matching = own.patterns.filter(({ source }) => finds(source, slot.name)).map(({ node }) => node);
    const named = declared.has(slot.name) ? [slot.node, ...matching] : matching.length > 0 ? matching : [own.rest];
    return { ...slot, node: meet(named) };
  });
  return { ...part, slots, extras: simplified([own]) };
}

/** Says of a pattern where it stands. */
export function guarded<T>(keywords: Keywords, keyword: string, compile: () => T): T {
  try {
    return compile();
  } catch (thrown) {
    if (thrown instanceof PatternError) return keywords.refuse(keyword, ["schema-refused/pattern", { feature: thrown.feature }], thrown.message, "Write it as a plain regular expression, or take it out.");
    if (thrown instanceof TooLargeError) return keywords.refuse(keyword, "schema-refused/pattern-states", "The pattern and the lengths together need too many states.", "Make the pattern simpler.");
    throw thrown;
  }
}
