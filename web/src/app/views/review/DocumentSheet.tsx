/** The document to look at: its text, to be edited until something was found in it; or its pages. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { DocumentRecord } from "../../../shared/record.js";
import { percent } from "../../format.js";
import { t } from "../../i18n/index.js";
import type { Looks } from "../../state/review/document-view.js";
import { useApp } from "../context.js";
import { TextEditor } from "../TextEditor.js";
import { AssignBar } from "./AssignBar.js";
import type { PageView } from "./pages/PageView.js";
import { TextView } from "./TextView.js";

export function DocumentSheet({ marked }: { readonly marked: boolean }): JSX.Element {
  const { document: source, files, view } = useApp();
  const { value: document } = files.shown;
  const paged = document !== null && hasPages(document, source.text.value);
  const looks = paged ? view.wanted.value ?? (marked ? "pages" : "text") : "text";
  return (
    <div class="sheet" data-looks={looks}>
      {paged && <Choice looks={looks} />}
      {marked ? <TextView shown={looks === "text"} /> : looks === "text" && <TextEditor />}
      {paged && looks === "pages" && <Pages key={document.id} document={document} />}
      <AssignBar />
    </div>
  );
}

/** Places of words are those of the text as it was read. */
function hasPages({ original, reading }: DocumentRecord, text: string): boolean {
  return original !== null && reading.text === text && reading.parts.some(({ layout }) => layout !== null);
}

function Choice({ looks }: { readonly looks: Looks }): JSX.Element {
  const { view } = useApp();
  const size = t("review.zoom", { percent: percent(view.zoom.value) });
  const button = (name: Looks, words: string): JSX.Element => (
    <button type="button" class="toggle" aria-pressed={looks === name} onClick={() => { view.wanted.value = name; }}>{words}</button>
  );
  return (
    <div class="looks" role="group" aria-label={t("review.view")}>
      {button("text", t("review.viewText"))}
      {button("pages", t("review.viewPages"))}
      {looks === "pages" && (
        <button type="button" class="zoom" aria-label={`${size}. ${t("review.enlarge")}`} onClick={() => { view.enlarge(); }}>{size}</button>
      )}
    </div>
  );
}

/** The page view is fetched when it is first looked at. */
function Pages({ document }: { readonly document: DocumentRecord }): JSX.Element {
  const loaded = useSignal<{ readonly View: typeof PageView } | "failed" | null>(null);
  useEffect(() => {
    import("./pages/PageView.js").then(({ PageView: View }) => { loaded.value = { View }; }, () => { loaded.value = "failed"; });
  }, []);
  if (loaded.value === null) return <p class="sheet-words quiet" role="status">{t("review.openingPages")}</p>;
  if (loaded.value === "failed") return <p class="sheet-words">{t("review.pageBroken")}</p>;
  return <loaded.value.View document={document} />;
}
