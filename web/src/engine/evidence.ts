/** From a written value back to its place: the first one in the document that is still free. */

import type { LivePlaces, PlaceIndex } from "./constraint/places.js";
import { without, type Place } from "./constraint/rules.js";
import { InternalError } from "../shared/errors.js";

/**
 * @param bytes the value as escaped bytes
 * @throws InternalError where the value stands nowhere: the mask let something through that it should not.
 */
export function findPlace(index: PlaceIndex, bytes: Uint8Array): Place {
  let live: LivePlaces = { from: 0, to: index.size, depth: 0 };
  for (const byte of bytes) live = index.narrow(live, byte);
  const start = index.first(live, (at, position) => index.mayEnd(at, position));
  if (start === null) throw new InternalError("ungrounded", "A value was written that does not stand in the document.");
  return { start, end: start + bytes.length };
}

/** The places of a list's items, one after the other: none takes a place that an earlier one has. */
export function takeItems(index: PlaceIndex, items: readonly Uint8Array[]): Place[] {
  const taken: Place[] = [];
  for (const bytes of items) taken.push(findPlace(index.under(without(index.rule, taken)), bytes));
  return taken;
}
