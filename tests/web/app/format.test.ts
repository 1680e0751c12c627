import { describe, expect, it } from "vitest";
import { confidenceWord, formatBytes, formatDuration } from "../../../web/src/app/format.js";

describe("formatBytes", () => {
  it.each([[0, "0 B"], [999, "999 B"], [1000, "1.0 kB"], [9_940, "9.9 kB"], [142_300_000, "142 MB"], [999_600_000, "1.0 GB"], [5e12, "5,000 GB"]])(
    "%i is %s", (bytes, text) => { expect(formatBytes(bytes)).toBe(text); },
  );
});

describe("formatDuration", () => {
  it.each([[0.2, "1 s"], [12.4, "12 s"], [89, "89 s"], [91, "2 min"], [3600, "60 min"], [7200, "2 h"]])(
    "%d s is %s", (seconds, text) => { expect(formatDuration(seconds)).toBe(text); },
  );
});

describe("confidenceWord", () => {
  it.each([[1, "sure"], [0.9, "sure"], [0.89, "likely"], [0.6, "likely"], [0.59, "unsure"], [0, "unsure"]])(
    "%d is %s", (confidence, word) => { expect(confidenceWord(confidence)).toBe(word); },
  );
});
