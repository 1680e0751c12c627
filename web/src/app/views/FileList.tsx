/** The opened documents: which one is shown, and what became of the others. */

import type { JSX } from "preact";
import { formatBytes } from "../format.js";
import type { FileStatus, OpenedDocument } from "../state/files-state.js";
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
      <ul aria-label="Opened documents">
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
          onClick={() => { files.choose(id); }}
        >
          <span class="file-title">{name}</span>
          <span class="quiet">{stateWords(document)}</span>
        </button>
        <button type="button" class="file-end" disabled={chosen && run.active} onClick={() => { files.remove(id); }}>
          {atWork ? "Stop" : "Remove"}<span class="unseen"> {name}</span>
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
      return <progress aria-label={`Reading ${name}`} {...bar} />;
    }
    case "locked": return <PasswordForm id={id} name={name} wrong={status.wrong} error={status.error} />;
    case "failed": return <Problem error={status.error} />;
    case "ready": return <Warnings status={status} />;
    case "waiting": return null;
  }
}

function Warnings({ status }: { readonly status: Extract<FileStatus, { state: "ready" }> }): JSX.Element | null {
  const { warnings } = status.reading;
  if (warnings.length === 0) return null;
  return <>{warnings.map(({ code, message }) => <p key={code} class="notice" data-code={code}>{message}</p>)}</>;
}

function stateWords({ status, within, file }: OpenedDocument): string {
  const origin = within === null ? "" : `attached to ${within}, `;
  switch (status.state) {
    case "waiting": return `${origin}waiting`;
    case "reading": return `${origin}${status.progress === null ? "opening" : `page ${status.progress.done + 1} of ${status.progress.of}`}`;
    case "locked": return `${origin}needs a password`;
    case "failed": return `${origin}not read`;
    case "ready": return `${origin}${partsWords(status.reading.parts.length, status.reading.parts[0]?.label)}${file === null ? "text" : formatBytes(file.size)}`;
  }
}

function partsWords(parts: number, label = ""): string {
  if (parts === 0) return "";
  const noun = label.startsWith("Page") ? "page" : "sheet";
  return `${parts} ${noun}${parts === 1 ? "" : "s"}, `;
}

function summary(documents: readonly OpenedDocument[]): string {
  const tally = (state: FileStatus["state"]): number => documents.filter(({ status }) => status.state === state).length;
  const left = tally("waiting") + tally("reading");
  const failures = tally("failed");
  const all = `${documents.length} document${documents.length === 1 ? "" : "s"}`;
  const reading = left > 0 ? `, ${left} still to be read` : "";
  const failed = failures > 0 ? `, ${failures} not read` : "";
  return `${all}${reading}${failed}.`;
}
