/** What may be written at a place of the output, as far as it matters to how it is typed in. */

import { schemaAt } from "../../shared/record-schema.js";
import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";

export type Form =
  | { readonly kind: "text" | "integer" | "date" | "time" | "date-time" | "boolean" }
  /** `share`: no value above 1 fits, so 12 % is 0.12. */
  | { readonly kind: "number"; readonly share: boolean }
  | { readonly kind: "choice"; readonly options: readonly JsonValue[] }
  /** Several kinds of values: a number where it reads as one. */
  | { readonly kind: "any" };

const FORMATS = ["date", "time", "date-time"] as const;

/** @param path the keys down to the place */
export function formAt(schema: JsonSchema, path: readonly string[]): Form {
  const place = schemaAt(schema, path);
  return place === null ? { kind: "any" } : formOf(place);
}

function formOf(place: JsonSchema): Form {
  const options = optionsOf(place);
  if (options !== null) return { kind: "choice", options };
  const [member, another] = alternatives(place);
  if (another !== undefined) return { kind: "any" };
  return member === undefined ? typeForm(place) : formOf({ ...place, anyOf: [], oneOf: [], ...member });
}

function optionsOf({ const: constant, enum: values }: JsonSchema): readonly JsonValue[] | null {
  if (constant !== undefined) return [constant];
  return Array.isArray(values) ? values.filter((value: JsonValue) => value !== null) : null;
}

function typeForm(place: JsonSchema): Form {
  const types: readonly JsonValue[] = Array.isArray(place.type) ? place.type : [place.type ?? null];
  const [type, other] = types.filter((name) => name !== null && name !== "null");
  if (other !== undefined) return { kind: "any" };
  if (type === "string") return { kind: FORMATS.find((name) => name === place.format) ?? "text" };
  if (type === "number") return { kind: "number", share: isShare(place) };
  return type === "integer" || type === "boolean" ? { kind: type } : { kind: "any" };
}

/** What of `anyOf` and `oneOf` is not null. */
function alternatives({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] {
  const given: readonly JsonValue[] = [anyOf, oneOf].filter((value) => Array.isArray(value)).flat();
  return given.filter(isObject).filter(({ type }) => type !== "null");
}

function isShare({ maximum, exclusiveMaximum }: JsonSchema): boolean {
  return [maximum, exclusiveMaximum].some((bound) => typeof bound === "number" && bound <= 1);
}
