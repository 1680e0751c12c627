/** What a schema asks for and cannot be enforced, by the keyword that asks for it. */

import { InputError } from "../../shared/errors.js";

export class SchemaRefused extends InputError {
  /** @param feature the keyword, or what it is used for */
  constructor(readonly feature: string, place: string, message: string, advice: string) {
    super("schema-refused", message, advice, place);
  }
}

export type Refuse = (feature: string, place: string, message: string, advice: string) => never;

export const refuseSchema: Refuse = (feature, place, message, advice) => {
  throw new SchemaRefused(feature, place, message, advice);
};
