/** Whether confidence is worth its name, by what people accepted, corrected and cleared. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import type { Bin, Reliability } from "../../numbers/reliability.js";
import { Chart } from "./Chart.js";
import { percent, percentOf } from "./figures.js";

export function Accuracy({ reliability }: { readonly reliability: Reliability }): JSX.Element {
  const { bins, accepted, corrected, cleared, error } = reliability;
  return (
    <section aria-labelledby="accuracy">
      <h3 id="accuracy">{t("numbers.accuracy")}</h3>
      {bins.length === 0 ? <p class="quiet">{t("numbers.accuracyNone")}</p> : (
        <>
          <p>{t("numbers.accuracyWords", { accepted, corrected, cleared, error: percent(error) })}</p>
          <div class="picture-and-table">
            <Curve bins={bins} />
            <Table bins={bins} />
          </div>
        </>
      )}
    </section>
  );
}

/** The picture's x axis: the corners, for the line of promises, and what was said in each bin. */
function Curve({ bins }: Pick<Reliability, "bins">): JSX.Element {
  const x = [0, ...bins.map(({ said }) => said), 1];
  return (
    <Chart
      words={t("numbers.reliabilityChart")} x={x} xRange={[0, 1]} yRange={[0, 1.02]} formatX={percent} formatY={percent}
      lines={[
        { label: t("numbers.accepted"), values: [null, ...bins.map(({ right }) => right.share), null], look: "points" },
        { label: t("numbers.ideal"), values: x, look: "broken" },
      ]}
    />
  );
}

function Table({ bins }: { readonly bins: readonly Bin[] }): JSX.Element {
  return (
    <div class="table-frame" role="group" aria-labelledby="accuracy" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("numbers.confidence")}</th><th scope="col" class="number">{t("numbers.count")}</th>
            <th scope="col" class="number">{t("numbers.said")}</th><th scope="col" class="number">{t("numbers.accepted")}</th>
            <th scope="col" class="number">{t("numbers.between")}</th>
          </tr>
        </thead>
        <tbody>
          {bins.map(({ from, to, said, right }) => (
            <tr key={from}>
              <th scope="row">{percent(from)} – {percent(to)}</th><td class="number">{right.of}</td>
              <td class="number">{percent(said)}</td><td class="number">{percentOf(right)}</td>
              <td class="number">{percent(right.low)} – {percent(right.high)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
