/** What went over the network, by who asked, with the last requests by their address. */

import type { JSX } from "preact";
import { formatBytes } from "../../format.js";
import { t } from "../../i18n/index.js";
import type { Ledger } from "../../state/trust/ledger.js";
import { useApp } from "../context.js";
import { reasonWords, tierWords } from "./tier.js";

const ASKERS = ["page", "engine", "readers", "shell"] as const;

export function NetworkDetails({ panel }: { readonly panel: string }): JSX.Element {
  const ledger = useApp().trust.ledger.value;
  return (
    <>
      <div class="screen-head">
        <h2>{t("trust.heading")}</h2>
        <button type="button" popovertarget={panel} popovertargetaction="hide">{t("trust.close")}</button>
      </div>
      <Facts ledger={ledger} />
      <p class="quiet">{t("trust.why")}</p>
      <WhereRead />
      <ByAsker ledger={ledger} />
      {ledger.refusals.length > 0 && <Refusals ledger={ledger} />}
      {ledger.latest.length > 0 && <Latest ledger={ledger} />}
    </>
  );
}

function Facts({ ledger }: { readonly ledger: Ledger }): JSX.Element {
  const facts: readonly (readonly [string, string])[] = [
    [t("trust.documents"), formatBytes(ledger.sent)],
    [t("trust.asked"), t("trust.requests", { count: ledger.requests })],
    [t("trust.received"), formatBytes(ledger.received)],
    [t("trust.foreign"), ledger.foreign.length === 0 ? t("trust.nowhere") : ledger.foreign.join(", ")],
    [t("trust.refused"), ledger.refused.toLocaleString()],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}

function WhereRead(): JSX.Element {
  const { value } = useApp().model.status;
  const model = value.state === "ready" ? value.model : null;
  return (
    <div>
      <h3>{t("trust.reading")}</h3>
      {model === null
        ? <p>{t("trust.noModel")}</p>
        : <p>{[t("trust.device", { tier: tierWords(model.tier) }), ...reasonWords(model.why.join(" "))].join(" ")}</p>}
    </div>
  );
}

function ByAsker({ ledger }: { readonly ledger: Ledger }): JSX.Element {
  return (
    <div class="table-frame" role="group" aria-label={t("trust.who")} tabIndex={0}>
      <table>
        <thead><tr><th scope="col">{t("trust.who")}</th><th scope="col" class="number">{t("trust.asked")}</th><th scope="col" class="number">{t("trust.received")}</th></tr></thead>
        <tbody>
          {ASKERS.map((asker) => (
            <tr key={asker}>
              <th scope="row">{t(`trust.by_${asker}`)}</th>
              <td class="number">{ledger.by[asker].requests}</td>
              <td class="number">{formatBytes(ledger.by[asker].received)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Refusals({ ledger }: { readonly ledger: Ledger }): JSX.Element {
  return (
    <div>
      <h3>{t("trust.refusals")}</h3>
      <ol class="addresses">
        {ledger.refusals.map(({ address, how, asker }, at) => <li key={at}><span>{address}</span> <span>{how}, {t(`trust.by_${asker}`)}</span></li>)}
      </ol>
    </div>
  );
}

function Latest({ ledger }: { readonly ledger: Ledger }): JSX.Element {
  return (
    <details>
      <summary>{t("trust.latest")}</summary>
      <ol class="addresses">
        {ledger.latest.map(({ address, received }, at) => <li key={at}><span>{address}</span> <span>{formatBytes(received)}</span></li>)}
      </ol>
    </details>
  );
}
