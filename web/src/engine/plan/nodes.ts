/**
 * What a schema compiles to: sets of JSON values, each a union of parts of one type.
 *
 * A node has no keywords left that depend on each other: `allOf`, `oneOf`, `not`, references and the like
 * are worked out into parts (algebra.ts). Below an object or a list the nodes are lazy, because a schema
 * may refer to itself.
 */

import type { Format } from "../constraint/formats.js";
import type { NumberRule } from "../constraint/number.js";
import type { JsonValue } from "../../shared/schema.js";

/** Some values by themselves, of any type: null, booleans, enum, const. */
export interface LiteralPart {
  readonly type: "literal";
  readonly values: readonly JsonValue[];
}

export type NumberPart = { readonly type: "number" } & NumberRule;

export interface TextPart {
  readonly type: "text";
  readonly minLength: number;
  readonly maxLength: number;
  /** Regular expressions that all match, and those of which none does. */
  readonly patterns: readonly string[];
  readonly without: readonly string[];
  readonly formats: readonly Format[];
}

export interface ArrayPart {
  readonly type: "array";
  /** The first items, each by its place. */
  readonly first: readonly Lazy[];
  readonly rest: Lazy;
  readonly minItems: number;
  readonly maxItems: number;
  readonly unique: boolean;
}

export interface Slot {
  readonly name: string;
  readonly node: Lazy;
  readonly required: boolean;
}

/** What holds for keys that are not declared: the node of every pattern that matches, else `rest`. */
export interface Extras {
  readonly patterns: readonly { readonly source: string; readonly node: Lazy }[];
  readonly rest: Lazy;
}

export interface ObjectPart {
  readonly type: "object";
  /** In the order of the output. A slot's node is all that holds for its key. */
  readonly slots: readonly Slot[];
  /** All of these hold for every other key. */
  readonly extras: readonly Extras[];
  readonly minProperties: number;
  readonly maxProperties: number;
}

export type Part = LiteralPart | NumberPart | TextPart | ArrayPart | ObjectPart;

/** What a schema says about a value without restricting it. */
export interface About {
  readonly title: string | null;
  readonly description: string | null;
  /** `"x-excerpt": "free"`: written freely, not held to the document. */
  readonly free: boolean;
  /** JSON pointer into the schema. */
  readonly place: string;
}

export interface Node {
  readonly parts: readonly Part[];
  readonly about: About;
}

/** A node that is made when it is first asked for. */
export class Lazy {
  private made: Node | null = null;
  private making = false;

  /**
   * @param bases the lazy nodes that this one is the intersection of; none if it stands for itself
   * @param circular called where the node needs itself to be made
   */
  constructor(readonly id: number, readonly bases: readonly Lazy[], private readonly make: () => Node, private readonly circular: () => never) {}

  get node(): Node {
    if (this.made !== null) return this.made;
    if (this.making) this.circular();
    this.making = true;
    this.made = this.make();
    this.making = false;
    return this.made;
  }
}

export const NO_ABOUT: About = { title: null, description: null, free: false, place: "" };

export const NULL: LiteralPart = { type: "literal", values: [null] };
export const BOOLEAN: LiteralPart = { type: "literal", values: [true, false] };
export const ANY_TEXT: TextPart = { type: "text", minLength: 0, maxLength: Number.POSITIVE_INFINITY, patterns: [], without: [], formats: [] };
export const ANY_NUMBER: NumberPart = {
  type: "number",
  integer: false,
  minimum: Number.NEGATIVE_INFINITY,
  maximum: Number.POSITIVE_INFINITY,
  exclusiveMinimum: Number.NEGATIVE_INFINITY,
  exclusiveMaximum: Number.POSITIVE_INFINITY,
  multiples: [],
};

function constant(id: number, make: () => Node): Lazy {
  return new Lazy(id, [], make, () => {
    throw new RangeError("a constant does not need itself");
  });
}

/** Every value, and none. */
export const ANY: Lazy = constant(0, () => ({ parts: [...ANY_PARTS], about: NO_ABOUT }));
export const NEVER: Lazy = constant(1, () => ({ parts: [], about: NO_ABOUT }));
/** Ids below this belong to constants. */
export const FIRST_ID = 2;

export const ANY_ARRAY: ArrayPart = { type: "array", first: [], rest: ANY, minItems: 0, maxItems: Number.POSITIVE_INFINITY, unique: false };
export const ANY_OBJECT: ObjectPart = { type: "object", slots: [], extras: [], minProperties: 0, maxProperties: Number.POSITIVE_INFINITY };
const ANY_PARTS: readonly Part[] = [{ type: "literal", values: [null, true, false] }, ANY_NUMBER, ANY_TEXT, ANY_ARRAY, ANY_OBJECT];

export function isAny(node: Node): boolean {
  return node.parts.length === ANY_PARTS.length && ANY_PARTS.every((any) => node.parts.some((part) => part === any || (isPlain(any) && isPlain(part))));
}

/** Null and both booleans. */
function isPlain(part: Part): boolean {
  return part.type === "literal" && part.values.length === 3 && part.values.every((value) => value === null || typeof value === "boolean");
}
