/** A value of any of several forms. */

import { Union } from "../constraint/union.js";
import type { Form } from "./form.js";

/** What several forms can be written as is read as the first of them. */
export function unionForm(forms: readonly Form[]): Form {
  return {
    machine: (earlier) => new Union(forms.map((form) => form.machine(earlier))),
    read: (written, earlier) => {
      for (const form of forms) {
        const found = form.read(written, earlier);
        if (found !== null) return found;
      }
      return null;
    },
  };
}
