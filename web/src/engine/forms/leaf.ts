/** From the kinds of a plan to forms, for one document or a part of it. */

import { compileFormat, type Format } from "../constraint/formats.js";
import { compilePattern } from "../constraint/pattern.js";
import type { Dfa } from "../constraint/dfa.js";
import type { CharMachine } from "../constraint/chars.js";
import { within } from "../constraint/rules.js";
import type { PlaceIndex } from "../constraint/places.js";
import type { Findings, FoundFormat } from "../findings.js";
import { isPlainFormat } from "../plain-formats.js";
import { asShare, type NumberPlace } from "../../normalize/number.js";
import type { LeafKind, NumberKind, PlainKind, StringKind } from "../plan.js";
import type { Span } from "../../shared/document.js";
import { choiceForm } from "./choice.js";
import type { Form } from "./form.js";
import { freeForm } from "./free.js";
import { candidatesForm, wordsForm, type Candidate } from "./grounded.js";
import { unionForm } from "./union.js";

/** @param part the part of the text that values must stand in; null for the whole */
export function leafForm(kind: LeafKind, findings: Findings, part: Span | null): Form {
  const { source } = findings;
  switch (kind.type) {
    case "string":
      return stringForm(kind, findings, part);
    case "number":
      return candidatesForm(source, inside(numbersFor(kind, findings.numbers()), part));
    case "date":
      return candidatesForm(source, inside(findings.formatted("date"), part));
    case "choice":
      return choiceForm(kind.values, source, part ?? { start: 0, end: source.text.length });
    case "union":
      return severalForm(kind.members, findings, part);
  }
}

/** Of several the most special comes first. A number is a text where its digits say more than its value: `007`. */
function severalForm(members: readonly PlainKind[], findings: Findings, part: Span | null): Form {
  const { source } = findings;
  const texts = members.some((member) => member.type === "string");
  const isExact = ({ span, value }: Candidate): boolean =>
    !/^[-+−]?0\d/u.test(source.text.slice(span.start, span.end)) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  const ordered = [...members].sort((a, b) => rank(a) - rank(b));
  return unionForm(
    ordered.map((member) => {
      if (member.type !== "number" || !texts) return leafForm(member, findings, part);
      return candidatesForm(source, inside(numbersFor(member, findings.numbers()).filter(isExact), part));
    }),
  );
}

function rank(kind: PlainKind): number {
  if (kind.type === "string") return kind.format === null && kind.patterns.length === 0 ? 4 : 3;
  return ["choice", "date", "number"].indexOf(kind.type);
}

function stringForm(kind: StringKind, findings: Findings, part: Span | null): Form {
  if (kind.free) return freeForm({ ...kind, machines: machinesOf(kind, kind.format) });
  const { format } = kind;
  if (format !== null && isFound(format)) {
    const machines = machinesOf(kind, null);
    const found = findings.formatted(format).filter(({ value }) => fits(value, kind, machines));
    return candidatesForm(findings.source, inside(found, part));
  }
  const machines = machinesOf(kind, format);
  const index = machines.length === 0 ? findings.words.within(kind) : findings.words.matching(kind, machines);
  return wordsForm(held(index, part));
}

function isFound(format: Format): format is FoundFormat {
  return format === "date" || format === "time" || format === "date-time" || isPlainFormat(format);
}

function machinesOf({ patterns }: StringKind, format: Format | null): Dfa[] {
  return [...patterns.map(compilePattern), ...(format === null ? [] : [compileFormat(format)])];
}

function fits(value: string, { minLength, maxLength }: StringKind, machines: readonly CharMachine[]): boolean {
  const points = Array.from(value, (character) => character.codePointAt(0) ?? 0);
  if (points.length < minLength || points.length > maxLength) return false;
  return machines.every((machine) => machine.accepting(points.reduce((state, point) => machine.step(state, point), machine.initial)));
}

function held(index: PlaceIndex, part: Span | null): PlaceIndex {
  return part === null ? index : within(index, part);
}

function inside(found: readonly Candidate[], part: Span | null): readonly Candidate[] {
  return part === null ? found : found.filter(({ span }) => span.start >= part.start && span.end <= part.end);
}

/** Where a field only takes values up to 1, `12 %` is 0.12; elsewhere it is 12. */
function numbersFor(kind: NumberKind, found: readonly NumberPlace[]): readonly Candidate[] {
  const share = Math.min(kind.maximum, kind.exclusiveMaximum) <= 1;
  return found
    .flatMap((place) => (share && place.percent !== null ? [asShare(place, place.percent)] : [place]))
    .filter(({ value }) => isWithin(kind, value));
}

function isWithin(kind: NumberKind, value: number): boolean {
  return (
    (!kind.integer || Number.isInteger(value)) &&
    value >= kind.minimum && value <= kind.maximum &&
    value > kind.exclusiveMinimum && value < kind.exclusiveMaximum &&
    (kind.multipleOf === null || isMultiple(value, kind.multipleOf))
  );
}

/** Within the error of one division, so that 0.3 is a multiple of 0.1. */
function isMultiple(value: number, of: number): boolean {
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) <= Number.EPSILON * Math.abs(quotient) * 2;
}
