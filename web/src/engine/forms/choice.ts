/** One of the schema's own values: enum, const, boolean. */

import { Text } from "../constraint/text.js";
import { Union } from "../constraint/union.js";
import type { SourceText } from "../source.js";
import type { Span } from "../../shared/document.js";
import type { JsonValue } from "../../shared/schema.js";
import type { Earlier, Form } from "./form.js";

/** @param part where evidence is looked for */
export function choiceForm(values: readonly JsonValue[], source: SourceText, part: Span): Form {
  const mentions = new Map<JsonValue, readonly Span[]>();
  const mentionsOf = (value: JsonValue): readonly Span[] => {
    const known = mentions.get(value) ?? (typeof value === "string" ? findMentions(source.text, value, part) : []);
    mentions.set(value, known);
    return known;
  };
  /** Where nothing forbids to say a value again, it is said as often as the text does, so that no list goes on for ever. */
  const mayCome = (value: JsonValue, { found, unique, minItems }: Earlier): boolean => {
    const times = found.filter((one) => one.value === value).length;
    return times === 0 || (!unique && times < Math.max(mentionsOf(value).length, minItems));
  };
  return {
    machine: (earlier) => new Union(values.filter((value) => mayCome(value, earlier)).map((value) => new Text(JSON.stringify(value)))),
    read: (written, earlier) => {
      const value = values.find((one) => JSON.stringify(one) === written);
      if (value === undefined) return null;
      const times = earlier.found.filter((one) => one.value === value).length;
      return { value, origin: "inferred", evidence: mentionsOf(value)[times] ?? null };
    },
  };
}

/** Where a chosen value stands in the text itself, whatever its case. */
function findMentions(text: string, value: string, { start, end }: Span): Span[] {
  const pattern = value.trim().replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  if (pattern === "") return [];
  const found = text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "giu"));
  return Array.from(found, (match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter((span) => span.start >= start && span.end <= end);
}
