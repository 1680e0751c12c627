/** How many different values a node has, for lists that may not repeat any. */

import { JsonNumber } from "../constraint/number.js";
import { languageOf } from "./language.js";
import { NEVER, type ArrayPart, type Node, type ObjectPart, type Part } from "./nodes.js";

/** So deep objects and lists are counted; below that they count as endless. */
const COUNTED_DEPTH = 6;

/** The number of values, or `enough` where there are at least so many. */
export function sizeOf(node: Node, enough: number, depth = COUNTED_DEPTH): number {
  const sizes = node.parts.map((part) => partSize(part, enough, depth));
  return Math.min(enough, sizes.reduce((sum, size) => sum + size, 0));
}

/**
 * Can a list without repeats always be made as long as it must be, whatever its first items are? Certain
 * either way where all items are alike; where the first ones are not, “no” may mean “only with care”.
 */
export function canDiffer({ first, rest, minItems }: ArrayPart): boolean {
  if (minItems > first.length && sizeOf(rest.node, minItems) < minItems) return false;
  return first.slice(0, minItems).every(({ node }, before) => sizeOf(node, before + 1) > before);
}

function partSize(part: Part, enough: number, depth: number): number {
  switch (part.type) {
    case "literal":
      return part.values.length;
    case "number":
      return new JsonNumber(part).size;
    case "text":
      return languageOf(part).count(enough);
    case "array":
      return depth === 0 ? enough : arraySize(part, enough, depth - 1);
    case "object":
      return depth === 0 ? enough : objectSize(part, enough, depth - 1);
  }
}

/** All lists, shorter ones first: with each item there are as many times more as it has values left. */
function arraySize({ first, rest, minItems, maxItems, unique }: ArrayPart, enough: number, depth: number): number {
  let found = 0;
  let lists = 1;
  for (let length = 0; length <= maxItems && lists > 0 && found < enough; length++) {
    if (length >= minItems) found += lists;
    const item = sizeOf((first[length] ?? rest).node, enough + length, depth);
    lists = Math.min(enough, lists * Math.max(0, unique ? item - length : item));
  }
  return Math.min(enough, found);
}

/** All objects of a closed set of keys, by how many of them there are. */
function objectSize({ slots, extras, minProperties, maxProperties }: ObjectPart, enough: number, depth: number): number {
  if (!extras.some(({ patterns, rest }) => patterns.length === 0 && rest === NEVER)) return enough;
  let ways = [1];
  for (const { node, required } of slots) {
    const values = sizeOf(node.node, enough, depth);
    const more = [0, ...ways.map((way) => Math.min(enough, way * values))];
    ways = more.map((withIt, count) => Math.min(enough, withIt + (required ? 0 : ways[count] ?? 0)));
  }
  const allowed = ways.filter((_, count) => count >= minProperties && count <= maxProperties);
  return Math.min(enough, allowed.reduce((sum, way) => sum + way, 0));
}
