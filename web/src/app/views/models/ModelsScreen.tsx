/** The models page: the model and its download, its forms with their figures and how they fit, and what is kept. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/index.js";
import "../../style/models.css";
import { useApp } from "../context.js";
import { ModelPanel } from "../ModelPanel.js";
import { ModelUpdate } from "../ModelUpdate.js";
import { Problem } from "../Problem.js";
import { About } from "./About.js";
import { Forms } from "./Forms.js";
import { StorageCard } from "./StorageCard.js";

export function ModelsScreen(): JSX.Element {
  const { models, model } = useApp();
  const { state } = model.status.value;
  // Once a download has ended, however it ended, other things are here than before.
  useEffect(() => {
    if (state !== "loading") void models.look();
  }, [models, state]);
  return (
    <div class="models">
      <div class="screen-head">
        <h2>{t("models.title")}</h2>
        <button type="button" onClick={() => void models.look()}>{t("models.look")}</button>
      </div>
      <ModelPanel />
      <ModelUpdate />
      <Found />
    </div>
  );
}

function Found(): JSX.Element {
  const { value } = useApp().models.status;
  switch (value.state) {
    case "looking":
      return <p role="status">{t("models.looking")}</p>;
    case "failed":
      return <section aria-label={t("models.lookFailed")}><Problem error={value.error} /></section>;
    case "here":
      return (
        <>
          <Forms catalogue={value.catalogue} />
          <About catalogue={value.catalogue} />
          <StorageCard catalogue={value.catalogue} />
        </>
      );
  }
}
