/**
 * What to ask a document for, as a tree in the shape of the output: objects and rows of objects, at their
 * ends questions. Compiled from a schema's node; what cannot be filled from a document is refused.
 */

import type { Absence, FieldKind, PlainKind, StringKind } from "./kinds.js";
import { patternOf } from "../constraint/formats.js";
import { ANY_TEXT, isAny, NEVER, type About, type ArrayPart, type Lazy, type LiteralPart, type Node, type NumberPart, type ObjectPart, type Part, type Slot, type TextPart } from "./nodes.js";
import { refuseSchema, type Refusal } from "./refusal.js";
import type { JsonValue } from "../../shared/schema.js";

/** One question: a single value, or a list of them. */
export interface LeafNode {
  readonly at: "leaf";
  /** The keys from the top, as words: `customer name`. */
  readonly name: string;
  readonly description: string;
  readonly kind: FieldKind;
  readonly absence: Absence;
}

/** What the schema leaves no choice about. */
export interface FixedNode {
  readonly at: "fixed";
  readonly value: JsonValue;
}

export interface Member {
  readonly key: string;
  readonly node: PlanNode;
}

export interface ObjectNode {
  readonly at: "object";
  readonly members: readonly Member[];
  readonly absence: Absence;
}

/** A list of objects: first its rows are asked for, one piece of the text each, then the columns of each row. */
export interface RowsNode {
  readonly at: "rows";
  readonly name: string;
  readonly description: string;
  readonly item: PlanNode;
  readonly minItems: number;
  readonly maxItems: number;
  readonly uniqueItems: boolean;
  readonly absence: Absence;
}

/** One of several: all are asked for, and the one with the most found stays. */
export interface UnionNode {
  readonly at: "union";
  readonly options: readonly PlanNode[];
  readonly absence: Absence;
}

export type PlanNode = LeafNode | FixedNode | ObjectNode | RowsNode | UnionNode;

/** A list longer than this is cut by rule, not by chance: the schema may ask for less. */
export const MAX_ITEMS = 200;
/** So many times a schema is followed into itself; deeper, what may be left out is. */
const MOST_TURNS = 3;
/** More questions than this (those of one row count once) are no form to fill but a mistake. */
const MOST_QUESTIONS = 2000;

/** Where a node stands: how it is called, and what it lies in. */
interface Spot {
  readonly name: string;
  readonly absence: Absence;
  /** The nodes around it, for schemas that refer to themselves. */
  readonly around: readonly Node[];
  /** It is no part of one of several alternatives. */
  readonly alone: boolean;
  /** Counts the questions of the whole tree. */
  readonly asked: { count: number };
}

/** @throws SchemaRefused for a schema with nothing to look for, or with what no document can fill */
export function treeOf(root: Node): PlanNode {
  const objects = root.parts.filter((part) => part.type === "object");
  const { place } = root.about;
  if (objects.length === 0) {
    return refuseSchema("type", `${place}/type`, "schema-refused/top-type", "The schema must have type “object” at the top.", "Set “type” to “object”.");
  }
  if (objects.every(({ slots }) => slots.length === 0)) {
    return refuseSchema("properties", `${place}/properties`, "schema-refused/no-properties", "The schema has no properties, so there is nothing to look for.", "Add at least one field.");
  }
  const spot: Spot = { name: "", absence: "never", around: [], alone: true, asked: { count: 0 } };
  const tree = optionsOf({ parts: objects, about: root.about }, spot);
  return tree ?? refuseSchema("$ref", place, "schema-refused/endless", "The schema refers to itself without an end.", "Let the inner object be left out.");
}

/** Null where the schema has been followed into itself often enough. */
function nodeOf(node: Node, spot: Spot): PlanNode | null {
  if (spot.around.filter((one) => one === node).length >= MOST_TURNS) return null;
  return optionsOf(node, { ...spot, around: [...spot.around, node] });
}

function optionsOf(node: Node, spot: Spot): PlanNode | null {
  const parts = isAny(node) ? [ANY_TEXT] : node.parts.flatMap(withoutNull);
  if (parts.length === 0) return onlyNull(node);
  const [only, other] = parts;
  if (only !== undefined && other === undefined) return partNode(only, node, spot);
  const singles = parts.filter(isSingle);
  if (singles.length === parts.length && !node.about.free) {
    return leaf({ type: "union", members: singles.map((part) => leafKind(part, node)) }, node, spot);
  }
  const options = parts.flatMap((part) => partNode(part, node, { ...spot, absence: "never", alone: false }, true) ?? []);
  const [first, second] = options;
  if (first === undefined) return null;
  return second === undefined ? { ...first, absence: spot.absence } as PlanNode : { at: "union", options, absence: spot.absence };
}

function isSingle(part: Part): part is LiteralPart | NumberPart | TextPart {
  return part.type !== "object" && part.type !== "array";
}

function withoutNull(part: Part): readonly Part[] {
  if (part.type !== "literal") return [part];
  const values = part.values.filter((value) => value !== null);
  return values.length === 0 ? [] : [{ type: "literal", values }];
}

function onlyNull(node: Node): FixedNode {
  if (node.parts.length > 0) return { at: "fixed", value: null };
  return refuseSchema("enum", node.about.place, "schema-refused/no-value", "No value fits this field: its choices exclude each other.", "Check “enum”, “const” and “type”.");
}

function partNode(part: Part, node: Node, spot: Spot, oneOfSeveral = false): PlanNode | null {
  switch (part.type) {
    case "object":
      return objectNode(part, node, spot);
    case "array":
      return arrayNode(part, node, spot);
    case "literal":
    case "number":
    case "text":
      return (oneOfSeveral ? null : fixed(part, spot)) ?? leaf(leafKind(part, node), node, spot);
  }
}

function fixed(part: Part, { absence }: Spot): FixedNode | null {
  const [only, other] = part.type === "literal" ? part.values : [];
  return only !== undefined && other === undefined && absence === "never" ? { at: "fixed", value: only } : null;
}

function leaf(kind: FieldKind, { about }: Node, { name, absence, asked }: Spot): LeafNode {
  asked.count += 1;
  if (asked.count > MOST_QUESTIONS) {
    refuseSchema("properties", about.place, ["schema-refused/values", { most: MOST_QUESTIONS }], `The schema asks for more than ${String(MOST_QUESTIONS)} values.`, "Keep only what the documents hold.");
  }
  return { at: "leaf", name, description: about.description ?? about.title ?? "", kind, absence };
}

function leafKind(part: LiteralPart | NumberPart | TextPart, { about }: Node): PlainKind {
  switch (part.type) {
    case "literal":
      return { type: "choice", values: plainValues(part, about.place) };
    case "number":
      return numberKind(part, about.place);
    case "text":
      return textKind(part, about.place, about.free);
  }
}

function plainValues({ values }: LiteralPart, place: string): readonly JsonValue[] {
  if (values.every((value) => typeof value !== "object")) return values;
  return refuseSchema("enum", `${place}/enum`, "schema-refused/choice-of-objects", "A choice among objects or lists cannot be filled from a document.", "Use texts, numbers or yes/no as the choices.");
}

function numberKind({ multiples, ...rest }: NumberPart, place: string): PlainKind {
  const [multipleOf = null, other] = multiples;
  if (other === undefined) return { ...rest, multipleOf };
  return refuseSchema("multipleOf", place, "schema-refused/several-multiples", "A number cannot be held to several “multipleOf” at once.", "Write their least common multiple.");
}

function textKind(part: TextPart, place: string, free: boolean): PlainKind {
  if (part.maxLength < 1) {
    return refuseSchema("maxLength", `${place}/maxLength`, ["schema-refused/max-length", { most: part.maxLength }], `No text can be as short as ${String(part.maxLength)} here.`, "Raise “maxLength”.");
  }
  const [format = null, ...more] = part.formats;
  const patterns = [...part.patterns, ...more.map(patternOf), ...part.without.map((source) => `^(?![^]*(?:${source}))`)];
  const kind: StringKind = { type: "string", minLength: part.minLength, maxLength: part.maxLength, patterns, format, free };
  const plainDate = format === "date" && patterns.length === 0 && part.minLength === 0 && part.maxLength === Number.POSITIVE_INFINITY && !free;
  return plainDate ? { type: "date" } : kind;
}

function objectNode(part: ObjectPart, node: Node, { name, absence, ...rest }: Spot): PlanNode | null {
  const { place } = node.about;
  if (part.slots.length === 0) {
    const refuse = (): never =>
      refuseSchema("properties", `${place}/properties`, "schema-refused/no-keys", "The object names no keys, so there is nothing to look for.", "Name the keys under “properties”, or take the object out.");
    return unfilled(absence, part.minProperties === 0 ? {} : null, refuse);
  }
  const members: Member[] = [];
  for (const slot of part.slots) {
    const member = memberNode(slot, name, rest);
    if (member !== null) members.push({ key: slot.name, node: member });
    else if (slot.required) return null;
  }
  return { at: "object", members, absence };
}

/** Null for a key that is not to be there, or cannot. */
function memberNode({ name: key, node, required }: Slot, name: string, rest: Omit<Spot, "name" | "absence">): PlanNode | null {
  const inner = node.node;
  if (inner.parts.length === 0 && (node === NEVER || !rest.alone)) return null;
  const nullable = !isAny(inner) && inner.parts.some((part) => part.type === "literal" && part.values.includes(null));
  const absence = nullable ? "null" : required ? "never" : "omit";
  return nodeOf(inner, { ...rest, name: `${name} ${key}`.trim(), absence }) ?? (nullable ? { at: "fixed", value: null } : null);
}

function arrayNode(part: ArrayPart, node: Node, spot: Spot): PlanNode | null {
  const { place } = node.about;
  const { minItems, unique: uniqueItems } = part;
  if (part.first.length > 0) {
    const refuse = (): never =>
      refuseSchema("prefixItems", `${place}/prefixItems`, "schema-refused/prefix-items", "A list whose items each have a meaning of their own cannot be filled.", "Use an object with a key for each.");
    return unfilled(spot.absence, minItems === 0 ? [] : null, refuse);
  }
  const maxItems = Math.min(part.maxItems, MAX_ITEMS);
  if (maxItems === 0) return unfilled(spot.absence, [], () => noItems(part, place));
  if (maxItems < minItems) return noItems(part, place);
  const bounds = { minItems, maxItems, uniqueItems };
  const item = itemOf(part.rest, spot);
  if (item === null) {
    const refuse = (): never =>
      refuseSchema("items", `${place}/items`, "schema-refused/items", "A list of such items cannot be filled from a document.", "Use a list of single values, or of objects that name their keys.");
    return unfilled(spot.absence, minItems === 0 ? [] : null, refuse);
  }
  if (item.at === "leaf" && item.kind.type !== "list") return leaf({ type: "list", item: item.kind, ...bounds }, node, spot);
  return { at: "rows", name: spot.name, description: rowsDescription(node.about, item), item, ...bounds, absence: spot.absence };
}

function noItems({ minItems, maxItems }: ArrayPart, place: string): never {
  const most = Math.min(maxItems, MAX_ITEMS);
  const refusal: Refusal = ["schema-refused/min-items", { least: minItems, most, limit: MAX_ITEMS }];
  return refuseSchema("minItems", `${place}/minItems`, refusal, `A list of at least ${String(minItems)} and at most ${String(most)} items cannot be filled.`, `Ask for at most ${String(MAX_ITEMS)} items.`);
}

/** What tells a row from other parts of the text is what it holds. */
function rowsDescription({ description, title }: About, item: PlanNode): string {
  const columns = item.at === "object" ? item.members.filter(({ node }) => node.at !== "fixed").map(({ key }) => key) : [];
  const told = description ?? title ?? "";
  return [told, ...(columns.length > 0 ? [`each with ${columns.join(", ")}`] : [])].filter((part) => part !== "").join("; ");
}

/** What no document can fill is left out or empty where the schema lets it be. */
function unfilled(absence: Absence, empty: JsonValue, refuse: () => never): FixedNode | null {
  if (absence === "omit") return null;
  if (absence === "null") return { at: "fixed", value: null };
  return empty === null ? refuse() : { at: "fixed", value: empty };
}

/** Null for items that cannot be told apart in a document: lists, objects without keys. */
function itemOf(rest: Lazy, spot: Spot): PlanNode | null {
  const inner = rest.node;
  const item = nodeOf(inner, { ...spot, absence: "never" });
  if (item?.at === "fixed") {
    if (typeof item.value === "object") return null;
    return leaf({ type: "choice", values: [item.value] }, inner, { ...spot, absence: "never" });
  }
  if (item?.at === "union") return sameShape(item);
  return item?.at === "rows" || (item?.at === "leaf" && item.kind.type === "list") ? null : item;
}

/** Items of several kinds: rows where there are objects among them, else the first kind. */
function sameShape(item: UnionNode): PlanNode | null {
  const objects = item.options.filter(({ at }) => at === "object");
  const [first, second] = objects.length > 0 ? objects : item.options.filter((option) => option.at === "leaf" && option.kind.type !== "list").slice(0, 1);
  if (first === undefined) return null;
  return second === undefined ? first : { ...item, options: objects };
}
