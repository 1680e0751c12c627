/**
 * From a node to the machine that a value is written under: one for everything that a schema can say,
 * down to a depth. Below the first key or item a machine is only made when a walk gets there.
 */

import { equal } from "./admits.js";
import type { Dfa } from "../constraint/dfa.js";
import { Except } from "../constraint/except.js";
import { JsonArray } from "../constraint/json-array.js";
import { JsonObject, type OtherKeys } from "../constraint/json-object.js";
import { JsonText } from "../constraint/json-text.js";
import { Lengths } from "../constraint/lengths.js";
import { accepts as acceptsText, type AnyMachine } from "../constraint/machine.js";
import { JsonNumber } from "../constraint/number.js";
import { OneOf } from "../constraint/one-of.js";
import { Union } from "../constraint/union.js";
import { canDiffer } from "./cardinality.js";
import { languageOf } from "./language.js";
import { layoutsOf, plain } from "./layout.js";
import { otherNames } from "./names.js";
import type { ArrayPart, Lazy, Node, ObjectPart, Part } from "./nodes.js";
import { partPossible } from "./possible.js";
import type { Compiled } from "./schema.js";
import type { JsonValue } from "../../shared/schema.js";

/** Objects and lists within each other; a schema that refers to itself goes no deeper. */
const DEEPEST = 40;

/** The machine of a whole value: no white space, the keys in the order of the schema, others after them. */
export function machineOf(compiled: Compiled, node: Node = compiled.root, depth = DEEPEST): AnyMachine {
  return new Machines(compiled).of(node, depth);
}

/** Does the value belong to the schema, as far as the machine says that it is written under? */
export function accepts(compiled: Compiled, value: JsonValue): boolean {
  const machine = machineOf(compiled);
  return layoutsOf(compiled.root, value, compiled.meet).some((text) => acceptsText(machine, text));
}

class Machines {
  private readonly made = new Map<Part, Map<number, AnyMachine>>();
  private readonly answers = new Map<Part, Map<number, boolean>>();

  constructor(private readonly compiled: Compiled) {}

  of(node: Node, depth: number): AnyMachine {
    const [only, other] = node.parts.filter((part) => this.possible(part, depth));
    if (only === undefined) return new OneOf([]);
    if (other === undefined) return this.part(only, depth);
    return new Union(node.parts.filter((part) => this.possible(part, depth)).map((part) => this.part(part, depth)));
  }

  private part(part: Part, depth: number): AnyMachine {
    return remembered(this.made, part, depth, () => this.make(part, depth));
  }

  private make(part: Part, depth: number): AnyMachine {
    switch (part.type) {
      case "literal":
        return new OneOf(part.values.map(plain));
      case "number":
        return new JsonNumber(part);
      case "text":
        return new JsonText(languageOf(part));
      case "array":
        return this.array(part, depth - 1);
      case "object":
        return this.object(part, depth - 1);
    }
  }

  private array(part: ArrayPart, depth: number): AnyMachine {
    const lazyAt = (index: number): Lazy => part.first[index] ?? part.rest;
    const blocked = [...part.first, part.rest].findIndex((lazy) => !this.any(lazy, depth));
    const room = blocked < 0 ? Number.POSITIVE_INFINITY : blocked;
    if (room < part.minItems || (part.unique && !canDiffer(part))) return new OneOf([]);
    const { meet } = this.compiled;
    const writings = (index: number, item: string): readonly string[] => layoutsOf(lazyAt(index).node, parsed(item), meet);
    return new JsonArray({
      item: (index) => this.of(lazyAt(index).node, depth),
      least: part.minItems,
      most: Math.min(part.maxItems, room),
      unique: part.unique ? { writings, same: (item, other) => equal(parsed(item), parsed(other)) } : null,
    });
  }

  private object(part: ObjectPart, depth: number): AnyMachine {
    const slots = part.slots.filter(({ node }) => this.any(node, depth));
    const lost = part.slots.some((slot) => slot.required && !slots.includes(slot));
    return new JsonObject({
      slots: slots.map(({ name, required, node }) => ({ name, required, value: () => this.of(node.node, depth) })),
      others: this.others(part, depth),
      least: lost ? Number.POSITIVE_INFINITY : part.minProperties,
      most: part.maxProperties,
    });
  }

  private others(part: ObjectPart, depth: number): OtherKeys {
    const { dfa, values } = otherNames(part, this.compiled.meet);
    const possible = values.map((lazy) => this.any(lazy, depth));
    const allowed = possible.every(Boolean) ? dfa : relabelled(dfa, possible);
    const lengths = new Lengths(allowed, 0, Number.POSITIVE_INFINITY);
    const machine = new JsonText(lengths);
    const declared = part.slots.map(({ name }) => name);
    return {
      key: (used) => new Except(machine, [...declared, ...used].map((name) => JSON.stringify(name))),
      value: (name) => {
        const lazy = values[labelOf(dfa, name) - 1];
        return lazy === undefined ? new OneOf([]) : this.of(lazy.node, depth);
      },
      most: endless(lengths.count(COUNTED)) - declared.filter((name) => labelOf(allowed, name) > 0).length,
    };
  }

  private any(lazy: Lazy, depth: number): boolean {
    return lazy.node.parts.some((part) => this.possible(part, depth));
  }

  private possible(part: Part, depth: number): boolean {
    return remembered(this.answers, part, depth, () => {
      if ((part.type === "object" || part.type === "array") && depth === 0) return false;
      if (!partPossible(part, (lazy) => this.any(lazy, depth - 1))) return false;
      const bounded = (part.type === "object" && part.minProperties > 0) || (part.type === "array" && part.unique);
      if (!bounded) return true;
      const machine = this.part(part, depth);
      return machine.viable(machine.initial());
    });
  }
}

function parsed(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

/** Other keys are counted up to here; more are as good as endless. */
const COUNTED = 1000;

function endless(count: number): number {
  return count >= COUNTED ? Number.POSITIVE_INFINITY : count;
}

function relabelled(dfa: Dfa, possible: readonly boolean[]): Dfa {
  return dfa.mapped((label) => (possible[label - 1] === true ? label : 0));
}

function labelOf(dfa: Dfa, text: string): number {
  return dfa.label(Array.from(text).reduce((state, character) => dfa.step(state, character.codePointAt(0) ?? 0), dfa.initial));
}

function remembered<T>(memory: Map<Part, Map<number, T>>, part: Part, depth: number, make: () => T): T {
  const byDepth = memory.get(part) ?? new Map<number, T>();
  memory.set(part, byDepth);
  const known = byDepth.get(depth);
  if (known !== undefined) return known;
  const made = make();
  byDepth.set(depth, made);
  return made;
}
