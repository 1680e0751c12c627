/** What is exported of one result, and what of it is asked for. */

import type { Span } from "../../shared/document.js";
import type { FieldResult } from "../../shared/extraction.js";
import { type ResultRecord, reviewedOutput } from "../../shared/record.js";
import type { JsonObject } from "../../shared/schema.js";

export interface Wanted {
  /** The words that each value stands for. */
  readonly evidence: boolean;
  /** How sure the model was, and what a person has looked at. */
  readonly confidence: boolean;
}

/** A result, and the text that its places refer to; null where the document is gone. */
export interface Entry {
  readonly record: ResultRecord;
  readonly text: string | null;
}

export interface Evidence extends Span {
  readonly text: string | null;
}

/** An entry whose fields can be asked for by their JSON pointers. */
export class Findings {
  readonly output: JsonObject;
  readonly #fields: ReadonlyMap<string, FieldResult>;

  constructor(readonly entry: Entry) {
    this.output = reviewedOutput(entry.record);
    this.#fields = new Map(entry.record.extraction?.fields.map((field) => [field.path, field]));
  }

  /** The places of a leaf, or of a list's items: a person's over the model's. */
  evidence(pointer: string): readonly Evidence[] {
    const own = this.entry.record.reviews[pointer];
    if (own !== undefined && own.status !== "accepted") return own.span === null ? [] : [this.#quote(own.span)];
    const spans = this.#fields.get(pointer)?.values.map((value, item) => {
      const review = this.entry.record.reviews[`${pointer}/${item}`];
      return review === undefined || review.status === "accepted" ? value.evidence : review.span;
    });
    return (spans ?? []).filter((span) => span !== null).map((span) => this.#quote(span));
  }

  /** The model's own; null where it was not asked. */
  confidence(pointer: string): number | null {
    const field = this.#fields.get(pointer);
    return field === undefined ? null : Math.round(field.confidence * 10_000) / 10_000;
  }

  /** Every field that was asked for, with what is known of it. */
  pointers(): readonly string[] {
    return [...this.#fields.keys()];
  }

  #quote({ start, end }: Span): Evidence {
    return { start, end, text: this.entry.text?.slice(start, end) ?? null };
  }
}
