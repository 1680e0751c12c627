import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { EmptyScreen } from "../shell/EmptyScreen.js";

export function BatchScreen(): JSX.Element {
  return <EmptyScreen title={t("batch.title")} words={t("batch.empty")} />;
}
