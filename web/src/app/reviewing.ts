/** How a result on the page, the document beside it and a person's word on it hang together. */

import { computed, effect } from "@preact/signals";
import { type ResultRecord, reviewedOutput } from "../shared/record.js";
import type { Keeping } from "./keeping.js";
import type { Result } from "./review/entries.js";
import type { DocumentState } from "./state/document-state.js";
import { DocumentView } from "./state/review/document-view.js";
import { LinkState } from "./state/review/link-state.js";
import { ReviewState } from "./state/review/review-state.js";
import { SelectionState } from "./state/review/selection-state.js";

export interface Reviewing {
  readonly link: LinkState;
  readonly review: ReviewState;
  readonly selection: SelectionState;
  readonly view: DocumentView;
}

export function createReviewing({ run, records }: Pick<Keeping, "run" | "records">, source: DocumentState): Reviewing {
  const link = new LinkState();
  const result = computed<Result | null>(() => {
    const [schema, fields] = [run.schema.value, run.fields.value];
    return schema === null ? null : { schema, fields, reviews: records.current.value?.reviews ?? {}, active: run.active };
  });
  const review = new ReviewState({
    result, link,
    record: records.current,
    text: source.text,
    write: (field, word) => { records.review(field, word); },
    now: () => Date.now(),
  });
  return { link, review, selection: new SelectionState(source.text), view: new DocumentView() };
}

/** Keeps the checks up with the values. */
export function startReviewing({ review, records }: Pick<Reviewing, "review"> & Pick<Keeping, "records">): void {
  effect(() => {
    const { value: record } = records.current;
    if (record === null) review.findings.value = [];
    else void check(record).then((findings) => { if (records.current.peek() === record) review.findings.value = findings; });
  });
}

/** The checks are fetched when there is something to check; off line and not kept, they say nothing. */
async function check(record: ResultRecord): Promise<ReviewState["findings"]["value"]> {
  try {
    const { checkOutput } = await import("./checks/check.js");
    return checkOutput(reviewedOutput(record), record.schema);
  } catch {
    return [];
  }
}
