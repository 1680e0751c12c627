/** Speed and memory over hours or days: pictures, and the same numbers as a table. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import type { Period, Summary } from "../../numbers/summary.js";
import { Chart } from "./Chart.js";
import { bytes, moment, percentOf, tick, time } from "./figures.js";

const STEP_MS = { hour: 60 * 60 * 1000, day: 24 * 60 * 60 * 1000 } as const;

export function OverTime({ summary }: { readonly summary: Summary }): JSX.Element {
  const { periods, every } = summary;
  const x = periods.map(({ at }) => at);
  const axis = { x, xRange: rangeOf(x, STEP_MS[every]), formatX: (at: number) => tick(at, every) };
  const memories = periods.map(({ memory }) => memory);
  return (
    <section aria-labelledby="over-time">
      <h3 id="over-time">{t("numbers.overTime")}</h3>
      <div class="picture-and-table">
        <div class="pictures">
          <Chart {...axis} words={t("numbers.speedChart")} formatY={time} yRange={[0, top(periods.map(({ whole }) => whole.p95))]} lines={speeds(periods)} />
          {memories.some((most) => most !== null) && (
            <Chart {...axis} words={t("numbers.memoryChart")} formatY={bytes} yRange={[0, top(memories)]} lines={[{ label: t("numbers.memory"), values: memories, look: "solid" }]} />
          )}
        </div>
        <Table periods={periods} every={every} />
      </div>
    </section>
  );
}

function speeds(periods: readonly Period[]) {
  return [
    { label: t("numbers.p50"), values: periods.map(({ whole }) => whole.p50), look: "solid" },
    { label: t("numbers.p95"), values: periods.map(({ whole }) => whole.p95), look: "broken" },
  ] as const;
}

function Table({ periods, every }: Pick<Summary, "periods" | "every">): JSX.Element {
  return (
    <div class="table-frame" role="group" aria-labelledby="over-time" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("numbers.time")}</th><th scope="col" class="number">{t("numbers.count")}</th>
            <th scope="col" class="number">p50</th><th scope="col" class="number">p95</th>
            <th scope="col" class="number">{t("numbers.failed")}</th><th scope="col" class="number">{t("numbers.memory")}</th>
            <th scope="col" class="number">{t("numbers.accepted")}</th>
          </tr>
        </thead>
        <tbody>
          {[...periods].reverse().map(({ at, runs, whole, failed, memory, right }) => (
            <tr key={at}>
              <th scope="row">{moment(at, every)}</th><td class="number">{runs}</td>
              <td class="number">{time(whole.p50)}</td><td class="number">{time(whole.p95)}</td>
              <td class="number">{percentOf(failed)}</td><td class="number">{bytes(memory)}</td><td class="number">{percentOf(right)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Room on both sides, so that one period alone has a place too. */
function rangeOf(x: readonly number[], step: number): [number, number] {
  return [Math.min(...x) - step / 2, Math.max(...x) + step / 2];
}

function top(values: readonly (number | null)[]): number {
  return Math.max(1, ...values.map((value) => value ?? 0)) * 1.1;
}
