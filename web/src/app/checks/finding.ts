/** What a check says: of which fields, whether they agree, and by which figures. */

export type Finding = SumFinding | DatesFinding | NumberFinding;

interface Said {
  readonly ok: boolean;
  /** JSON pointers of the values that it is about; where they disagree, first those that are likely wrong. */
  readonly fields: readonly string[];
}

/**
 * - `lines`: the amounts of the lines against the total.
 * - `total`: net amount, tax and extras against the total.
 * - `line`: quantity times unit price against the line's amount.
 */
export interface SumFinding extends Said {
  readonly rule: "lines" | "total" | "line";
  readonly computed: number;
  readonly stated: number;
}

/** Two days of which one cannot come before the other. */
export interface DatesFinding extends Said {
  readonly rule: "dates";
  readonly names: readonly [first: string, last: string];
}

/** A number that carries its own check. */
export interface NumberFinding extends Said {
  readonly rule: "iban" | "bic" | "vat";
  /** What is wrong with it; null where nothing is. */
  readonly fault: "country" | "length" | "form" | "digits" | null;
}
