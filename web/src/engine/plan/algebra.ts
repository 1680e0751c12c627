/** Intersection, union and complement of nodes. What has no parts to say it with is refused. */

import { equal, partAdmits } from "./admits.js";
import { EXCLUDED, without, withoutKeys, type ComplementTools } from "./complement.js";
import { languageOf } from "./language.js";
import {
  ANY, FIRST_ID, isAny, Lazy, NEVER, NO_ABOUT, type About, type ArrayPart, type Node, type NumberPart, type Part, type TextPart,
} from "./nodes.js";
import { meetObjects } from "./objects.js";
import { possible } from "./possible.js";
import type { Refusal, Refuse } from "./refusal.js";
import type { JsonValue } from "../../shared/schema.js";

/** More parts than this in one node are refused: each is alive beside the others while decoding. */
const MOST_PARTS = 400;
/** How deep two members of `oneOf` are compared to show that they exclude each other. */
const COMPARED_DEPTH = 4;

export class Algebra {
  private nextId = FIRST_ID;
  private readonly meets = new Map<string, Lazy>();

  constructor(private readonly refuse: Refuse) {}

  /** A lazy node of its own. */
  lazy(place: string, make: () => Node): Lazy {
    return new Lazy(this.nextId++, [], make, () => this.refuse("$ref", place, "schema-refused/circular", "The schema refers to itself without an object or a list between.", "Take the reference out."));
  }

  /** The intersection of lazy nodes; the same ones have the same intersection, so recursion stays finite. */
  meet(lazies: readonly Lazy[]): Lazy {
    const bases = new Set(lazies.flatMap((one) => (one.bases.length > 0 ? one.bases : [one])));
    bases.delete(ANY);
    const [only, other] = bases;
    if (only === undefined) return ANY;
    if (bases.has(NEVER)) return NEVER;
    if (other === undefined) return only;
    const sorted = [...bases].sort((a, b) => a.id - b.id);
    const key = sorted.map(({ id }) => id).join();
    const known = this.meets.get(key);
    if (known !== undefined) return known;
    const circular = (): never => this.refuse("allOf", only.node.about.place, "schema-refused/circular", "The schema refers to itself without an object or a list between.", "Take the reference out.");
    const made = new Lazy(this.nextId++, sorted, () => sorted.map(({ node }) => node).reduce((a, b) => this.intersect(a, b)), circular);
    this.meets.set(key, made);
    return made;
  }

  intersect(a: Node, b: Node): Node {
    const about = together(a.about, b.about);
    if (isAny(a)) return { parts: b.parts, about };
    if (isAny(b)) return { parts: a.parts, about };
    const parts = a.parts.flatMap((one) => b.parts.flatMap((other) => this.meetParts(one, other) ?? []));
    return { parts: this.counted(parts, about.place), about };
  }

  union(nodes: readonly Node[], about: About): Node {
    const any = nodes.find(isAny);
    if (any !== undefined) return { parts: any.parts, about };
    const parts = new Set(nodes.flatMap((node) => node.parts));
    const literals = [...parts].flatMap((part) => (part.type === "literal" ? part.values : []));
    const values = distinct(literals);
    const others = [...parts].filter((part) => part.type !== "literal");
    const merged: Part[] = values.length > 0 ? [{ type: "literal", values }, ...others] : others;
    return { parts: this.counted(merged, about.place), about };
  }

  /** Exactly one of the nodes: each without those that it has values in common with. */
  exactlyOne(nodes: readonly Node[], about: About): Node {
    const alone = nodes.map((node, i) => {
      const rivals = nodes.filter((other, j) => j !== i && this.overlap(node, other));
      return rivals.reduce((left, rival) => this.difference(left, rival), node);
    });
    return this.union(alone, about);
  }

  /** @param keyword the keyword that asks for it, for the refusal */
  complement(node: Node, keyword: string): Node {
    const tools = this.toolsFor(node, keyword);
    return node.parts
      .map((part) => ({ parts: without(part, tools), about: node.about }))
      .reduce((a, b) => this.intersect(a, b), { ...ANY.node, about: node.about });
  }

  /** The first one's values without the second's. */
  private difference(from: Node, taken: Node): Node {
    return taken.parts.reduce((left, part) => ({ parts: left.parts.flatMap((one) => this.minus(one, part, this.toolsFor(taken, "oneOf"))), about: left.about }), from);
  }

  private minus(from: Part, taken: Part, tools: ComplementTools): readonly Part[] {
    const both = this.meetParts(from, taken);
    if (both === null || !possible({ parts: [both], about: NO_ABOUT }, COMPARED_DEPTH)) return [from];
    const others = from.type === "object" && taken.type === "object" ? withoutKeys(from, taken, tools) : null;
    return (others ?? without(taken, tools)).flatMap((one) => this.meetParts(from, one) ?? []);
  }

  private toolsFor(node: Node, keyword: string): ComplementTools {
    return {
      complement: (lazies) => this.opposite(this.meet(lazies), keyword),
      refuse: (excluded) => {
        const message = `“${keyword}” cannot be enforced here: ${EXCLUDED[excluded]}.`;
        return this.refuse(keyword, node.about.place, ["schema-refused/excluded", { keyword, excluded }], message, "Say directly what is allowed.");
      },
    };
  }

  private opposite(lazy: Lazy, keyword: string): Lazy {
    if (lazy === ANY || isAny(lazy.node)) return NEVER;
    if (lazy === NEVER) return ANY;
    return this.lazy(lazy.node.about.place, () => this.complement(lazy.node, keyword));
  }

  private overlap(a: Node, b: Node): boolean {
    return possible(this.intersect(a, b), COMPARED_DEPTH);
  }

  private meetParts(a: Part, b: Part): Part | null {
    if (a === b) return a;
    if (a.type === "literal") return literals(a.values.filter((value) => partAdmits(b, value)));
    if (b.type === "literal") return literals(b.values.filter((value) => partAdmits(a, value)));
    if (a.type === "number" && b.type === "number") return meetNumbers(a, b);
    if (a.type === "text" && b.type === "text") return meetTexts(a, b);
    if (a.type === "array" && b.type === "array") return this.meetArrays(a, b);
    if (a.type === "object" && b.type === "object") return meetObjects(a, b, (lazies) => this.meet(lazies));
    return null;
  }

  private meetArrays(a: ArrayPart, b: ArrayPart): ArrayPart | null {
    const places = Math.max(a.first.length, b.first.length);
    const minItems = Math.max(a.minItems, b.minItems);
    const maxItems = Math.min(a.maxItems, b.maxItems);
    if (minItems > maxItems) return null;
    return {
      type: "array",
      first: Array.from({ length: places }, (_, i) => this.meet([a.first[i] ?? a.rest, b.first[i] ?? b.rest])),
      rest: this.meet([a.rest, b.rest]),
      minItems,
      maxItems,
      unique: a.unique || b.unique,
    };
  }

  private counted(parts: readonly Part[], place: string): readonly Part[] {
    if (parts.length > MOST_PARTS) {
      const refusal: Refusal = ["schema-refused/alternatives", { count: parts.length, most: MOST_PARTS }];
      this.refuse("anyOf", place, refusal, `The alternatives here come to ${String(parts.length)}.`, `Write the schema with at most ${String(MOST_PARTS)} alternatives.`);
    }
    return parts;
  }
}

function together(a: About, b: About): About {
  return {
    title: a.title ?? b.title,
    description: a.description ?? b.description,
    free: a.free || b.free,
    place: a.place === "" ? b.place : a.place,
  };
}

function literals(values: readonly JsonValue[]): Part | null {
  return values.length > 0 ? { type: "literal", values } : null;
}

function distinct(values: readonly JsonValue[]): JsonValue[] {
  const plain = new Set<JsonValue>();
  const found: JsonValue[] = [];
  for (const value of values) {
    const scalar = typeof value !== "object" || value === null;
    if (scalar ? plain.has(value) : found.some((one) => equal(one, value))) continue;
    plain.add(value);
    found.push(value);
  }
  return found;
}

function meetNumbers(a: NumberPart, b: NumberPart): NumberPart {
  return {
    type: "number",
    integer: a.integer || b.integer,
    minimum: Math.max(a.minimum, b.minimum),
    maximum: Math.min(a.maximum, b.maximum),
    exclusiveMinimum: Math.max(a.exclusiveMinimum, b.exclusiveMinimum),
    exclusiveMaximum: Math.min(a.exclusiveMaximum, b.exclusiveMaximum),
    multiples: [...new Set([...a.multiples, ...b.multiples])],
  };
}

function meetTexts(a: TextPart, b: TextPart): TextPart | null {
  const part: TextPart = {
    type: "text",
    minLength: Math.max(a.minLength, b.minLength),
    maxLength: Math.min(a.maxLength, b.maxLength),
    patterns: [...new Set([...a.patterns, ...b.patterns])],
    without: [...new Set([...a.without, ...b.without])],
    formats: [...new Set([...a.formats, ...b.formats])],
  };
  return languageOf(part).possible ? part : null;
}
