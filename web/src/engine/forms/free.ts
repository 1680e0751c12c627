/** Text in the model's own words, held to the schema's patterns and lengths but not to the document. */

import { Dfa } from "../constraint/dfa.js";
import { Except } from "../constraint/except.js";
import { JsonText } from "../constraint/json-text.js";
import { Lengths } from "../constraint/lengths.js";
import type { Form } from "./form.js";

/** No free text is longer, in code points: what a model writes of itself needs an end. */
const LONGEST = 1000;

export interface FreeText {
  readonly minLength: number;
  readonly maxLength: number;
  /** All of them read the text from its first to its last character. */
  readonly machines: readonly Dfa[];
}

export function freeForm({ minLength, maxLength, machines }: FreeText): Form {
  const all = machines.length === 0 ? Dfa.any() : Dfa.combine(machines, (matches) => (matches.every(Boolean) ? 1 : 0));
  const text = new JsonText(new Lengths(all, minLength, Math.min(maxLength, Math.max(LONGEST, minLength))));
  return {
    machine: ({ found, unique }) => (unique && found.length > 0 ? new Except(text, found.map(({ value }) => JSON.stringify(value))) : text),
    read: (written) => {
      const value = written.startsWith('"') ? String(JSON.parse(written)) : null;
      return value === null ? null : { value, origin: "free", evidence: null };
    },
  };
}
