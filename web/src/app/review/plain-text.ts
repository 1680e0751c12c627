/** A value as it is typed in: a text as it is, everything else as in JSON. */

import type { JsonValue } from "../../shared/schema.js";

export function plainText(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
