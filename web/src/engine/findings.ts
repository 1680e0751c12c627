/** What code finds in a document before the model is asked; each kind once, however many fields ask for it. */

import { Words } from "./constraint/words.js";
import type { Candidate } from "./forms/grounded.js";
import { findDates, writesMonthsFirst, type DatePlace } from "../normalize/date.js";
import { findFormat, hasFormat, isPlainFormat, type PlainFormat } from "./plain-formats.js";
import { findNumbers, writesDecimalCommas, type NumberPlace } from "../normalize/number.js";
import { findMoments, findTimes } from "../normalize/time.js";
import type { SourceText } from "./source.js";

/** Formats whose values code makes of what it finds. */
export type FoundFormat = "date" | "time" | "date-time" | PlainFormat;

type TextCandidate = Candidate & { readonly value: string };

/** How a document writes what can be read in two ways. A part of it is read as all of it is. */
export interface Habits {
  readonly decimalCommas: boolean;
  readonly monthsFirst: boolean;
}

export function habitsOf(document: string): Habits {
  return { decimalCommas: writesDecimalCommas(document), monthsFirst: writesMonthsFirst(document) };
}

export class Findings {
  readonly words: Words;
  readonly numbers: () => readonly NumberPlace[];
  private readonly dates: () => readonly DatePlace[];
  private readonly formats = new Map<FoundFormat, readonly TextCandidate[]>();

  /** @param habits those of the document, where the source is a part of it */
  constructor(readonly source: SourceText, habits?: Habits) {
    this.words = new Words(source);
    this.numbers = once(() => findNumbers(source.text, habits?.decimalCommas));
    this.dates = once(() => findDates(source.text, habits?.monthsFirst));
  }

  /** Every place of the text that has the format or says what can be written in it. */
  formatted(format: FoundFormat): readonly TextCandidate[] {
    let found = this.formats.get(format);
    if (found === undefined) {
      found = this.find(format).filter(({ value }) => hasFormat(value, format));
      this.formats.set(format, found);
    }
    return found;
  }

  private find(format: FoundFormat): readonly TextCandidate[] {
    const { text } = this.source;
    if (isPlainFormat(format)) return findFormat(text, format).map((span) => ({ span, value: text.slice(span.start, span.end), rule: format }));
    return this.places(format).map((place) => ({ ...place, rule: format }));
  }

  private places(format: "date" | "time" | "date-time"): readonly DatePlace[] {
    switch (format) {
      case "date":
        return this.dates();
      case "time":
        return findTimes(this.source.text);
      case "date-time":
        return findMoments(this.source.text, this.dates());
    }
  }
}

function once<T extends object>(find: () => T): () => T {
  let found: T | null = null;
  return () => (found ??= find());
}
