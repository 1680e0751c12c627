/** The whole page takes files that are dropped or pasted on it, and text that is pasted beside a field. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { AppState } from "../../app-state.js";
import { t } from "../../i18n/index.js";
import { documentsOf, droppedFiles, holdsFiles } from "../../text/incoming.js";
import { useApp } from "../context.js";

export function DropTarget(): JSX.Element | null {
  const app = useApp();
  const over = useSignal(false);
  useEffect(() => listen(app, (value) => { over.value = value; }), []);
  if (!over.value) return null;
  return <div class="drop" aria-hidden="true"><p>{t("shell.drop")}</p></div>;
}

/** Listens on the window; answers with what ends it. */
function listen(app: AppState, show: (over: boolean) => void): () => void {
  const end = new AbortController();
  const on = <K extends keyof WindowEventMap>(name: K, act: (event: WindowEventMap[K]) => void): void => {
    addEventListener(name, act, { signal: end.signal });
  };
  on("dragover", (event) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault(); // Else the browser would leave the page to show the file.
    show(!app.run.active);
  });
  on("dragleave", ({ relatedTarget }) => { if (relatedTarget === null) show(false); });
  on("drop", (event) => {
    show(false);
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    if (!app.run.active && event.dataTransfer !== null) void droppedFiles(event.dataTransfer).then((files) => { app.files.open(files); });
  });
  on("paste", (event) => { takePaste(app, event); });
  return () => { end.abort(); };
}

function takePaste({ files, run }: AppState, event: ClipboardEvent): void {
  const { clipboardData, target } = event;
  if (clipboardData === null || run.active) return;
  const pasted = documentsOf(clipboardData.files);
  const text = clipboardData.getData("text/plain");
  const inField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  // Spreadsheets put a picture of their cells beside the text; the text is meant.
  if (pasted.length > 0 && text === "") {
    event.preventDefault();
    files.open(pasted);
  } else if (!inField && text.trim() !== "") {
    event.preventDefault();
    void files.openText(text, t("work.pastedText"));
  }
}
