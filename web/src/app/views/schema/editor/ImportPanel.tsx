/** Takes a schema that somebody brings along, as text or as a file. */

import { type Signal, useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { formatBytes } from "../../../format.js";
import { t } from "../../../i18n/index.js";
import { type Imported, recognise } from "../../../schema/importing.js";
import { useApp } from "../../context.js";
import { useEditing } from "./editing-context.js";

/** Larger files are no schema but a mistake. */
const MOST_BYTES = 2_000_000;

export function ImportPanel({ close }: { readonly close: () => void }): JSX.Element {
  const { text, problem, several, put, look, take } = useImport(close);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { area.current?.focus(); }, []);
  return (
    <form class="panel" aria-label={t("schema.importTitle")} onSubmit={(event) => { event.preventDefault(); look(); }}>
      <p class="quiet">{t("schema.importHint")}</p>
      <label for="import-text">{t("schema.importText")}</label>
      <textarea
        id="import-text" ref={area} class="json-source" rows={6} spellcheck={false} autocapitalize="off" value={text.value}
        aria-invalid={problem.value !== null} aria-describedby="import-problem" onInput={({ currentTarget }) => { put(currentTarget.value); }}
      />
      <div id="import-problem" role="status">{problem.value !== null && <p class="row-problem">{problem.value}</p>}</div>
      {several.value.length > 0 && <Several found={several.value} take={take} />}
      <div class="row-buttons">
        <button type="submit" class="primary" disabled={text.value.trim() === ""}>{t("schema.importUse")}</button>
        <FileButton taken={(value) => { put(value); look(); }} refused={(words) => { problem.value = words; }} />
        <button type="button" onClick={close}>{t("schema.cancel")}</button>
      </div>
    </form>
  );
}

interface Importing {
  readonly text: Signal<string>;
  readonly problem: Signal<string | null>;
  /** Where the text holds more than one schema. */
  readonly several: Signal<readonly Imported[]>;
  readonly put: (text: string) => void;
  readonly look: () => void;
  readonly take: (one: Imported) => void;
}

function useImport(close: () => void): Importing {
  const { schema } = useApp();
  const editing = useEditing();
  const text = useSignal("");
  const problem = useSignal<string | null>(null);
  const several = useSignal<readonly Imported[]>([]);
  const take = ({ schema: found, name }: Imported): void => {
    schema.replace(found, name);
    editing.open.value = null;
    editing.said.value = t("schema.saidImported");
    close();
  };
  const look = (): void => {
    const found = recognise(text.value);
    if (typeof found === "string") problem.value = t(found === "not-json" ? "schema.importNotJson" : "schema.importNoSchema");
    else if (found.length === 1 && found[0] !== undefined) take(found[0]);
    else several.value = found;
  };
  const put = (value: string): void => {
    text.value = value;
    problem.value = null;
    several.value = [];
  };
  return { text, problem, several, put, look, take };
}

interface SeveralProps {
  readonly found: readonly Imported[];
  readonly take: (one: Imported) => void;
}

function Several({ found, take }: SeveralProps): JSX.Element {
  return (
    <div role="group" aria-labelledby="import-which">
      <p id="import-which">{t("schema.importWhich")}</p>
      <div class="row-buttons">
        {found.map((one, index) => (
          <button key={index} type="button" onClick={() => { take(one); }}>{one.name === "" ? t("schema.importUnnamed", { number: index + 1 }) : one.name}</button>
        ))}
      </div>
    </div>
  );
}

interface FileProps {
  readonly taken: (text: string) => void;
  readonly refused: (words: string) => void;
}

function FileButton({ taken, refused }: FileProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const read = async ({ currentTarget }: TargetedEvent<HTMLInputElement>): Promise<void> => {
    const file = currentTarget.files?.[0];
    currentTarget.value = "";
    if (file === undefined) return;
    if (file.size > MOST_BYTES) refused(t("schema.importTooLarge", { size: formatBytes(file.size), most: formatBytes(MOST_BYTES) }));
    else taken(await file.text());
  };
  return (
    <>
      <button type="button" onClick={() => { input.current?.click(); }}>{t("schema.importFile")}</button>
      <input ref={input} type="file" hidden accept=".json,.txt,application/json,application/schema+json,text/plain" onChange={(event) => { void read(event); }} />
    </>
  );
}
