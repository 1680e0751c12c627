import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { EmptyScreen } from "../shell/EmptyScreen.js";

export function HistoryScreen(): JSX.Element {
  return <EmptyScreen title={t("history.title")} words={t("history.empty")} />;
}
