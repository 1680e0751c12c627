/** Lists with a least number of items: no item may take the room that the items after it need. */

import type { Span } from "../../shared/document.js";
import type { PlaceIndex } from "./places.js";
import { except, type Place } from "./rules.js";

interface Short extends Span {
  readonly key: string | null;
}

/** What tells values apart where none may come twice; null for all where they may. */
export type KeyOf = (place: Place) => string | null;

/** The index without the values beside which no `needed` others find a place of their own. */
export function leavingRoom(index: PlaceIndex, needed: number, keyOf: KeyOf): PlaceIndex {
  if (needed <= 0) return index;
  const all = shortest(index, keyOf);
  const apart = separate(all, null);
  const leaves = (start: number, end: number): boolean => {
    const taken: Short = { ...index.source.span(start, end), key: keyOf({ start, end }) };
    const beside = apart.filter((one) => !clash(one, taken)).length;
    return beside >= needed || separate(all, taken).length >= needed;
  };
  return index.under(except(index.rule, (start, end) => !leaves(start, end)));
}

/** From each beginning the shortest value, those that end first coming first. */
function shortest(index: PlaceIndex, keyOf: KeyOf): readonly Short[] {
  const found: Short[] = [];
  for (const start of index.starts()) {
    const end = index.nextEnd(start, start + 1);
    if (end > start) found.push({ ...index.source.span(start, end), key: keyOf({ start, end }) });
  }
  return found.sort((a, b) => a.end - b.end || b.start - a.start);
}

/** As many as possible of these that share no place (earliest end first, which is the most there can be) and no key. */
function separate(all: readonly Short[], taken: Short | null): readonly Short[] {
  const chosen: Short[] = [];
  const keys = new Set<string>();
  let end = 0;
  for (const one of all) {
    if (one.start < end || (one.key !== null && keys.has(one.key)) || (taken !== null && clash(one, taken))) continue;
    chosen.push(one);
    end = one.end;
    if (one.key !== null) keys.add(one.key);
  }
  return chosen;
}

function clash(a: Short, b: Short): boolean {
  return (a.start < b.end && b.start < a.end) || (a.key !== null && a.key === b.key);
}
