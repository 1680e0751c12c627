/** What the checks say of the values together. One that disagrees leads to the value that is likely wrong. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";
import { focusValue } from "./acts.js";
import { sayFinding } from "./findings.js";

export function Checks(): JSX.Element | null {
  const { review } = useApp();
  const { value: findings } = review.findings;
  if (findings.length === 0) return null;
  const agreeing = findings.filter(({ ok }) => ok);
  return (
    <section class="checks" aria-labelledby="checks-title" data-testid="checks">
      <h3 id="checks-title">{t("review.checks")}</h3>
      <ul>
        {findings.filter(({ ok }) => !ok).map((finding) => (
          <li key={`${finding.rule}${finding.fields.join(" ")}`}>
            <button type="button" class="check-wrong" onClick={() => { focusValue(finding.fields[0] ?? null); }}>{sayFinding(finding)}</button>
          </li>
        ))}
      </ul>
      {agreeing.length > 0 && (
        <details>
          <summary>{t("review.agreeing", { count: agreeing.length })}</summary>
          <ul>{agreeing.map((finding) => <li key={`${finding.rule}${finding.fields.join(" ")}`} class="quiet">{sayFinding(finding)}</li>)}</ul>
        </details>
      )}
    </section>
  );
}
