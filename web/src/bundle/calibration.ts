/** The calibration in a manifest, read as strictly as the rest of it. */

import type { CalibratedKind, Calibration, ConfidenceMap } from "../shared/manifest.js";
import type { Place } from "./place.js";

const KINDS = ["string", "number", "date", "choice", "list"] as const satisfies readonly CalibratedKind[];
const MAX_COUNT = 2 ** 31 - 1;
/** Above 1 a threshold means never, and no fitted map comes near this. */
const HIGHEST_THRESHOLD = 2;
const STEEPEST = 100;

export function readCalibration(place: Place): Calibration {
  const at = place.fields("null_threshold", "confidence", "fitted");
  return {
    null_threshold: byKind(at.null_threshold, (threshold) => threshold.within(0, HIGHEST_THRESHOLD)),
    confidence: byKind(at.confidence, (maps) => {
      const { filled, absent } = maps.fields("filled", "absent");
      return { filled: readMap(filled), absent: readMap(absent) };
    }),
    fitted: readFitted(at.fitted),
  };
}

function byKind<T>(place: Place, read: (place: Place) => T): Record<CalibratedKind, T> {
  const at = place.fields(...KINDS);
  return { string: read(at.string), number: read(at.number), date: read(at.date), choice: read(at.choice), list: read(at.list) };
}

/** A falling map would call the surer answer the less sure one. */
function readMap(place: Place): ConfidenceMap {
  const { slope, offset } = place.fields("slope", "offset");
  return { slope: slope.within(0, STEEPEST), offset: offset.within(-STEEPEST, STEEPEST) };
}

function readFitted(place: Place): Calibration["fitted"] {
  const at = place.fields("date", "data_sha256", "weights", "records", "fields");
  return {
    date: at.date.matching(/^\d{4}-\d{2}-\d{2}$/, "a date (YYYY-MM-DD)"),
    data_sha256: at.data_sha256.matching(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal"),
    weights: at.weights.matching(/^[0-9a-f]{16}$/, "16 hexadecimal digits"),
    records: at.records.integer(1, MAX_COUNT),
    fields: at.fields.integer(1, MAX_COUNT),
  };
}
