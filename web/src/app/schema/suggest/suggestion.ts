/** Fields that a document suggests. Each says by which rule it was found, and where. */

import type { Kind } from "../kinds.js";

/** How a field was found; the page has words for each. */
export const RULES = ["label", "column", "total", "table", "items", "repeated", "email", "phone", "website", "iban", "date"] as const;
export type RuleName = (typeof RULES)[number];

/** What a value looks like. */
export interface Shape {
  readonly kind: Kind;
  /** For texts that have a form, such as `email`. */
  readonly format: string | null;
}

export interface Column extends Shape {
  readonly name: string;
  readonly description: string;
}

export interface Suggestion extends Column {
  readonly rule: RuleName;
  /** Of a list: what each entry is. */
  readonly entry: Kind | null;
  /** Of a list of groups: the fields of each. */
  readonly columns: readonly Column[];
  /** A piece of the document that it was found by, and where that begins. */
  readonly sample: string;
  readonly start: number;
}

export const TEXT: Shape = { kind: "text", format: null };
