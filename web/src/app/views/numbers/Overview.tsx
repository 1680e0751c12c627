/** The dashboard's first look: the figures that matter most, then times by station and by tier, and what failed. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { STATIONS, type Summary } from "../../numbers/summary.js";
import { tierWords } from "../trust/tier.js";
import { bytes, percentOf, time } from "./figures.js";

interface Props {
  readonly summary: Summary;
}

export function Tiles({ summary }: Props): JSX.Element {
  const { runs, latency, memory, fell, failed, reliability: { right } } = summary;
  const tiles: readonly (readonly [id: string, name: string, value: string, note: string])[] = [
    ["runs", t("numbers.runs"), runs.toLocaleString(), ""],
    ["p50", t("numbers.typical"), time(latency.whole.p50), "p50"],
    ["p95", t("numbers.slow"), time(latency.whole.p95), "p95"],
    ["memory", t("numbers.memory"), bytes(memory.p95), memory.count === 0 ? t("numbers.none") : t("numbers.memoryAll")],
    ["fell", t("numbers.fell"), percentOf(fell), t("numbers.fellOf", { count: fell.count, of: fell.of })],
    ["failed", t("numbers.failed"), percentOf(failed), t("numbers.failedOf", { count: failed.count, of: failed.of })],
    ["right", t("numbers.right"), percentOf(right), right.of === 0 ? t("numbers.none") : t("numbers.rightOf", { count: right.count, of: right.of })],
  ];
  return (
    <dl class="tiles">
      {tiles.map(([id, name, value, note]) => (
        <div key={id} class="tile" data-testid={`tile-${id}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd class="quiet">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Stations({ summary: { latency } }: Props): JSX.Element {
  return (
    <section aria-labelledby="stations">
      <h3 id="stations">{t("numbers.stations")}</h3>
      <div class="table-frame" role="group" aria-labelledby="stations" tabIndex={0}>
        <table data-testid="stations">
          <thead>
            <tr>
              <th scope="col">{t("numbers.station")}</th><th scope="col" class="number">{t("numbers.count")}</th>
              <th scope="col" class="number">{t("numbers.p50")}</th><th scope="col" class="number">{t("numbers.p95")}</th>
            </tr>
          </thead>
          <tbody>
            {STATIONS.map((station) => (
              <tr key={station} data-station={station}>
                <th scope="row">{t(`numbers.station_${station}`)}</th><td class="number">{latency[station].count}</td>
                <td class="number">{time(latency[station].p50)}</td><td class="number">{time(latency[station].p95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function ByTier({ summary: { tiers } }: Props): JSX.Element {
  return (
    <section aria-labelledby="by-tier">
      <h3 id="by-tier">{t("numbers.byTier")}</h3>
      <div class="table-frame" role="group" aria-labelledby="by-tier" tabIndex={0}>
        <table data-testid="tiers">
          <thead>
            <tr>
              <th scope="col">{t("numbers.tier")}</th><th scope="col" class="number">{t("numbers.runs")}</th>
              <th scope="col" class="number">p50</th><th scope="col" class="number">p95</th>
              <th scope="col" class="number">{t("numbers.fell")}</th><th scope="col" class="number">{t("numbers.failed")}</th>
              <th scope="col" class="number">{t("numbers.accepted")}</th>
            </tr>
          </thead>
          <tbody>
            {tiers.map(({ tier, runs, whole, fell, failed, right }) => (
              <tr key={tier}>
                <th scope="row">{tierWords(tier)}</th><td class="number">{runs}</td>
                <td class="number">{time(whole.p50)}</td><td class="number">{time(whole.p95)}</td>
                <td class="number">{percentOf(fell)}</td><td class="number">{percentOf(failed)}</td><td class="number">{percentOf(right)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function Errors({ summary: { errors, unread } }: Props): JSX.Element | null {
  if (errors.length === 0) return null;
  return (
    <section aria-labelledby="errors">
      <h3 id="errors">{t("numbers.errors")}</h3>
      {unread.count > 0 && <p>{t("numbers.unread", { count: unread.count, of: unread.of })}</p>}
      <div class="table-frame" role="group" aria-labelledby="errors" tabIndex={0}>
        <table>
          <thead><tr><th scope="col">{t("numbers.code")}</th><th scope="col" class="number">{t("numbers.count")}</th></tr></thead>
          <tbody>{errors.map(({ code, count }) => <tr key={code}><th scope="row"><code>{code}</code></th><td class="number">{count}</td></tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}
