/** The measures: a bounded number of them, the oldest go first. */

import type { Measure, RunMeasure } from "../../shared/measure.js";
import type { Database } from "./database.js";
import type { Table } from "./table.js";

/** Some months of daily work. */
const MOST = 5000;

export class MeasureStore {
  readonly #table: Table<Measure>;

  constructor(database: Database, readonly most = MOST) {
    this.#table = database.table("measures");
  }

  put(measure: Measure): Promise<void> {
    return this.#table.put(measure);
  }

  /** Changes a run that is there; one that was deleted does not come back. */
  async changeRun(id: string, change: (run: RunMeasure) => RunMeasure): Promise<void> {
    await this.#table.change(id, (measure) => (measure?.kind === "run" ? change(measure) : undefined));
  }

  /** All that are kept, the oldest first; those that are too many are deleted. */
  async all(): Promise<readonly Measure[]> {
    const newest: Measure[] = [];
    const tooMany: string[] = [];
    await this.#table.walk("at", (measure) => {
      if (newest.length < this.most) newest.push(measure);
      else tooMany.push(measure.id);
      return true;
    });
    if (tooMany.length > 0) await this.#table.delete(tooMany);
    return newest.reverse();
  }

  clear(): Promise<void> {
    return this.#table.clear();
  }
}
