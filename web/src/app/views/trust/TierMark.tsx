/** In a list: where a document was read, in a word; why there, to whoever points at it or listens. */

import type { JSX } from "preact";
import type { ResultRecord } from "../../../shared/record.js";
import { reasonWords, shortTierWords } from "./tier.js";

export function TierMark({ tier, why }: Pick<ResultRecord, "tier" | "why">): JSX.Element | null {
  if (tier === "") return null;
  const reasons = reasonWords(why).join(" ");
  return (
    <span class="quiet tier-mark" title={reasons} data-testid="row-tier" data-tier={tier} data-why={why}>
      {shortTierWords(tier)}<span class="unseen"> ({reasons})</span>
    </span>
  );
}
