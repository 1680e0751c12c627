/** What code finds in a document before the model is asked; each kind once, however many fields ask for it. */

import { Words } from "./constraint/words.js";
import { findDates, type DatePlace } from "./normalize/date.js";
import { findNumbers, type NumberPlace } from "./normalize/number.js";
import type { SourceText } from "./source.js";

export class Findings {
  readonly words: Words;
  readonly numbers: () => readonly NumberPlace[];
  readonly dates: () => readonly DatePlace[];

  constructor(readonly source: SourceText) {
    this.words = new Words(source);
    this.numbers = once(() => findNumbers(source.text));
    this.dates = once(() => findDates(source.text));
  }
}

function once<T extends object>(find: () => T): () => T {
  let found: T | null = null;
  return () => (found ??= find());
}
