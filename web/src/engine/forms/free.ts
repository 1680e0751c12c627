/** Text in the model's own words, held to the schema's patterns and lengths but not to the document. */

import { Dfa } from "../constraint/dfa.js";
import { Except } from "../constraint/except.js";
import { JsonText } from "../constraint/json-text.js";
import { Lengths } from "../constraint/lengths.js";
import { Remembered } from "../constraint/remembered.js";
import type { AnyMachine } from "../constraint/machine.js";
import type { Form } from "./form.js";

/** No free text is longer, in code points: what a model writes of itself needs an end. */
const LONGEST = 1000;

export interface FreeText {
  readonly minLength: number;
  readonly maxLength: number;
  /** All of them read the text from its first to its last character. */
  readonly machines: readonly Dfa[];
}

/** Any text at all: the same machine for every document, so that its masks are found once. */
const ANYTHING = textMachine({ minLength: 0, maxLength: LONGEST, machines: [] });

function textMachine({ minLength, maxLength, machines }: FreeText): AnyMachine {
  const all = machines.length === 0 ? Dfa.any() : Dfa.combine(machines, (matches) => (matches.every(Boolean) ? 1 : 0));
  return new Remembered(new JsonText(new Lengths(all, minLength, Math.min(maxLength, Math.max(LONGEST, minLength)))));
}

export function freeForm(kind: FreeText): Form {
  const plain = kind.minLength === 0 && kind.maxLength >= LONGEST && kind.machines.length === 0;
  const text = plain ? ANYTHING : textMachine(kind);
  return {
    machine: ({ found, unique }) => (unique && found.length > 0 ? new Except(text, found.map(({ value }) => JSON.stringify(value))) : text),
    read: (written) => {
      const value = written.startsWith('"') ? String(JSON.parse(written)) : null;
      return value === null ? null : { value, origin: "free", evidence: null };
    },
  };
}
