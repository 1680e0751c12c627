/**
 * How probable each item of a list is. Pure.
 *
 * An item is as probable as all choices made from the end of the item before it to its own end: that the list
 * goes on, and every word. A token that ends an item and goes on at once (`","`) counts with the item it ends.
 */

import type { Chosen } from "./decode.js";

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPENING = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING = 0x5d;

/**
 * The probability of each item, 0 to 1, in the order of writing; nothing for what is not a list.
 *
 * @param text an answer as it was written: white space around ` ["one","two"]`, ` []`, ` null`
 */
export function itemProbabilities(text: string, choices: readonly Chosen[]): readonly number[] {
  const ends = itemEnds(new TextEncoder().encode(text));
  const items = ends.map(() => 1);
  for (const { at, probability } of choices) {
    const item = ends.findIndex((end) => at < end);
    if (item >= 0) items[item] = (items[item] ?? 1) * probability;
  }
  return items;
}

/** Where each item of an array of single values ends, in bytes: at a comma or a bracket outside of quotes. */
function itemEnds(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  let quoted = false;
  let empty = true;
  for (let at = bytes.indexOf(OPENING) + 1; at > 0 && at < bytes.length; at++) {
    const byte = bytes[at];
    const ending = !quoted && (byte === COMMA || byte === CLOSING);
    if (ending && !empty) ends.push(at);
    if (quoted && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) quoted = !quoted;
    empty = ending;
  }
  return ends;
}
