/** What the model is, where it comes from, under which licence, and how well it was found to work. */

import type { JSX } from "preact";
import type { Catalogue } from "../../../shared/catalogue.js";
import type { Scores } from "../../../shared/manifest.js";
import { locale, t } from "../../i18n/index.js";

export function About({ catalogue }: { readonly catalogue: Catalogue }): JSX.Element {
  const { scores, calibrated } = catalogue;
  return (
    <section aria-labelledby="about-model">
      <h3 id="about-model">{t("models.facts")}</h3>
      <div class="card">
        <Facts catalogue={catalogue} />
        <p class="quiet">{t("models.signed")} {catalogue.encrypted && t("models.encrypted")}</p>
      </div>
      <div class="card">
        <h4 id="measured">{t("models.measured")}</h4>
        {scores === null ? <p class="quiet">{t("models.notMeasured")}</p> : <Measured scores={scores} />}
        {calibrated !== null && (
          <p class="quiet">{t("models.calibrated", { fields: calibrated.fields, records: calibrated.records, date: day(calibrated.date) })}</p>
        )}
      </div>
    </section>
  );
}

function Facts({ catalogue }: { readonly catalogue: Catalogue }): JSX.Element {
  const { name, version, license, architecture, source, maxPositions, from } = catalogue;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t("models.name"), name],
    [t("models.version"), `${version} · ${t(from === "device" ? "models.fromDevice" : "models.fromNetwork")}`],
    [t("models.licenceName"), license],
    [t("models.architecture"), architecture],
    [t("models.source"), source.package ?? source.hub ?? source.path],
    [t("models.longest"), t("models.longestWords", { count: maxPositions })],
  ];
  return <dl class="facts">{facts.map(([fact, value]) => value !== undefined && <div key={fact}><dt>{fact}</dt><dd>{value}</dd></div>)}</dl>;
}

function Measured({ scores }: { readonly scores: Scores }): JSX.Element {
  const { f1, false_fill: falseFill, variant, date, sets } = scores;
  return (
    <>
      <p>{t("models.scores", { f1: figure(f1), falseFill: figure(falseFill), variant, date: day(date) })}</p>
      <div class="table-frame" role="group" aria-labelledby="measured" tabIndex={0}>
        <table>
          <thead><tr><th scope="col">{t("models.set")}</th><th scope="col" class="number">{t("models.records")}</th><th scope="col" class="number">F1</th></tr></thead>
          <tbody>
            {Object.entries(sets).map(([name, set]) => (
              <tr key={name}><th scope="row">{name}</th><td class="number">{set.records}</td><td class="number">{figure(set.f1)}</td></tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function figure(value: number): string {
  return value.toLocaleString(locale.value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function day(date: string): string {
  return new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(date));
}
