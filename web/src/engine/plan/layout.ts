/** A value as the text that its machine reads: no white space, declared keys in the schema's order, then the others. */

import { equal, rulesFor } from "./admits.js";
import { isList, isObject } from "./keywords.js";
import type { ArrayPart, Node, ObjectPart } from "./nodes.js";
import type { Meet } from "./names.js";
import { decimal } from "../constraint/number.js";
import type { JsonValue } from "../../shared/schema.js";

/** Alternatives of a node may order keys differently; so many ways to write a value are tried. */
const MOST_LAYOUTS = 64;

/** Every text that the value may be written as: one, unless the node's alternatives order the same keys differently. */
export function layoutsOf(node: Node, value: JsonValue, meet: Meet): readonly string[] {
  const layouts = node.parts.flatMap((part) => {
    if (part.type === "array" && isList(value)) return arrayLayouts(part, value, meet);
    if (part.type === "object" && isObject(value)) return objectLayouts(part, value, meet);
    return part.type === "literal" ? part.values.filter((one) => equal(one, value)).map(plain) : [];
  });
  return [...new Set([...layouts, plain(value)])].slice(0, MOST_LAYOUTS);
}

/** A value with its keys as they stand: one that the schema names itself, or says nothing about. */
export function plain(value: JsonValue): string {
  if (isList(value)) return `[${value.map(plain).join(",")}]`;
  if (isObject(value)) return `{${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${plain(inner)}`).join(",")}}`;
  return typeof value === "number" ? decimal(value) : JSON.stringify(value);
}

function arrayLayouts(part: ArrayPart, items: readonly JsonValue[], meet: Meet): readonly string[] {
  const written = items.map((item, i) => layoutsOf((part.first[i] ?? part.rest).node, item, meet));
  return everyChoice(written).map((texts) => `[${texts.join(",")}]`);
}

function objectLayouts(part: ObjectPart, value: { readonly [key: string]: JsonValue }, meet: Meet): readonly string[] {
  const declared = part.slots.map(({ name }) => name).filter((name) => Object.hasOwn(value, name));
  const others = Object.keys(value).filter((name) => !declared.includes(name));
  const written = [...declared, ...others].map((name) => {
    const inner = layoutsOf(meet(rulesFor(part, name)).node, value[name] ?? null, meet);
    return inner.map((text) => `${JSON.stringify(name)}:${text}`);
  });
  return everyChoice(written).map((texts) => `{${texts.join(",")}}`);
}

/** One of each, in every combination, up to the limit. */
function everyChoice(options: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return options.reduce<readonly (readonly string[])[]>(
    (chosen, next) => chosen.flatMap((texts) => next.map((text) => [...texts, text])).slice(0, MOST_LAYOUTS),
    [[]],
  );
}
