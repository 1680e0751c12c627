/**
 * A field's answer: the machine that it is written under, and the way back from the written text to a
 * value with its evidence.
 *
 * A field is written as ` null`, ` "words of the document"`, ` ["one","two"]` or one of the schema's own
 * values, ended by a line end. Numbers and dates are spans first: code finds the candidates and turns
 * the chosen one into its value.
 */

import { Grounded } from "./constraint/grounded.js";
import { ListItems } from "./constraint/list.js";
import type { AnyMachine } from "./constraint/machine.js";
import type { PlaceIndex } from "./constraint/places.js";
import { candidates, without, type Place } from "./constraint/rules.js";
import { Sequence } from "./constraint/sequence.js";
import { Text } from "./constraint/text.js";
import { Union } from "./constraint/union.js";
import type { Words } from "./constraint/words.js";
import { findPlace, takeItems } from "./evidence.js";
import type { Findings } from "./findings.js";
import type { NumberPlace } from "./normalize/number.js";
import type { ChoiceKind, Field, ListKind, NumberKind, StringKind } from "./plan.js";
import type { SourceText } from "./source.js";
import type { Span } from "../shared/document.js";
import { InputError, InternalError } from "../shared/errors.js";
import type { FieldValue } from "../shared/extraction.js";
import type { JsonValue } from "../shared/schema.js";

const encoder = new TextEncoder();

export type FoundValue = Omit<FieldValue, "confidence">;

export interface Found {
  /** The value for the output; null where the answer was null. */
  readonly value: JsonValue;
  readonly values: readonly FoundValue[];
}

export interface Answer {
  readonly machine: AnyMachine;
  /** From the answer as the model wrote it, a JSON value between white space. */
  readonly read: (written: string) => Found;
}

const ABSENT: Found = { value: null, values: [{ value: null, origin: "absent", evidence: null }] };

/**
 * @throws InputError `nothing-to-answer` where the field may not be empty and the document holds no
 * place that could fill it.
 */
export function answerFor(field: Field, findings: Findings): Answer {
  const { filled, read } = formFor(field, findings);
  const members: AnyMachine[] = field.absence === "never" ? [filled] : [new Text(" null"), filled];
  const machine = new Sequence([new Union(members), new Text("\n")]);
  if (!machine.viable(machine.initial()) || new Union(members).initial().length === 0) throw nothingFits(field);
  return { machine, read: (written) => (JSON.parse(written) === null ? ABSENT : read(written)) };
}

interface Form {
  readonly filled: AnyMachine;
  readonly read: (written: string) => Found;
}

function formFor({ kind }: Field, { source, words, numbers, dates }: Findings): Form {
  switch (kind.type) {
    case "string":
      return verbatim(kind, words);
    case "number":
      return normalised("number", source, numbersWithin(kind, numbers()));
    case "date":
      return normalised("date", source, dates());
    case "choice":
      return choice(kind, source);
    case "list":
      return list(kind, words);
  }
}

function quoted(inner: AnyMachine): AnyMachine {
  return new Sequence([new Text(' "'), inner, new Text('"')]);
}

function verbatim(kind: StringKind, words: Words): Form {
  const index = words.within(kind);
  return {
    filled: quoted(new Grounded(index)),
    read: (written) => {
      const found = verbatimValue(words.source, findPlace(index, inside(written)));
      return { value: found.value, values: [found] };
    },
  };
}

function verbatimValue(source: SourceText, place: Place): FoundValue & { value: string } {
  const evidence = source.span(place.start, place.end);
  return { value: source.text.slice(evidence.start, evidence.end), origin: "verbatim", evidence };
}

interface Candidate {
  readonly span: Span;
  readonly value: JsonValue;
}

function normalised(rule: string, source: SourceText, found: readonly Candidate[]): Form {
  const index = candidates(source, found.map(({ span }) => span));
  return {
    filled: quoted(new Grounded(index)),
    read: (written) => {
      const { start, end } = findPlace(index, inside(written));
      const evidence = source.span(start, end);
      const value = found.find(({ span }) => span.start === evidence.start && span.end === evidence.end)?.value ?? null;
      return { value, values: [{ value, origin: "normalised", evidence, rule }] };
    },
  };
}

function numbersWithin(kind: NumberKind, found: readonly NumberPlace[]): readonly Candidate[] {
  return found.filter(
    ({ value }) =>
      (!kind.integer || Number.isInteger(value)) &&
      value >= kind.minimum && value <= kind.maximum &&
      value > kind.exclusiveMinimum && value < kind.exclusiveMaximum &&
      (kind.multipleOf === null || isMultiple(value, kind.multipleOf)),
  );
}

/** Within the error of one division, so that 0.3 is a multiple of 0.1. */
function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) <= Number.EPSILON * Math.abs(quotient) * 2;
}

function choice(kind: ChoiceKind, source: SourceText): Form {
  return {
    filled: new Union(kind.values.map((value) => new Text(` ${JSON.stringify(value)}`))),
    read: (written) => {
      const value = JSON.parse(written) as JsonValue;
      const evidence = typeof value === "string" ? mention(source.text, value) : null;
      return { value, values: [{ value, origin: "inferred", evidence }] };
    },
  };
}

/** Where a chosen value stands in the text itself, whatever its case. */
function mention(text: string, value: string): Span | null {
  const pattern = value.trim().replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  const match = pattern === "" ? null : new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "iu").exec(text);
  return match === null ? null : { start: match.index, end: match.index + match[0].length };
}

function list(kind: ListKind, words: Words): Form {
  if (kind.item.type !== "string") throw new InternalError("list-items", `Lists of ${kind.item.type} have no answer.`);
  const all = words.within(kind.item);
  const remaining = (before: readonly Uint8Array[]): PlaceIndex => {
    const taken = takeItems(all, before);
    const rule = kind.uniqueItems ? unlike(all, before) : all.rule;
    return all.under(without(rule, taken));
  };
  const items = new ListItems({ ...kind, item: (before) => new Grounded(remaining(before)) });
  const filled = new Sequence([new Text(' ["'), items]);
  return {
    filled: kind.minItems > 0 ? filled : new Union([new Text(" []"), filled]),
    read: (written) => {
      const before = (JSON.parse(written) as string[]).map((item) => inside(JSON.stringify(item)));
      const values = takeItems(all, before).map((place) => verbatimValue(words.source, place));
      return { value: values.map(({ value }) => value), values };
    },
  };
}

/** The index's rule, except that no value may read like one of those before. */
function unlike(index: PlaceIndex, before: readonly Uint8Array[]): PlaceIndex["rule"] {
  const same = (start: number, end: number): boolean =>
    before.some((bytes) => bytes.length === end - start && bytes.every((byte, i) => index.source.bytes[start + i] === byte));
  return {
    mayEnd: (start, end) => index.mayEnd(start, end) && !same(start, end),
    lastEnd: (start) => {
      let end = index.lastEnd(start);
      while (end > start && !(index.mayEnd(start, end) && !same(start, end))) end--;
      return end > start ? end : start - 1;
    },
  };
}

/** The bytes between the quotes of one JSON string, escapes as they stand. */
function inside(written: string): Uint8Array {
  return encoder.encode(written.trim().slice(1, -1));
}

function nothingFits(field: Field): InputError {
  return new InputError(
    "nothing-to-answer",
    `The document holds nothing that could fill “${field.name}”, and the schema does not let it be empty.`,
    "Let the field be empty (type with “null”), or check that this is the right document.",
    `/properties${field.path}`,
  );
}
