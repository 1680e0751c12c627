/** What one question may be answered with. */

import type { Format } from "../constraint/formats.js";
import type { JsonValue } from "../../shared/schema.js";

export type { Format } from "../constraint/formats.js";

/** What stands in the output when the document does not say it. */
export type Absence = "null" | "omit" | "never";

export interface Field {
  readonly name: string;
  /** JSON pointer into the output. */
  readonly path: string;
  readonly description: string;
  readonly absence: Absence;
  readonly kind: FieldKind;
}

export interface StringKind {
  readonly type: "string";
  /** Lengths in code points. */
  readonly minLength: number;
  readonly maxLength: number;
  /** Regular expressions (ECMA-262, without anchors of their own unless they write them); all must match. */
  readonly patterns: readonly string[];
  readonly format: Format | null;
  /** `"x-excerpt": "free"`: written in the model's own words, not held to the document. */
  readonly free: boolean;
}

export interface NumberKind {
  readonly type: "number";
  readonly integer: boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly exclusiveMinimum: number;
  readonly exclusiveMaximum: number;
  readonly multipleOf: number | null;
}

export interface DateKind {
  readonly type: "date";
}

/** One of the schema's own values: enum, const, boolean. Never null: absence says whether null is possible. */
export interface ChoiceKind {
  readonly type: "choice";
  readonly values: readonly JsonValue[];
}

export interface ListKind {
  readonly type: "list";
  readonly item: LeafKind;
  readonly minItems: number;
  readonly maxItems: number;
  readonly uniqueItems: boolean;
}

/** Any of several: the most special one that the written text can be read as. */
export interface UnionKind {
  readonly type: "union";
  readonly members: readonly PlainKind[];
}

/** What a single value of one type can be. */
export type PlainKind = StringKind | NumberKind | DateKind | ChoiceKind;

/** What a single value can be. */
export type LeafKind = PlainKind | UnionKind;

export type FieldKind = LeafKind | ListKind;
