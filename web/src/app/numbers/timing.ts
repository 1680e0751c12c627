/** How long files take to be read, and how it ends. */

import { asExcerptError } from "../../shared/errors.js";
import type { ReadingMeasure } from "../../shared/measure.js";

type Told = Pick<ReadingMeasure, "ms" | "error">;

/** What says nothing of the reader: somebody stopped it, or the file waits for its password. */
const NO_OUTCOME: ReadonlySet<string> = new Set(["cancelled", "password-needed", "wrong-password"]);

/** The same work, with its time told when it ends. */
export function timed<Given extends unknown[], T>(
  work: (...given: Given) => Promise<T>, tell: (told: Told) => void, clock: () => number = () => performance.now(),
): (...given: Given) => Promise<T> {
  return async (...given) => {
    const began = clock();
    try {
      const result = await work(...given);
      tell({ ms: clock() - began, error: null });
      return result;
    } catch (thrown) {
      const { code } = asExcerptError(thrown);
      if (!NO_OUTCOME.has(code)) tell({ ms: clock() - began, error: code });
      throw thrown;
    }
  };
}
