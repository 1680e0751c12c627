/** What a schema asks for and cannot be enforced, by the keyword that asks for it. */

import { InputError } from "../../shared/errors.js";
import type { Told } from "../../shared/wordings.js";

type AnyRefusal<T> = T extends `schema-refused/${string}` | readonly [`schema-refused/${string}`, unknown] ? T : never;

/** Which of the refusals it is, with its values. */
export type Refusal = AnyRefusal<Told>;

export class SchemaRefused extends InputError {
  /** @param feature the keyword, or what it is used for */
  constructor(readonly feature: string, place: string, refusal: Refusal, message: string, advice: string) {
    super(refusal, message, advice, place);
  }
}

export type Refuse = (feature: string, place: string, refusal: Refusal, message: string, advice: string) => never;

export const refuseSchema: Refuse = (feature, place, refusal, message, advice) => {
  throw new SchemaRefused(feature, place, refusal, message, advice);
};
