import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { EmptyScreen } from "../shell/EmptyScreen.js";

export function NumbersScreen(): JSX.Element {
  return <EmptyScreen title={t("numbers.title")} words={t("numbers.empty")} />;
}
