/** Values that stand in the document: any words of it, or places that code found and can turn into a value. */

import { Grounded } from "../constraint/grounded.js";
import type { AnyMachine } from "../constraint/machine.js";
import type { PlaceIndex } from "../constraint/places.js";
import { candidates, except, without, type Place } from "../constraint/rules.js";
import { leavingRoom } from "../constraint/room.js";
import { Sequence } from "../constraint/sequence.js";
import { Text } from "../constraint/text.js";
import { findPlace } from "../evidence.js";
import type { SourceText } from "../source.js";
import type { Span } from "../../shared/document.js";
import type { JsonValue } from "../../shared/schema.js";
import { isRepeated, stillNeeded, taken, type Earlier, type Form, type FoundValue } from "./form.js";

const encoder = new TextEncoder();

/** A place that code found, and what it says. */
export interface Candidate {
  readonly span: Span;
  readonly value: JsonValue;
  /** The name of the rule that makes the value of the text. */
  readonly rule: string;
}

/** Any value of the index, given back as it stands in the text; a cut at a line end is mended. */
export function wordsForm(index: PlaceIndex): Form {
  const { source } = index;
  const free = (earlier: Earlier): PlaceIndex => {
    const remaining = without(index, taken(earlier));
    if (!earlier.unique) return leavingRoom(remaining, stillNeeded(earlier), () => null);
    const fresh = remaining.under(except(remaining.rule, sameBytes(source, earlier)));
    return leavingRoom(fresh, stillNeeded(earlier), ({ start, end }) => oneBlank(source.value(start, end)));
  };
  return groundedForm(free, (place) => wordsValue(source, place));
}

function wordsValue(source: SourceText, { start, end }: Place): FoundValue {
  const evidence = source.span(start, end);
  const value = source.value(start, end);
  return source.isWhole(start) ? { value, origin: "verbatim", evidence } : { value, origin: "normalised", evidence, rule: "hyphenation" };
}

/** One of the places that code found; of two readings of one place the first counts. */
export function candidatesForm(source: SourceText, found: readonly Candidate[]): Form {
  const fits = (earlier: Earlier): readonly Candidate[] => found.filter(({ value }) => !isRepeated(earlier, value));
  const free = (earlier: Earlier): PlaceIndex => {
    const spans = fits(earlier).map(({ span }) => span);
    const remaining = without(candidates(source, spans), taken(earlier));
    return leavingRoom(remaining, stillNeeded(earlier), (place) => (earlier.unique ? JSON.stringify(at(place, earlier)?.value) : null));
  };
  const at = ({ start, end }: Place, earlier: Earlier): Candidate | undefined => {
    const place = source.span(start, end);
    return fits(earlier).find(({ span }) => span.start === place.start && span.end === place.end);
  };
  return groundedForm(free, (place, earlier) => {
    const evidence = source.span(place.start, place.end);
    const one = at(place, earlier);
    const value = one?.value ?? null;
    const asWritten = value === source.text.slice(evidence.start, evidence.end);
    return asWritten ? { value, origin: "verbatim", evidence } : { value, origin: "normalised", evidence, rule: one?.rule ?? "" };
  });
}

function groundedForm(free: (earlier: Earlier) => PlaceIndex, valueAt: (place: Place, earlier: Earlier) => FoundValue): Form {
  const known = new WeakMap<Earlier, PlaceIndex>();
  const indexFor = (earlier: Earlier): PlaceIndex => {
    const index = known.get(earlier) ?? free(earlier);
    known.set(earlier, index);
    return index;
  };
  return {
    machine: (earlier) => quoted(new Grounded(indexFor(earlier))),
    read: (written, earlier) => {
      const place = written.startsWith('"') ? findPlace(indexFor(earlier), encoder.encode(written.slice(1, -1))) : null;
      return place === null ? null : valueAt(place, earlier);
    },
  };
}

function quoted(inner: AnyMachine): AnyMachine {
  return new Sequence([new Text('"'), inner, new Text('"')]);
}

/** Does a place read like an earlier value? White space of any kind reads alike. */
function sameBytes(source: SourceText, { found }: Earlier): (start: number, end: number) => boolean {
  const before = new Map<number, Uint8Array[]>();
  for (const { value } of found) {
    if (typeof value !== "string") continue;
    const bytes = escapedBytes(value);
    before.set(bytes.length, [...(before.get(bytes.length) ?? []), bytes]);
  }
  return (start, end) => before.get(end - start)?.some((bytes) => bytes.every((byte, i) => source.bytes[start + i] === byte)) === true;
}

function escapedBytes(value: string): Uint8Array {
  return encoder.encode(JSON.stringify(oneBlank(value)).slice(1, -1));
}

/** Every run of white space as one blank. */
function oneBlank(value: string): string {
  return value.replace(/\s+/gu, " ");
}
