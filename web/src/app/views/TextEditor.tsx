/** The text area. What is too long is refused before it gets in, so that what was there stays. */

import type { JSX } from "preact";
import { MAX_TEXT_LENGTH } from "../../shared/document.js";
import { tooLong } from "../../readers/problems.js";
import { t } from "../i18n/index.js";
import { useApp } from "./context.js";

export function TextEditor(): JSX.Element {
  const { document: source } = useApp();
  return (
    <textarea
      class="text"
      aria-label={t("work.textLabel")}
      placeholder={t("work.empty")}
      spellcheck={false}
      autocapitalize="off"
      value={source.text.value}
      onBeforeInput={refuseTooLong}
      onInput={({ currentTarget }) => {
        if (!source.setText(currentTarget.value)) currentTarget.value = source.text.value;
      }}
    />
  );

  function refuseTooLong(event: InputEvent): void {
    const { selectionStart, selectionEnd, value } = event.currentTarget as HTMLTextAreaElement;
    const inserted = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    const length = value.length - (selectionEnd - selectionStart) + inserted.length;
    if (inserted.length < 2 || length <= MAX_TEXT_LENGTH) return;
    event.preventDefault();
    source.problem.value = tooLong(length).toData();
  }
}
