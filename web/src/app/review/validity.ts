/** Whether a value may stand where a person puts it, by the schema of the whole output. */

import { Validator } from "@cfworker/json-schema";
import type { JsonObject, JsonSchema } from "../../shared/schema.js";

/** Keywords whose messages only say that something below or among them is wrong. */
const SUMMARIES = new Set(["properties", "items", "prefixItems", "anyOf", "oneOf", "allOf", "$ref", "additionalProperties", "if", "then", "else"]);

/** A keyword of the schema that the value breaks, and its argument there. */
export interface Fault {
  readonly keyword: string;
  readonly argument: string;
}

/** What is wrong with the value at a place; null where nothing is. Faults elsewhere are not told. */
export function faultAt(output: JsonObject, schema: JsonSchema, pointer: string): Fault | null {
  const { errors } = new Validator(schema, "2020-12", false).validate(output);
  const here = errors.filter(({ instanceLocation }) => instanceLocation === `#${pointer}`);
  const plain = here.filter(({ keyword }) => !SUMMARIES.has(keyword));
  // Of a value that may also be null, the type null is always among what does not fit.
  const error = plain.find(({ keyword }) => keyword !== "type") ?? plain[0] ?? here[0];
  return error === undefined ? null : { keyword: error.keyword, argument: argumentAt(schema, error.keywordLocation) };
}

/** What stands at a place of the schema such as `#/properties/total/minimum`, in so far as a reader can use it. */
function argumentAt(schema: JsonSchema, location: string): string {
  let place: unknown = schema;
  for (const part of location.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    place = typeof place === "object" && place !== null ? (place as Record<string, unknown>)[key] : undefined;
  }
  return typeof place === "string" || typeof place === "number" ? String(place) : "";
}
