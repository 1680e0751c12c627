/** Notes how the work goes, on this device only, and draws the dashboard's figures from it. */

import { computed, signal } from "@preact/signals";
import type { Measure, ReadingMeasure } from "../../../shared/measure.js";
import type { ResultRecord } from "../../../shared/record.js";
import { answersOf, measureOf } from "../../numbers/measures.js";
import type { MeasureMemory } from "../../numbers/memory.js";
import { summaryOf, tiersIn } from "../../numbers/summary.js";
import type { MeasureStore } from "../../store/measures.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days that the dashboard looks back; null for all. */
export const PERIODS = [7, 30, 90, null] as const;

export type PeriodChoice = (typeof PERIODS)[number];

export interface NumbersOptions {
  readonly memory: MeasureMemory;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What tells of results. */
export interface Results {
  onSettled(listener: (record: ResultRecord) => void): unknown;
  onReviewed(listener: (record: ResultRecord) => void): unknown;
}

export class NumbersState {
  /** Null until they are asked for. */
  readonly measures = signal<readonly Measure[] | null>(null);
  readonly tier = signal<string | null>(null);
  readonly days = signal<PeriodChoice>(30);
  readonly tiers = computed(() => tiersIn(this.measures.value ?? []));
  readonly summary = computed(() => {
    const days = this.days.value;
    const since = days === null ? 0 : this.options.now() - days * DAY_MS;
    return summaryOf(this.measures.value ?? [], { tier: this.tier.value, since });
  });
  /** One write after the other: a review may come before its run is kept. */
  #writing: Promise<void> = Promise.resolve();
  #measuring: Promise<unknown> | undefined;

  constructor(readonly store: MeasureStore, readonly options: NumbersOptions) {}

  /** Notes every result from now on, and what people say of it. */
  listen(results: Results): void {
    results.onSettled((record) => { this.#settled(record); });
    results.onReviewed((record) => {
      this.#write(() => this.store.changeRun(record.id, (run) => ({ ...run, answers: answersOf(record) })));
    });
  }

  /** Notes a file that was taken apart. */
  reading({ ms, error }: Pick<ReadingMeasure, "ms" | "error">): void {
    const measure: ReadingMeasure = { kind: "reading", id: crypto.randomUUID(), at: this.options.now(), ms, error };
    this.#write(() => this.store.put(measure));
  }

  /** Looks at what is kept. */
  async load(): Promise<void> {
    await this.#writing;
    this.measures.value = await this.store.all();
  }

  async clear(): Promise<void> {
    this.#write(() => this.store.clear());
    await this.load();
  }

  #settled(record: ResultRecord): void {
    const measure = measureOf(record);
    if (measure === null) return;
    this.#write(() => this.store.put(measure));
    void this.#memoryOf(record.id);
  }

  /** The browser takes its time, and one look at a time is enough: runs that end meanwhile have none. */
  async #memoryOf(id: string): Promise<void> {
    if (this.#measuring !== undefined) return;
    const measuring = this.options.memory();
    this.#measuring = measuring;
    const memory = await measuring;
    this.#measuring = undefined;
    if (memory !== null) this.#write(() => this.store.changeRun(id, (run) => ({ ...run, memory })));
  }

  /** Writes, and shows it where the dashboard is open. A measure that is not kept is no loss that anybody must hear of. */
  #write(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).catch(() => undefined);
    if (this.measures.peek() !== null) void this.load();
  }
}
