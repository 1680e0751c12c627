/** The pages as they look. Only those in sight are drawn, so that hundreds of them cost no more than a few. */

import { type Signal, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { PageImages } from "../../../../readers/page-images.js";
import type { Part } from "../../../../shared/document.js";
import { asExcerptError, type ErrorData } from "../../../../shared/errors.js";
import type { DocumentRecord } from "../../../../shared/record.js";
import type { AppState } from "../../../app-state.js";
import { t } from "../../../i18n/index.js";
import { boxesOf } from "../../../review/boxes.js";
import { useApp } from "../../context.js";
import { Problem } from "../../Problem.js";
import { showInPane } from "../scroll.js";
import { onDocumentKey } from "../selection-keys.js";
import { NearWatch } from "./near.js";
import { openDocument } from "./opening.js";
import { PageSheet } from "./PageSheet.js";
import { UnlockPages } from "./UnlockPages.js";

type Opened =
  | { readonly state: "opening" }
  | { readonly state: "locked"; readonly wrong: boolean }
  | { readonly state: "open"; readonly images: PageImages }
  | { readonly state: "failed"; readonly error: ErrorData };

export function PageView({ document }: { readonly document: DocumentRecord }): JSX.Element {
  const opened = useSignal<Opened>({ state: "opening" });
  const password = useSignal<string | undefined>(undefined);
  useSignalEffect(() => open(document, password.value, opened));
  const { value: now } = opened;
  switch (now.state) {
    case "opening": return <p class="sheet-words quiet" role="status">{t("review.openingPages")}</p>;
    case "failed": return <div class="sheet-words"><Problem error={now.error} /></div>;
    case "locked": return <UnlockPages wrong={now.wrong} unlock={(typed) => { password.value = typed; }} />;
    case "open": return <PageList parts={document.reading.parts} images={now.images} />;
  }
}

/** Opens the pages; answers with what gives them back. */
function open(document: DocumentRecord, password: string | undefined, opened: Signal<Opened>): () => void {
  const images = openDocument(document, password);
  let gone = false;
  images.then(
    (found) => { if (!gone) opened.value = { state: "open", images: found }; },
    (thrown: unknown) => { if (!gone) opened.value = problemOf(thrown, password); },
  );
  return () => {
    gone = true;
    images.then((found) => { found.close(); }, () => undefined);
  };
}

function problemOf(thrown: unknown, password: string | undefined): Opened {
  const error = asExcerptError(thrown);
  const isLocked = error.code === "password-needed" || error.code === "wrong-password";
  return isLocked ? { state: "locked", wrong: password !== undefined } : { state: "failed", error: error.toData() };
}

function PageList({ parts, images }: { readonly parts: readonly Part[]; readonly images: PageImages }): JSX.Element {
  const app = useApp();
  const pane = useRef<HTMLDivElement>(null);
  const watch = useSignal<NearWatch | null>(null);
  useEffect(() => {
    if (pane.current === null) return undefined;
    const made = new NearWatch(pane.current);
    watch.value = made;
    return () => { made.close(); };
  }, []);
  useSignalEffect(() => { if (watch.value !== null && app.review.chosen.value !== null) show(app.review.chosen.value.span, parts, pane.current); });
  useSignalEffect(() => { show(app.selection.span.value, parts, pane.current); });
  const { value: near } = watch;
  return (
    <div
      ref={pane} class="pages looking" role="group" aria-label={t("review.pagesLabel")} tabIndex={0} data-zoom={app.view.zoom.value * 100}
      onKeyDown={(event) => { onDocumentKey(event, app, () => startFrom(app, parts, event.currentTarget)); }}
    >
      {near !== null && parts.map((part, index) => <PageSheet key={index} part={part} number={index + 1} images={images} watch={near} />)}
    </div>
  );
}

/** Brings a place of the text into sight, whether its page is drawn or not. */
function show(span: Part["span"] | null, parts: readonly Part[], pane: HTMLElement | null): void {
  const index = span === null ? -1 : parts.findIndex((part) => span.start >= part.span.start && span.start < part.span.end);
  const sheet = pane?.querySelector(`[data-page="${index + 1}"]`)?.getBoundingClientRect();
  const layout = parts[index]?.layout ?? null;
  const [box] = layout === null || span === null ? [] : boxesOf(layout, span);
  if (pane === null || sheet === undefined || box === undefined) return;
  showInPane({ top: sheet.top + box.top * sheet.height, bottom: sheet.top + (box.top + box.height) * sheet.height }, pane);
}

/** Keys begin at the chosen value's place, else at the page in sight. */
function startFrom({ review }: AppState, parts: readonly Part[], pane: HTMLElement): number {
  const chosen = review.chosen.value?.span?.start;
  if (chosen !== undefined) return chosen;
  const { top } = pane.getBoundingClientRect();
  const index = [...pane.children].findIndex((sheet) => sheet.getBoundingClientRect().bottom > top + 20);
  return parts[index]?.span.start ?? 0;
}
