/** The dashboard: how the work goes on this device. */

import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { download } from "../../download.js";
import { t } from "../../i18n/index.js";
import { toJson, toTable } from "../../numbers/exporting.js";
import { addressOf } from "../../routes.js";
import { PERIODS } from "../../state/numbers/numbers-state.js";
import { useApp } from "../context.js";
import { EmptyScreen } from "../shell/EmptyScreen.js";
import { tierWords } from "../trust/tier.js";
import "../../style/numbers.css";
import { Accuracy } from "./Accuracy.js";
import { OverTime } from "./OverTime.js";
import { ByTier, Errors, Stations, Tiles } from "./Overview.js";

export function NumbersScreen(): JSX.Element {
  const { numbers } = useApp();
  useEffect(() => { void numbers.load(); }, [numbers]);
  const measures = numbers.measures.value;
  if (measures === null) return <p class="opening" role="status">{t("shell.opening")}</p>;
  if (measures.length === 0) {
    return (
      <EmptyScreen title={t("numbers.title")} words={t("numbers.empty")}>
        <a class="button primary" href={addressOf("work")}>{t("numbers.begin")}</a>
      </EmptyScreen>
    );
  }
  return <Dashboard />;
}

function Dashboard(): JSX.Element {
  const summary = useApp().numbers.summary.value;
  return (
    <div class="numbers" data-testid="numbers">
      <div class="screen-head">
        <h2>{t("numbers.title")}</h2>
        <Filters />
      </div>
      <Tiles summary={summary} />
      <Stations summary={summary} />
      {summary.periods.length > 0 && <OverTime summary={summary} />}
      <Accuracy reliability={summary.reliability} />
      {summary.tiers.length > 0 && <ByTier summary={summary} />}
      <Errors summary={summary} />
      <Keeping />
    </div>
  );
}

function Filters(): JSX.Element {
  const { numbers } = useApp();
  return (
    <div class="actions">
      <label class="choice">
        <span>{t("numbers.period")}</span>
        <select
          value={String(numbers.days.value)}
          onChange={({ currentTarget }) => { numbers.days.value = PERIODS.find((days) => String(days) === currentTarget.value) ?? null; }}
        >
          {PERIODS.map((days) => <option key={days} value={String(days)}>{days === null ? t("numbers.always") : t("numbers.days", { count: days })}</option>)}
        </select>
      </label>
      <label class="choice">
        <span>{t("numbers.tier")}</span>
        <select value={numbers.tier.value ?? ""} onChange={({ currentTarget: { value } }) => { numbers.tier.value = value === "" ? null : value; }}>
          <option value="">{t("numbers.everyTier")}</option>
          {numbers.tiers.value.map((tier) => <option key={tier} value={tier}>{tierWords(tier)}</option>)}
        </select>
      </label>
    </div>
  );
}

function Keeping(): JSX.Element {
  const { numbers } = useApp();
  const [asked, setAsked] = useState(false);
  const save = (text: string, name: string, type: string): void => { download(text, `excerpt-numbers.${name}`, type); };
  const measures = numbers.measures.value ?? [];
  return (
    <section class="card" aria-label={t("numbers.kept")}>
      <p class="quiet">{t("numbers.kept")}</p>
      <div class="actions">
        <button type="button" onClick={() => { save(toJson(measures), "json", "application/json"); }}>{t("numbers.asJson")}</button>
        <button type="button" onClick={() => { save(toTable(measures), "csv", "text/csv"); }}>{t("numbers.asCsv")}</button>
        {!asked && <button type="button" onClick={() => { setAsked(true); }}>{t("numbers.delete")}</button>}
      </div>
      {asked && (
        <div class="actions" role="group" aria-label={t("numbers.deleteSure")}>
          <p role="status">{t("numbers.deleteSure")}</p>
          <button type="button" onClick={() => { void numbers.clear(); }}>{t("numbers.deleteYes")}</button>
          <button type="button" onClick={() => { setAsked(false); }}>{t("numbers.deleteNo")}</button>
        </div>
      )}
    </section>
  );
}
