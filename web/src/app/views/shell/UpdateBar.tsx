/** Says that a new version waits. It is taken when the reader asks, and never under running work. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";

export function UpdateBar(): JSX.Element | null {
  const { shell, run } = useApp();
  if (!shell.updateReady.value) return null;
  return (
    <div class="update" role="status">
      <p>{t("shell.updateReady")}{shell.updateWaits.value && ` ${t("shell.updateWaits")}`}</p>
      <button type="button" disabled={run.active} onClick={() => void shell.applyUpdate()}>{t("shell.reload")}</button>
    </div>
  );
}
