/** The keys that an object does not declare, as an automaton that tells them apart by what holds for their values. */

import { Dfa } from "../constraint/dfa.js";
import { compilePattern } from "../constraint/pattern.js";
import { NEVER, type Lazy, type ObjectPart } from "./nodes.js";

export type Meet = (lazies: readonly Lazy[]) => Lazy;

export interface OtherNames {
  /** Labels a name by its value's place in `values`, counted from 1. */
  readonly dfa: Dfa;
  readonly values: readonly Lazy[];
}

const ANYTHING = Dfa.any();
const known = new WeakMap<ObjectPart, OtherNames>();

/** @throws TooLargeError */
export function otherNames(part: ObjectPart, meet: Meet): OtherNames {
  const before = known.get(part);
  if (before !== undefined) return before;
  const sources = [...new Set(part.extras.flatMap(({ patterns }) => patterns.map(({ source }) => source)))];
  const values: Lazy[] = [];
  const label = (value: Lazy): number => {
    if (value === NEVER) return 0;
    if (!values.includes(value)) values.push(value);
    return values.indexOf(value) + 1;
  };
  const dfa = Dfa.combine([ANYTHING, ...sources.map(compilePattern)], ([, ...matches]) => {
    const matching = new Set(sources.filter((_, i) => matches[i]));
    return label(meet(part.extras.flatMap(({ patterns, rest }) => {
      const found = patterns.filter(({ source }) => matching.has(source)).map(({ node }) => node);
      return found.length > 0 ? found : [rest];
    })));
  });
  const names = { dfa, values };
  known.set(part, names);
  return names;
}
