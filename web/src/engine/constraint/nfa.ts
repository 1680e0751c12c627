/** A regular expression as a non-deterministic automaton (Thompson's construction over the parsed expression). */

import { RegExpParser, type AST } from "@eslint-community/regexpp";
import { ALL, complement, DIGIT, LINE_END, property, single, SPACE, union, WORD, type CharSet } from "./charset.js";
import { TooLargeError } from "./dfa.js";
import type { Phrases } from "../../shared/wordings.js";

/** A part of a regular expression that no automaton here can follow. */
export class PatternError extends Error {
  /** @param words what cannot be enforced, in words a reader knows: “it has a lookahead” */
  constructor(readonly feature: Phrases["feature"], words: string) {
    super(`“pattern” cannot be enforced: ${words}.`);
  }
}

export type Place = "start" | "end" | "word" | "no-word";

/** From a node along an edge: reading a code point of the set, or at a certain place only, or freely. */
export interface Edge {
  readonly to: number;
  readonly set?: CharSet;
  readonly at?: Place;
}

export interface Nfa {
  readonly edges: readonly (readonly Edge[])[];
  readonly start: number;
  readonly end: number;
}

const MOST_NODES = 20_000;
const parser = new RegExpParser();

/** @throws PatternError for what ECMA-262 does not know, with or without its flag `u` */
export function parsePattern(source: string): AST.Pattern {
  for (const unicode of [true, false]) {
    try {
      return parser.parsePattern(source, 0, source.length, { unicode });
    } catch {
      continue;
    }
  }
  throw new PatternError("no-expression", "it is not a regular expression of ECMA-262");
}

/** The automaton of a search: whatever stands before and after the match is passed over. */
export function searching(pattern: AST.Pattern): Nfa {
  const builder = new Builder();
  const start = builder.node();
  const end = builder.node();
  builder.edge(start, { to: start, set: ALL });
  builder.edge(end, { to: end, set: ALL });
  builder.alternatives(pattern.alternatives, start, end);
  return { edges: builder.edges, start, end };
}

class Builder {
  readonly edges: Edge[][] = [];

  node(): number {
    if (this.edges.length >= MOST_NODES) throw new TooLargeError();
    return this.edges.push([]) - 1;
  }

  edge(from: number, edge: Edge): void {
    this.edges[from]?.push(edge);
  }

  alternatives(all: readonly AST.Alternative[], from: number, to: number): void {
    for (const { elements } of all) {
      let at = this.node();
      this.edge(from, { to: at });
      for (const element of elements) at = this.element(element, at);
      this.edge(at, { to });
    }
  }

  /** The node after the element. */
  private element(element: AST.Element, from: number): number {
    const to = this.node();
    switch (element.type) {
      case "Assertion":
        this.edge(from, { to, at: placeOf(element) });
        break;
      case "Quantifier":
        this.quantifier(element, from, to);
        break;
      case "Group":
        if (element.modifiers !== null) throw new PatternError("flags", "it changes its flags within");
        this.alternatives(element.alternatives, from, to);
        break;
      case "CapturingGroup":
        this.alternatives(element.alternatives, from, to);
        break;
      case "Backreference":
        throw new PatternError("back-reference", "it refers back to a group");
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        this.edge(from, { to, set: setOf(element) });
    }
    return to;
  }

  private quantifier({ element, min, max }: AST.Quantifier, from: number, to: number): void {
    let at = from;
    for (let i = 0; i < min; i++) at = this.element(element, at);
    if (max === Number.POSITIVE_INFINITY) {
      const loop = this.node();
      this.edge(at, { to: loop });
      this.edge(this.element(element, loop), { to: loop });
      at = loop;
    } else {
      for (let i = min; i < max; i++) {
        this.edge(at, { to });
        at = this.element(element, at);
      }
    }
    this.edge(at, { to });
  }
}

function placeOf(assertion: AST.Assertion): Place {
  if (assertion.kind === "lookahead" || assertion.kind === "lookbehind") throw new PatternError(assertion.kind, `it has a ${assertion.kind}`);
  if (assertion.kind === "word") return assertion.negate ? "no-word" : "word";
  return assertion.kind;
}

function setOf(element: AST.Character | AST.CharacterSet | AST.CharacterClass | AST.CharacterClassElement | AST.ExpressionCharacterClass): CharSet {
  switch (element.type) {
    case "Character":
      return single(element.value);
    case "CharacterClassRange":
      return [[element.min.value, element.max.value]];
    case "CharacterClass":
      return signed(union(...element.elements.map(setOf)), element.negate);
    case "CharacterSet":
      return namedSet(element);
    case "ExpressionCharacterClass":
    case "ClassStringDisjunction":
      throw new PatternError("flag-v", "it has a class of the flag “v”");
  }
}

function namedSet(set: AST.CharacterSet): CharSet {
  switch (set.kind) {
    case "any":
      return complement(LINE_END);
    case "digit":
      return signed(DIGIT, set.negate);
    case "space":
      return signed(SPACE, set.negate);
    case "word":
      return signed(WORD, set.negate);
    case "property":
      return signed(property(set.value === null ? set.key : `${set.key}=${set.value}`), set.negate);
  }
}

function signed(set: CharSet, negate: boolean): CharSet {
  return negate ? complement(set) : set;
}
