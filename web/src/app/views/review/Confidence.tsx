/** How sure the model was, in a word and in per cent. */

import type { JSX } from "preact";
import { confidenceWord, percent } from "../../format.js";
import { t } from "../../i18n/index.js";

export function Confidence({ confidence }: { readonly confidence: number }): JSX.Element {
  const word = confidenceWord(confidence);
  const share = percent(confidence);
  return (
    <span class="confidence" data-word={word} title={t("review.confidence", { percent: share })}>
      {t(`review.${word}`)} <span class="figure">{share}</span>
    </span>
  );
}
