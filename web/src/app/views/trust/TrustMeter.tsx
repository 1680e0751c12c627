/** How much of the documents has left this device (nothing), always in sight; behind it every request that was made. */

import type { JSX } from "preact";
import { formatBytes } from "../../format.js";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";
import { NetworkDetails } from "./NetworkDetails.js";

const PANEL = "network-details";

export function TrustMeter(): JSX.Element {
  const { requests, sent, refused, foreign } = useApp().trust.ledger.value;
  const trouble = sent > 0 || refused > 0 || foreign.length > 0;
  return (
    <>
      <button
        type="button" class="meter" popovertarget={PANEL} data-testid="meter"
        data-requests={requests} data-sent={sent} data-refused={refused} data-trouble={trouble}
      >
        <span class="meter-sent">{sent === 0 ? t("trust.sentNothing") : t("trust.sent", { bytes: formatBytes(sent) })}</span>{" "}
        <span class="meter-requests">{t("trust.requests", { count: requests })}</span>
      </button>
      <div id={PANEL} class="network-details" popover="auto" role="region" aria-label={t("trust.heading")} tabIndex={0}>
        <NetworkDetails panel={PANEL} />
      </div>
    </>
  );
}
