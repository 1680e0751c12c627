/** From a written value back to its place: the first one in the document. */

import type { LivePlaces, PlaceIndex } from "./constraint/places.js";
import type { Place } from "./constraint/rules.js";

/**
 * @param bytes the value as escaped bytes
 * @returns null where the index has no such value
 */
export function findPlace(index: PlaceIndex, bytes: Uint8Array): Place | null {
  let live: LivePlaces = { from: 0, to: index.size, depth: 0 };
  for (const byte of bytes) live = index.narrow(live, byte);
  const start = index.first(live, (at, position) => index.mayEnd(at, position));
  return start === null ? null : { start, end: start + bytes.length };
}
