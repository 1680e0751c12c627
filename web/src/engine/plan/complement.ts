/** Every value that is not in a part, as parts again. */

import { rulesFor } from "./admits.js";
import { patternOf } from "../constraint/formats.js";
import { ANY, ANY_ARRAY, ANY_NUMBER, ANY_OBJECT, ANY_TEXT, NEVER, type ArrayPart, type Lazy, type LiteralPart, type NumberPart, type ObjectPart, type Part, type TextPart } from "./nodes.js";
import type { JsonValue } from "../../shared/schema.js";
import type { Phrases } from "../../shared/wordings.js";

export interface ComplementTools {
  /** Everything that is not in all of these. */
  readonly complement: (lazies: readonly Lazy[]) => Lazy;
  readonly refuse: (excluded: Phrases["excluded"]) => never;
}

/** What is excluded and cannot be said otherwise, in words. */
export const EXCLUDED: Readonly<Record<Phrases["excluded"], string>> = {
  single: "it excludes single objects or lists",
  numbers: "it excludes whole numbers or multiples",
  items: "it excludes lists by their items",
  keys: "it excludes objects by their further keys",
};

export function without(part: Part, tools: ComplementTools): readonly Part[] {
  switch (part.type) {
    case "literal":
      return withoutValues(part, tools);
    case "number":
      return [...othersThan("number"), ...withoutNumbers(part, tools)];
    case "text":
      return [...othersThan("text"), ...withoutTexts(part)];
    case "array":
      return [...othersThan("array"), ...withoutArrays(part, tools)];
    case "object":
      return [...othersThan("object"), ...withoutObjects(part, tools)];
  }
}

function othersThan(type: Part["type"]): readonly Part[] {
  return ANY.node.parts.filter((part) => part.type !== type);
}

function withoutValues({ values }: LiteralPart, { refuse }: ComplementTools): readonly Part[] {
  if (values.some((value) => typeof value === "object" && value !== null)) refuse("single");
  const plain: readonly JsonValue[] = [null, true, false].filter((value) => !values.includes(value));
  const texts = values.filter((value) => typeof value === "string");
  const numbers = values.filter((value) => typeof value === "number").sort((a, b) => a - b);
  const parts: Part[] = [ANY_ARRAY, ANY_OBJECT];
  if (plain.length > 0) parts.push({ type: "literal", values: plain });
  parts.push(texts.length === 0 ? ANY_TEXT : { ...ANY_TEXT, without: [`^(?:${texts.map(escaped).join("|")})$`] });
  return numbers.length === 0 ? [...parts, ANY_NUMBER] : [...parts, ...between(numbers)];
}

function between(numbers: readonly number[]): readonly NumberPart[] {
  const edges = [Number.NEGATIVE_INFINITY, ...numbers, Number.POSITIVE_INFINITY];
  return edges.slice(1).map((to, i) => ({ ...ANY_NUMBER, exclusiveMinimum: edges[i] ?? Number.NEGATIVE_INFINITY, exclusiveMaximum: to }));
}

/** A text as a regular expression for itself. */
export function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}

function withoutNumbers(part: NumberPart, { refuse }: ComplementTools): readonly NumberPart[] {
  if (part.integer || part.multiples.length > 0) refuse("numbers");
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = part;
  const outside = [
    { ...ANY_NUMBER, exclusiveMaximum: minimum }, { ...ANY_NUMBER, exclusiveMinimum: maximum },
    { ...ANY_NUMBER, maximum: exclusiveMinimum }, { ...ANY_NUMBER, minimum: exclusiveMaximum },
  ];
  return outside.filter((one) => [one.exclusiveMaximum, one.maximum].every((bound) => bound > Number.NEGATIVE_INFINITY) && [one.exclusiveMinimum, one.minimum].every((bound) => bound < Number.POSITIVE_INFINITY));
}

function withoutTexts({ minLength, maxLength, patterns, without: excluded, formats }: TextPart): readonly TextPart[] {
  const parts: TextPart[] = [...patterns, ...formats.map(patternOf)].map((source) => ({ ...ANY_TEXT, without: [source] }));
  parts.push(...excluded.map((source) => ({ ...ANY_TEXT, patterns: [source] })));
  if (minLength > 0) parts.push({ ...ANY_TEXT, maxLength: minLength - 1 });
  if (maxLength < Number.POSITIVE_INFINITY) parts.push({ ...ANY_TEXT, minLength: maxLength + 1 });
  return parts;
}

function withoutArrays({ first, rest, minItems, maxItems, unique }: ArrayPart, { refuse }: ComplementTools): readonly ArrayPart[] {
  if (unique || first.length > 0 || rest !== ANY) refuse("items");
  const parts: ArrayPart[] = [];
  if (minItems > 0) parts.push({ ...ANY_ARRAY, maxItems: minItems - 1 });
  if (maxItems < Number.POSITIVE_INFINITY) parts.push({ ...ANY_ARRAY, minItems: maxItems + 1 });
  return parts;
}

function withoutObjects(part: ObjectPart, tools: ComplementTools): readonly ObjectPart[] {
  if (part.extras.length > 0) tools.refuse("keys");
  return [...withoutSlots(part, tools), ...withoutCounts(part)];
}

/** The same beside an object of which all keys are known: any of them may be one that the other does not allow. */
export function withoutKeys(from: ObjectPart, taken: ObjectPart, tools: ComplementTools): readonly ObjectPart[] | null {
  if (!from.extras.some(({ patterns, rest }) => patterns.length === 0 && rest === NEVER)) return null;
  const undeclared = from.slots.filter(({ name }) => !taken.slots.some((slot) => slot.name === name));
  const beyond = undeclared.flatMap(({ name }) => present(name, tools.complement(rulesFor(taken, name))));
  return [...withoutSlots(taken, tools), ...beyond, ...withoutCounts(taken)];
}

function withoutSlots({ slots }: ObjectPart, { complement }: ComplementTools): readonly ObjectPart[] {
  return slots.flatMap(({ name, node, required }) => {
    const absent: ObjectPart = { ...ANY_OBJECT, slots: [{ name, node: NEVER, required: false }] };
    return [...(required ? [absent] : []), ...present(name, complement([node]))];
  });
}

function present(name: string, node: Lazy): readonly ObjectPart[] {
  return node === NEVER ? [] : [{ ...ANY_OBJECT, slots: [{ name, node, required: true }] }];
}

function withoutCounts({ minProperties, maxProperties }: ObjectPart): readonly ObjectPart[] {
  const parts: ObjectPart[] = [];
  if (minProperties > 0) parts.push({ ...ANY_OBJECT, maxProperties: minProperties - 1 });
  if (maxProperties < Number.POSITIVE_INFINITY) parts.push({ ...ANY_OBJECT, minProperties: maxProperties + 1 });
  return parts;
}
