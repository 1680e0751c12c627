/** Told after documents were taken off the list: their results are in the history, and may be deleted there at once. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { addressOf } from "../../routes.js";
import { useApp } from "../context.js";

export function LeftNotice(): JSX.Element | null {
  const { leaving } = useApp();
  const { value: left } = leaving.left;
  if (left === null) return null;
  return (
    <div class="notice left" role="status" data-testid="left">
      {t("history.left", { count: left.results })}{" "}
      <a href={addressOf("history")}>{t("history.toHistory")}</a>{" "}
      <button type="button" onClick={() => void leaving.forgetLeft()}>{t("history.forgetLeft")}</button>
    </div>
  );
}
