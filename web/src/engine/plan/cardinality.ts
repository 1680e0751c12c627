/** How many different values a node has, for lists that may not repeat any. */

import { JsonNumber } from "../constraint/number.js";
import { languageOf } from "./language.js";
import type { ArrayPart, Node, Part } from "./nodes.js";

/** The number of values, or `enough` where there are at least so many. Objects and lists count as endless. */
export function sizeOf(node: Node, enough: number): number {
  const sizes = node.parts.map((part) => partSize(part, enough));
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

function partSize(part: Part, enough: number): number {
  switch (part.type) {
    case "literal":
      return part.values.length;
    case "number":
      return new JsonNumber(part).size;
    case "text":
      return languageOf(part).count(enough);
    case "array":
    case "object":
      return enough;
  }
}
