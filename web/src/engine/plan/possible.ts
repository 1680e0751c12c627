/** Is there any value in a node at all? */

import { JsonNumber } from "../constraint/number.js";
import { languageOf } from "./language.js";
import type { Lazy, Node, Part } from "./nodes.js";

/**
 * False only where it is certain that no value belongs to the node.
 *
 * @param depth how many objects and lists deep to look; below that values are taken for granted
 */
export function possible(node: Node, depth: number): boolean {
  return node.parts.some((part) => partPossible(part, (lazy) => depth === 0 || possible(lazy.node, depth - 1)));
}

/** @param below whether there is any value in what an object or a list must hold */
export function partPossible(part: Part, below: (lazy: Lazy) => boolean): boolean {
  switch (part.type) {
    case "literal":
      return part.values.length > 0;
    case "number": {
      const machine = new JsonNumber(part);
      return machine.viable(machine.initial());
    }
    case "text":
      return languageOf(part).possible;
    case "array": {
      const places = Math.min(part.minItems, part.first.length + 1);
      return part.minItems <= part.maxItems && Array.from({ length: places }, (_, i) => part.first[i] ?? part.rest).every(below);
    }
    case "object": {
      const needed = part.slots.filter(({ required }) => required);
      return needed.length <= part.maxProperties && needed.every(({ node }) => below(node));
    }
  }
}
