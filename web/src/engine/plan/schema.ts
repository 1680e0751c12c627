/**
 * From a JSON Schema to a node. The keywords follow 2020-12, and what older drafts commonly write means
 * what it meant there. Nothing is ignored: what cannot be enforced is refused with its place.
 */

import { TooLargeError } from "../constraint/dfa.js";
import { admits, finds } from "./admits.js";
import { Algebra } from "./algebra.js";
import { canDiffer } from "./cardinality.js";
import { escaped } from "./complement.js";
import { isList, isObject, Keywords } from "./keywords.js";
import { ANY, ANY_OBJECT, BOOLEAN, isAny, NEVER, NO_ABOUT, NULL, type About, type ArrayPart, type Lazy, type Node, type ObjectPart, type Part } from "./nodes.js";
import { arrayPart, guarded, numberPart, objectPart, textPart, withPatterns, type Below } from "./parts.js";
import { otherNames, type Meet } from "./names.js";
import { References, type At } from "./refs.js";
import { refuseSchema } from "./refusal.js";
import type { JsonSchema, JsonValue } from "../../shared/schema.js";

const TYPES = ["null", "boolean", "number", "string", "array", "object"];
/** Keywords whose schemas look at the very same value. */
const IN_PLACE = ["$ref", "allOf", "anyOf", "oneOf", "not", "if", "dependentSchemas", "dependencies"];
/** Up to draft 7, what stands beside `$ref` is ignored. */
const REF_STANDS_ALONE = /draft-0[3467]\//u;

/**
 * @returns the root, with every node below it made, so that nothing is refused afterwards
 * @throws SchemaRefused
 */
export function compileSchema(schema: JsonSchema): Compiled {
  const compiler = new SchemaCompiler(schema);
  const root = compiler.root();
  try {
    makeAll(root, compiler.meet);
  } catch (thrown) {
    // Where several schemas together ask too much of one text, no single place is to blame.
    if (thrown instanceof TooLargeError) refuseSchema("pattern", "", "schema-refused/patterns-together", "The schema's patterns and lengths together need too many states.", "Make the patterns simpler.");
    throw thrown;
  }
  return { root: root.node, meet: compiler.meet };
}

export interface Compiled {
  readonly root: Node;
  /** The intersection of nodes of this schema. */
  readonly meet: Meet;
}

class SchemaCompiler {
  private readonly algebra = new Algebra(refuseSchema);
  private readonly references: References;
  private readonly lazies = new Map<JsonValue, Lazy>();
  private readonly refAlone: boolean;

  constructor(schema: JsonSchema) {
    this.references = new References(schema);
    this.refAlone = typeof schema.$schema === "string" && REF_STANDS_ALONE.test(`${schema.$schema}/`.replace("/schema", "/"));
  }

  readonly meet: Meet = (lazies) => this.algebra.meet(lazies);

  root(): Lazy {
    return this.lazyAt(this.references.root);
  }

  private lazyAt(at: At): Lazy {
    if (at.schema === true || (isObject(at.schema) && Object.keys(at.schema).length === 0)) return ANY;
    if (at.schema === false || isNotAnything(at.schema)) return NEVER;
    const known = this.lazies.get(at.schema);
    if (known !== undefined) return known;
    const made = this.algebra.lazy(at.pointer, () => this.build(at));
    this.lazies.set(at.schema, made);
    return made;
  }

  private build(at: At): Node {
    if (!isObject(at.schema)) return refuseSchema("schema", at.pointer, "schema-refused/no-object", "A schema must be an object.", "Write it between { and }.");
    const keywords = new Keywords(at.schema, at.pointer);
    const about = aboutOf(keywords);
    const below: Below = (...path) => this.lazyAt(this.references.below(at, ...path));
    if (keywords.has("$ref") && this.refAlone) return this.algebra.intersect({ ...ANY.node, about }, this.referred(keywords, at));
    let node: Node = { parts: this.typedParts(keywords, below), about };
    if (keywords.has("$ref")) node = this.algebra.intersect(node, this.referred(keywords, at));
    for (const condition of this.conditions(keywords, below)) node = this.algebra.intersect(node, condition);
    return valuesOnly(node, keywords);
  }

  private referred(keywords: Keywords, at: At): Node {
    const reference = keywords.text("$ref") ?? "";
    const target = this.references.resolve(reference, at);
    if (target !== null) return this.lazyAt(target).node;
    return keywords.refuse("$ref", ["schema-refused/reference", { reference }], `“${reference}” is not in this schema.`, "Copy what it refers to into “$defs”, and refer to it as “#/$defs/…”.");
  }

  private typedParts(keywords: Keywords, below: Below): readonly Part[] {
    const types = keywords.types() ?? TYPES;
    const unknown = types.find((type) => type !== "integer" && !TYPES.includes(type));
    if (unknown !== undefined) {
      const known = [...TYPES, "integer"].join(", ");
      keywords.refuse("type", ["schema-refused/type-unknown", { type: unknown, types: known }], `There is no type “${unknown}”.`, `Use one of ${known}.`);
    }
    if (types === TYPES && !isRestricted(keywords)) return ANY.node.parts;
    return types.flatMap((type) => this.typedPart(type, types, keywords, below) ?? []);
  }

  private typedPart(type: string, types: readonly string[], keywords: Keywords, below: Below): Part | null {
    switch (type) {
      case "null":
        return NULL;
      case "boolean":
        return BOOLEAN;
      case "string":
        return textPart(keywords);
      case "array":
        return arrayPart(keywords, below);
      case "object":
        return this.object(keywords, below);
      case "integer":
        return types.includes("number") ? null : numberPart(keywords, true);
      default:
        return numberPart(keywords, false);
    }
  }

  private object(keywords: Keywords, below: Below): ObjectPart {
    const declared = new Set(Object.keys(keywords.object("properties") ?? {}));
    const part = withPatterns(objectPart(keywords, below), declared, this.meet);
    // Where no other schema looks at the same object, what is not evaluated is what is additional.
    const alone = !IN_PLACE.some((keyword) => keywords.has(keyword)) || !keywords.has("unevaluatedProperties");
    if (alone || keywords.peek("unevaluatedProperties") === true) return part;
    return keywords.refuse("unevaluatedProperties", "schema-refused/unevaluated", "“unevaluatedProperties” cannot be enforced beside other schemas of the same object.", "Use “additionalProperties”.");
  }

  /** Everything that holds beside the types, each as a node of its own. */
  private conditions(keywords: Keywords, below: Below): readonly Node[] {
    const about = NO_ABOUT;
    const members = (keyword: string): Node[] => (keywords.values(keyword) ?? []).map((_, i) => below(keyword, i).node);
    const found = members("allOf");
    if (keywords.has("anyOf")) found.push(this.algebra.union(members("anyOf"), about));
    if (keywords.has("oneOf")) found.push(this.algebra.exactlyOne(members("oneOf"), about));
    if (keywords.has("not")) found.push({ ...this.algebra.complement(below("not").node, "not"), about });
    found.push(...this.ifThenElse(keywords, below), ...this.dependencies(keywords, below), ...this.names(keywords, below));
    return found;
  }

  private ifThenElse(keywords: Keywords, below: Below): readonly Node[] {
    if (!keywords.has("if") || !(keywords.has("then") || keywords.has("else"))) return [];
    const condition = below("if").node;
    const branch = (keyword: string): Node => (keywords.has(keyword) ? below(keyword).node : ANY.node);
    const when = this.algebra.intersect(condition, branch("then"));
    const otherwise = this.algebra.intersect(this.algebra.complement(condition, "if"), branch("else"));
    return [this.algebra.union([when, otherwise], NO_ABOUT)];
  }

  /** A key that, where it is there, asks for others or for a schema of the whole object. */
  private dependencies(keywords: Keywords, below: Below): readonly Node[] {
    return ["dependencies", "dependentRequired", "dependentSchemas"].flatMap((keyword) =>
      Object.entries(keywords.object(keyword) ?? {}).map(([name, asked]) => {
        const needs = isList(asked) ? needing(asked.map(String)) : below(keyword, name).node;
        const present = this.algebra.intersect(needing([name]), needs);
        const absent: ObjectPart = { ...ANY_OBJECT, slots: [{ name, node: NEVER, required: false }] };
        const noObject = ANY.node.parts.filter(({ type }) => type !== "object");
        return this.algebra.union([present, { parts: [...noObject, absent], about: NO_ABOUT }], NO_ABOUT);
      }),
    );
  }

  /** `propertyNames`, as patterns that every key matches. */
  private names(keywords: Keywords, below: Below): readonly Node[] {
    if (!keywords.has("propertyNames")) return [];
    const node = below("propertyNames").node;
    if (isAny(node)) return [];
    const sources = patternsOf(node);
    if (sources === null) return keywords.refuse("propertyNames", "schema-refused/property-names", "These “propertyNames” cannot be enforced.", "Use one pattern, lengths, or a list of names.");
    sources.forEach((source) => guarded(keywords, "propertyNames", () => finds(source, "")));
    const extras = sources.map((source) => ({ patterns: [{ source, node: ANY }], rest: NEVER }));
    const noObject = ANY.node.parts.filter(({ type }) => type !== "object");
    return [{ parts: [...noObject, { ...ANY_OBJECT, extras }], about: NO_ABOUT }];
  }
}

/** Only the values that the schema names, where it names any. */
function valuesOnly(node: Node, keywords: Keywords): Node {
  const listed = keywords.values("enum");
  const constant = keywords.peek("const");
  if (listed === null && constant === undefined) return node;
  const named = constant === undefined ? (listed ?? []) : [constant];
  const inBoth = listed === null ? named : named.filter((value) => admits({ parts: [{ type: "literal", values: listed }], about: NO_ABOUT }, value));
  const values = inBoth.filter((value) => admits(node, value));
  return { parts: values.length > 0 ? [{ type: "literal", values }] : [], about: node.about };
}

function aboutOf(keywords: Keywords): About {
  const told = (keyword: string): string | null => {
    const value = keywords.peek(keyword);
    return typeof value === "string" ? value : null;
  };
  return { title: told("title"), description: told("description"), free: keywords.peek("x-excerpt") === "free", place: keywords.place };
}

const TYPED_KEYWORDS = [
  "properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties", "unevaluatedProperties",
  "items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains",
  "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
];

function isRestricted(keywords: Keywords): boolean {
  return TYPED_KEYWORDS.some((keyword) => keywords.has(keyword));
}

/** `{"not": {}}`, the older way to say `false`. */
function isNotAnything(schema: JsonValue): boolean {
  return isObject(schema) && Object.keys(schema).length === 1 && (schema.not === true || (isObject(schema.not) && Object.keys(schema.not).length === 0));
}

/** Everything but objects without these keys. */
function needing(names: readonly string[]): Node {
  const slots = names.map((name) => ({ name, node: ANY, required: true }));
  return { parts: ANY.node.parts.map((part) => (part.type === "object" ? { ...ANY_OBJECT, slots } : part)), about: NO_ABOUT };
}

/** Regular expressions that together say which texts are in the node; null where they cannot. */
function patternsOf({ parts }: Node): readonly string[] | null {
  const texts = parts.flatMap((part) => (part.type === "literal" ? part.values.filter((value) => typeof value === "string") : []));
  const languages = parts.filter((part) => part.type === "text");
  const [language, other] = languages;
  if (language === undefined) return [`^(?:${texts.map(escaped).join("|")})$`];
  if (other !== undefined || texts.length > 0 || language.without.length > 0 || language.formats.length > 0) return null;
  const most = language.maxLength === Number.POSITIVE_INFINITY ? "" : String(language.maxLength);
  return [...language.patterns, `^[^]{${language.minLength},${most}}$`];
}

/** More nodes than this are too many to keep. */
const MOST_NODES = 50_000;

function makeAll(root: Lazy, meet: Meet): void {
  const seen = new Set([root]);
  for (const lazy of seen) {
    const { parts, about } = lazy.node;
    if (seen.size > MOST_NODES) refuseSchema("$ref", about.place, "schema-refused/size", "The schema comes to too many alternatives.", "Make it smaller.");
    for (const part of parts) for (const inner of within(part, about.place, meet)) seen.add(inner);
  }
}

function itemsWithin(part: ArrayPart, place: string): readonly Lazy[] {
  if (part.unique && part.first.length > 0 && !canDiffer(part)) {
    refuseSchema("uniqueItems", place, "schema-refused/unique-items", "“uniqueItems” cannot be enforced where the first items have so few values of their own.", "Take it out, or ask for fewer items.");
  }
  return [...part.first, part.rest];
}

function within(part: Part, place: string, meet: Meet): readonly Lazy[] {
  if (part.type === "array") return itemsWithin(part, place);
  if (part.type !== "object") return [];
  try {
    return [...part.slots.map(({ node }) => node), ...otherNames(part, meet).values];
  } catch (thrown) {
    if (!(thrown instanceof TooLargeError)) throw thrown;
    return refuseSchema("patternProperties", place, "schema-refused/key-patterns", "The patterns of the keys together need too many states.", "Make the patterns simpler.");
  }
}
