/** A tier and why it is this one, in words. */

import type { TierName, TierReason } from "../../../shared/protocol.js";
import { t } from "../../i18n/index.js";

const TIERS = { webgpu: true, "wasm-threads": true, "wasm-single": true } as const satisfies Record<TierName, true>;
const REASONS = {
  "no-gpu": true, "gpu-not-in-bundle": true, "gpu-failed": true, "stepped-down": true, "not-isolated": true, "one-processor": true,
} as const satisfies Record<TierReason, true>;

/** The tier's name in the page's language; one that this build does not know stands as it is kept. */
export function tierWords(tier: string): string {
  return isTier(tier) ? t(`trust.tier_${tier}`) : tier;
}

/** The same in a word, for a place in a list. */
export function shortTierWords(tier: string): string {
  return isTier(tier) ? t(`trust.short_${tier}`) : tier;
}

/** One sentence for each reason, kept as words between blanks; none means that nothing better was there. */
export function reasonWords(why: string): readonly string[] {
  const reasons = why.split(" ").filter(isReason);
  return reasons.length === 0 ? [t("trust.why_best")] : reasons.map((reason) => t(`trust.why_${reason}`));
}

function isTier(word: string): word is TierName {
  return Object.hasOwn(TIERS, word);
}

function isReason(word: string): word is TierReason {
  return Object.hasOwn(REASONS, word);
}
