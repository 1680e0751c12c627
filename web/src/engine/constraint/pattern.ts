/** `pattern`: a regular expression of ECMA-262 as an automaton that says at every character what can follow. */

import type { AST } from "@eslint-community/regexpp";
import { has, WORD, type CharSet } from "./charset.js";
import { Alphabet, Dfa, TooLargeError } from "./dfa.js";
import { parsePattern, PatternError, searching, type Nfa, type Place } from "./nfa.js";

export { PatternError } from "./nfa.js";

/** So many nodes are visited at most to compile one expression: about a second. */
const MOST_VISITS = 10_000_000;

/** As many compiled expressions are kept for the next schema. */
const KEPT = 256;
const compiled = new Map<string, Dfa>();

/**
 * The texts in which the expression finds a match, as JSON Schema asks (2020-12, validation 6.3.3): without
 * `^` and `$` the match may stand anywhere. Characters are code points, as under the flag `u`.
 *
 * @throws PatternError for what a regular language cannot say: lookarounds other than at the beginning, back
 * references; and for what would need too many states
 */
export function compilePattern(source: string): Dfa {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const machine = guarded(() => compileAnew(source));
  if (compiled.size >= KEPT) compiled.clear();
  compiled.set(source, machine);
  return machine;
}

/** Turns “too many states” into an error that says so of the pattern. */
function guarded(compile: () => Dfa): Dfa {
  try {
    return compile();
  } catch (thrown) {
    if (thrown instanceof TooLargeError) throw new PatternError("states", "it would need too many states");
    throw thrown;
  }
}

function compileAnew(source: string): Dfa {
  const pattern = parsePattern(source);
  return withLookaheads(pattern) ?? determine(searching(pattern));
}

/** `^(?=a)(?!b)c` is c, and begins with a, and does not begin with b: three automata at once. */
function withLookaheads({ alternatives }: AST.Pattern): Dfa | null {
  const [only, other] = alternatives;
  const [first, ...rest] = only?.elements ?? [];
  if (other !== undefined || first?.type !== "Assertion" || first.kind !== "start") return null;
  const looking = rest.slice(0, rest.findIndex((element) => !isLookahead(element)) >>> 0).filter(isLookahead);
  if (looking.length === 0) return null;
  const raw = (elements: readonly AST.Node[]): string => elements.map((element) => element.raw).join("");
  const parts = looking.map((one) => compilePattern(`^(?:${one.alternatives.map((alternative) => alternative.raw).join("|")})`));
  const main = compilePattern(`^${raw(rest.slice(looking.length))}`);
  return Dfa.combine([main, ...parts], ([match, ...found]) => {
    const seen = looking.every(({ negate }, i) => found[i] !== negate);
    return match === true && seen ? 1 : 0;
  });
}

function isLookahead(element: AST.Element): element is AST.LookaheadAssertion {
  return element.type === "Assertion" && element.kind === "lookahead";
}

type Before = "start" | "word" | "other";

interface Nodes {
  readonly ids: readonly number[];
  readonly before: Before;
}

/** Subset construction. A state is the nodes reached, and as much of what was read as assertions ask for. */
function determine(nfa: Nfa): Dfa {
  const edges = nfa.edges.flat();
  const words = edges.some(({ at }) => at === "word" || at === "no-word");
  const sets = new Set<CharSet>(edges.flatMap(({ set }) => (set === undefined ? [] : [set])));
  const alphabet = Alphabet.of(words ? [...sets, WORD] : [...sets]);
  let visits = 0;
  return Dfa.explore<Nodes>(alphabet, { ids: [nfa.start], before: "start" }, {
    next: ({ ids, before }, point) => {
      visits += ids.length;
      if (visits > MOST_VISITS) throw new TooLargeError();
      const here = closure(nfa, ids, placesAt(before, has(WORD, point) ? "word" : "other"));
      return { ids: move(nfa, here, point), before: words && has(WORD, point) ? "word" : "other" };
    },
    keyOf: ({ ids, before }) => `${before} ${ids.join()}`,
    label: ({ ids, before }) => (closure(nfa, ids, placesAt(before, "end")).includes(nfa.end) ? 1 : 0),
  });
}

function placesAt(before: Before, after: "word" | "other" | "end"): ReadonlySet<Place> {
  const places = new Set<Place>([(before === "word") !== (after === "word") ? "word" : "no-word"]);
  if (before === "start") places.add("start");
  if (after === "end") places.add("end");
  return places;
}

function closure(nfa: Nfa, ids: readonly number[], places: ReadonlySet<Place>): number[] {
  const found = new Set(ids);
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const { to, set, at } of nfa.edges[id] ?? []) {
      if (set !== undefined || found.has(to) || (at !== undefined && !places.has(at))) continue;
      found.add(to);
      waiting.push(to);
    }
  }
  return [...found];
}

function move(nfa: Nfa, ids: readonly number[], point: number): number[] {
  const next = new Set<number>();
  for (const id of ids) {
    for (const { to, set } of nfa.edges[id] ?? []) if (set !== undefined && has(set, point)) next.add(to);
  }
  return [...next].sort((a, b) => a - b);
}
