import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { EmptyScreen } from "../shell/EmptyScreen.js";

export function ModelsScreen(): JSX.Element {
  return <EmptyScreen title={t("models.title")} words={t("models.empty")} />;
}
