/** What a person did to results, in order, for going back and forth. Each result has steps of its own. */

import { signal } from "@preact/signals";
import type { Review } from "../../../shared/record.js";

export interface Step {
  readonly recordId: string;
  /** The field's pointer. */
  readonly field: string;
  readonly before: Review | null;
  readonly after: Review | null;
}

export class Steps {
  readonly #past = signal<readonly Step[]>([]);
  /** Steps taken back, the last one first. */
  readonly #future = signal<readonly Step[]>([]);

  /** A new step: what was taken back on this result cannot be done again after it. */
  add(step: Step): void {
    this.#past.value = [...this.#past.value, step];
    this.#future.value = this.#future.value.filter(({ recordId }) => recordId !== step.recordId);
  }

  canGoBack(recordId: string | undefined): boolean {
    return this.#past.value.some((step) => step.recordId === recordId);
  }

  canGoForward(recordId: string | undefined): boolean {
    return this.#future.value.some((step) => step.recordId === recordId);
  }

  /** Takes the last step on a result back, and answers with it; null where there is none. */
  back(recordId: string | undefined): Step | null {
    const step = this.#past.value.filter((one) => one.recordId === recordId).at(-1);
    if (step === undefined) return null;
    this.#past.value = this.#past.value.filter((one) => one !== step);
    this.#future.value = [step, ...this.#future.value];
    return step;
  }

  /** Does the step on a result again that was taken back last, and answers with it; null where there is none. */
  forward(recordId: string | undefined): Step | null {
    const step = this.#future.value.find((one) => one.recordId === recordId);
    if (step === undefined) return null;
    this.#future.value = this.#future.value.filter((one) => one !== step);
    this.#past.value = [...this.#past.value, step];
    return step;
  }
}
