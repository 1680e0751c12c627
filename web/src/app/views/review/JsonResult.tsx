/** The result as JSON, the person's values over the model's, and the ways to take it along. */

import type { JSX } from "preact";
import { serialise } from "../../../shared/extraction.js";
import { reviewedOutput } from "../../../shared/record.js";
import { baseName } from "../../export/names.js";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";
import { ExportPanel } from "../export/ExportPanel.js";

export function JsonResult(): JSX.Element | null {
  const { records, run } = useApp();
  const { value: extraction } = run.extraction;
  const { value: record } = records.current;
  if (extraction === null) return null;
  return (
    <div class="json">
      {record !== null && <ExportPanel resultIds={[record.id]} schema={record.schema} name={baseName(record.documentName)} alone />}
      <pre data-testid="json" tabIndex={0} aria-label={t("review.jsonLabel")}>{serialise(record === null ? extraction.output : reviewedOutput(record))}</pre>
    </div>
  );
}
