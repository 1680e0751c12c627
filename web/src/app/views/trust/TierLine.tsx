/** Where the shown document was read, how long it took, and why on no better tier. */

import type { JSX } from "preact";
import { formatSeconds } from "../../format.js";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";
import { reasonWords, tierWords } from "./tier.js";

export function TierLine(): JSX.Element | null {
  const record = useApp().records.current.value;
  if (record === null || record.tier === "") return null;
  const { tier, why, ms } = record;
  return (
    <p class="quiet" data-testid="tier" data-tier={tier} data-why={why}>
      {[t("trust.readOn", { tier: tierWords(tier), time: formatSeconds(ms) }), ...reasonWords(why)].join(" ")}
    </p>
  );
}
