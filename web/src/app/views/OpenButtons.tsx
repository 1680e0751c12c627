/** The ways to files: several at once, or a folder with all that is in it. */

import type { JSX, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../i18n/index.js";
import { documentsOf } from "../text/incoming.js";
import { useApp } from "./context.js";

/** What the system's own dialogue offers first; any other file may be chosen all the same. */
const ACCEPTED = ".pdf,.docx,.xlsx,.csv,.tsv,.txt,.md,.html,.htm,.eml,text/*,message/rfc822,application/pdf,image/*";

const HAS_FOLDERS = typeof HTMLInputElement !== "undefined" && "webkitdirectory" in HTMLInputElement.prototype && !matchMedia("(pointer: coarse)").matches;

/** An attribute that every browser of a desktop knows and no type does. */
const WHOLE_FOLDER = { webkitdirectory: true };

export function OpenButtons(): JSX.Element {
  const { run } = useApp();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const open = useOpen();
  return (
    <>
      <button type="button" disabled={run.active} onClick={() => { files.current?.click(); }}>{t("work.openFiles")}</button>
      <input ref={files} class="unseen" type="file" multiple accept={ACCEPTED} tabIndex={-1} aria-label={t("work.files")} aria-hidden="true" onChange={open} />
      {HAS_FOLDERS && <button type="button" disabled={run.active} onClick={() => { folder.current?.click(); }}>{t("work.openFolder")}</button>}
      {HAS_FOLDERS && (
        <input ref={folder} class="unseen" type="file" {...WHOLE_FOLDER} tabIndex={-1} aria-label={t("work.folder")} aria-hidden="true" onChange={open} />
      )}
    </>
  );
}

function useOpen(): (event: TargetedEvent<HTMLInputElement>) => void {
  const { files } = useApp();
  return ({ currentTarget }) => {
    files.open(documentsOf(currentTarget.files ?? []));
    currentTarget.value = ""; // So that the same file can be chosen again.
  };
}
