/** The opened documents: which one is shown, and what became of the others. */

import type { JSX } from "preact";
import type { Progress } from "../../readers/source.js";
import type { Warning } from "../../shared/document.js";
import { formatBytes } from "../format.js";
import { noticeText } from "../i18n/errors.js";
import { t } from "../i18n/index.js";
import type { FileStatus, OpenedDocument } from "../state/documents/files-state.js";
import { useApp } from "./context.js";
import { PasswordForm } from "./PasswordForm.js";
import { Problem } from "./Problem.js";

export function FileList(): JSX.Element | null {
  const { files } = useApp();
  const { value: documents } = files.documents;
  if (documents.length === 0) return null;
  return (
    <div class="files">
      <p class={documents.length === 1 ? "unseen" : "quiet"} role="status">{summary(documents)}</p>
      <ul aria-label={t("work.opened")}>
        {documents.map((document) => <FileRow key={document.id} document={document} />)}
      </ul>
    </div>
  );
}

function FileRow({ document }: { readonly document: OpenedDocument }): JSX.Element {
  const { files, run } = useApp();
  const { id, name, within, status } = document;
  const chosen = files.chosenId.value === id;
  const atWork = status.state === "reading" || status.state === "waiting";
  return (
    <li data-state={status.state} data-within={within !== null}>
      <div class="file-line">
        <button
          type="button" class="file-name" disabled={status.state !== "ready" || run.active} aria-current={chosen ? "true" : undefined}
          onClick={() => void files.choose(id)}
        >
          <span class="file-title">{name}</span>
          <span class="quiet">{stateWords(document)}</span>
        </button>
        <button type="button" class="file-end" disabled={chosen && run.active} onClick={() => void files.remove(id)}>
          {t(atWork ? "work.stop" : "work.remove")}<span class="unseen"> {name}</span>
        </button>
      </div>
      <Detail document={document} />
    </li>
  );
}

function Detail({ document: { id, name, status } }: { readonly document: OpenedDocument }): JSX.Element | null {
  switch (status.state) {
    case "reading": {
      const { progress } = status;
      const bar = progress === null ? {} : { max: progress.of, value: progress.done };
      return <progress aria-label={t("work.reading", { name })} {...bar} />;
    }
    case "locked": return <PasswordForm id={id} name={name} wrong={status.wrong} error={status.error} />;
    case "failed": return <Problem error={status.error} />;
    case "ready": return <Warnings status={status} />;
    case "waiting": return null;
  }
}

function Warnings({ status }: { readonly status: Extract<FileStatus, { state: "ready" }> }): JSX.Element | null {
  const { warnings } = status;
  if (warnings.length === 0) return null;
  return <>{warnings.map((warning) => <Told key={warning.code} warning={warning} />)}</>;
}

function Told({ warning }: { readonly warning: Warning }): JSX.Element {
  const { message, lang } = noticeText(warning);
  return <p class="notice" lang={lang} data-code={warning.code}>{message}</p>;
}

function stateWords({ status, within, isFile, size }: OpenedDocument): string {
  const origin = within === null ? [] : [t("work.attachedTo", { name: within })];
  return [...origin, ...wordsOf(status, isFile ? formatBytes(size) : t("work.text"))].join(", ");
}

function wordsOf(status: FileStatus, size: string): string[] {
  switch (status.state) {
    case "waiting": return [t("work.waiting")];
    case "reading": return [readingWords(status.progress)];
    case "locked": return [t("work.needsPassword")];
    case "failed": return [t("work.failed")];
    case "ready": return [...partsWords(status), size];
  }
}

function readingWords(progress: Progress | null): string {
  return progress === null ? t("work.opening") : t("work.readingPage", { page: progress.done + 1, of: progress.of });
}

function partsWords({ parts, firstPart }: Extract<FileStatus, { state: "ready" }>): string[] {
  if (parts === 0) return [];
  return [t(firstPart.startsWith("Page") ? "work.pages" : "work.sheets", { count: parts })];
}

function summary(documents: readonly OpenedDocument[]): string {
  const tally = (state: FileStatus["state"]): number => documents.filter(({ status }) => status.state === state).length;
  const left = tally("waiting") + tally("reading");
  const failures = tally("failed");
  const said = [t("work.documents", { count: documents.length })];
  if (left > 0) said.push(t("work.toRead", { count: left }));
  if (failures > 0) said.push(t("work.notRead", { count: failures }));
  return `${said.join(", ")}.`;
}
