/** What a single value may be written as, and the way back from the written text to the value. */

import type { AnyMachine } from "../constraint/machine.js";
import type { Span } from "../../shared/document.js";
import type { FieldValue } from "../../shared/extraction.js";
import type { JsonValue } from "../../shared/schema.js";

export type FoundValue = Omit<FieldValue, "confidence">;

/** The values that stand before in the same list; none for a value of its own. */
export interface Earlier {
  readonly found: readonly FoundValue[];
  /** No value may come twice. */
  readonly unique: boolean;
  /** The list is not complete with fewer items. */
  readonly minItems: number;
}

export const ALONE: Earlier = { found: [], unique: false, minItems: 0 };

export interface Form {
  /** Reads one JSON value without white space around it. */
  readonly machine: (earlier: Earlier) => AnyMachine;
  /** The value of a text that the machine accepts, or null for one that it does not. */
  readonly read: (written: string, earlier: Earlier) => FoundValue | null;
}

/** The parts of the text that earlier values have taken. */
export function taken({ found }: Earlier): Span[] {
  return found.flatMap(({ origin, evidence }) => (evidence !== null && (origin === "verbatim" || origin === "normalised") ? [evidence] : []));
}

/** How many items must come after the next one. */
export function stillNeeded({ found, minItems }: Earlier): number {
  return minItems - found.length - 1;
}

/** Does this value stand among the earlier ones, where none may come twice? Single values, so `===` compares them. */
export function isRepeated({ found, unique }: Earlier, value: JsonValue): boolean {
  return unique && found.some((one) => one.value === value);
}
