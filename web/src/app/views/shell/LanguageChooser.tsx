/** The language of the page; the choice is kept on this device. */

import type { JSX } from "preact";
import { chooseLanguage, type Language, language, LANGUAGES, t } from "../../i18n/index.js";
import { useApp } from "../context.js";

export function LanguageChooser(): JSX.Element {
  const { local } = useApp();
  return (
    <label class="language">
      <span>{t("shell.language")}</span>
      <select value={language.value} onChange={({ currentTarget }) => void chooseLanguage(currentTarget.value as Language, local)}>
        {Object.entries(LANGUAGES).map(([tag, name]) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
      </select>
    </label>
  );
}
