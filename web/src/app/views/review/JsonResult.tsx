/** The result as JSON, the person's values over the model's. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { serialise } from "../../../shared/extraction.js";
import { reviewedOutput } from "../../../shared/record.js";
import { download } from "../../download.js";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";

export function JsonResult(): JSX.Element | null {
  const { records, run, schema } = useApp();
  const said = useSignal("");
  const { value: extraction } = run.extraction;
  const { value: record } = records.current;
  if (extraction === null) return null;
  const text = serialise(record === null ? extraction.output : reviewedOutput(record));
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = t("review.copied");
    } catch {
      said.value = t("review.notCopied");
    }
  };
  return (
    <div class="json">
      <div class="pane-head">
        <h3>{t("review.json")}</h3>
        <div class="actions">
          <span class="quiet" role="status">{said.value}</span>
          <button type="button" onClick={() => void copy()}>{t("review.copyJson")}</button>
          <button type="button" onClick={() => { download(text, `${record?.schemaName ?? schema.name.value}.json`); }}>{t("review.downloadJson")}</button>
        </div>
      </div>
      <pre data-testid="json" tabIndex={0} aria-label={t("review.jsonLabel")}>{text}</pre>
    </div>
  );
}
