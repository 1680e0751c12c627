/** How sure the model was, in a word and in per cent. */

import type { JSX } from "preact";
import { confidenceWord } from "../../format.js";
import { t } from "../../i18n/index.js";
import { sayPercent } from "./say.js";

export function Confidence({ confidence }: { readonly confidence: number }): JSX.Element {
  const word = confidenceWord(confidence);
  const percent = sayPercent(confidence);
  return (
    <span class="confidence" data-word={word} title={t("review.confidence", { percent })}>
      {t(`review.${word}`)} <span class="figure">{percent}</span>
    </span>
  );
}
