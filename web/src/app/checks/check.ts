/** Everything that can be told of an output without the document: do its values agree with each other? */

import type { JsonObject, JsonSchema } from "../../shared/schema.js";
import { checkDates } from "./dates.js";
import type { Finding } from "./finding.js";
import { checkNumbers } from "./numbers.js";
import { scopesOf } from "./scopes.js";
import { checkSums } from "./sums.js";

/** Those that found something wrong come first. */
export function checkOutput(output: JsonObject, schema: JsonSchema): readonly Finding[] {
  const inner = scopesOf(output).flatMap((scope) => [...checkSums(scope), ...checkDates(scope)]);
  const all: readonly Finding[] = [...inner, ...checkNumbers(output, schema)];
  return [...all.filter(({ ok }) => !ok), ...all.filter(({ ok }) => ok)];
}
