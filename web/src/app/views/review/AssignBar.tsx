/** What to do with selected words: use them for a field, the chosen one unless another is picked. */

import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { openPlaces } from "../../review/entries.js";
import { useApp } from "../context.js";
import { useSelection } from "./acts.js";
import { sayPath } from "./say.js";

export function AssignBar(): JSX.Element | null {
  const app = useApp();
  const { review, selection, link, run } = app;
  const target = useSignal("");
  useSignalEffect(() => { target.value = link.chosen.value ?? review.leaves.value[0]?.pointer ?? ""; });
  if (!review.open.value || selection.span.value === null) return null;
  const more = openPlaces(review.entries.value, run.schema.value ?? {});
  return (
    <form
      class="assign" aria-label={t("review.selected")}
      onSubmit={(event) => { event.preventDefault(); void useSelection(app, target.value); }}
      onKeyDown={(event) => { if (event.key === "Escape") selection.clear(); }}
    >
      <p class="assign-words">“{selection.words.value}”</p>
      <label class="assign-field">
        <span>{t("review.useFor")}</span>
        <select data-first value={target.value} onChange={({ currentTarget: { value } }) => { target.value = value; }}>
          {review.leaves.value.map(({ pointer }) => <option key={pointer} value={pointer}>{sayPath(pointer)}</option>)}
          {more.map((pointer) => <option key={pointer} value={pointer}>{t("review.addTo", { list: sayPath(pointer) })}</option>)}
        </select>
      </label>
      <button type="submit" class="primary">{t("review.use")}</button>
      <button type="button" onClick={() => { selection.clear(); }}>{t("review.dismiss")}</button>
    </form>
  );
}
