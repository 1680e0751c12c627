/** The scores in a manifest, read as strictly as the rest of it. */

import type { Scores } from "../shared/manifest.js";
import type { Place } from "./place.js";

const MAX_COUNT = 2 ** 31 - 1;
const MOST_SETS = 100;

export function readScores(place: Place): Scores {
  const at = place.fields("date", "weights", "variant", "f1", "false_fill", "sets");
  const sets = at.sets.entries();
  if (sets.length < 1 || sets.length > MOST_SETS) at.sets.refuse(`names ${String(sets.length)} sets; 1 to ${String(MOST_SETS)} are allowed`);
  return {
    date: at.date.matching(/^\d{4}-\d{2}-\d{2}$/, "a date (YYYY-MM-DD)"),
    weights: at.weights.matching(/^[0-9a-f]{16}$/, "16 hexadecimal digits"),
    variant: at.variant.matching(/^[^]{1,100}$/, "1 to 100 characters"),
    f1: at.f1.within(0, 1),
    false_fill: at.false_fill.within(0, 1),
    sets: Object.fromEntries(sets.map(([name, set]) => [name, readSet(set)])),
  };
}

function readSet(place: Place): Scores["sets"][string] {
  const at = place.fields("records", "f1");
  return { records: at.records.integer(1, MAX_COUNT), f1: at.f1.within(0, 1) };
}
