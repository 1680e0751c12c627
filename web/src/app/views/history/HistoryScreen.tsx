/** What was found before: to be searched, opened, taken along and deleted. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { downloadFile } from "../../download.js";
import { locale, t } from "../../i18n/index.js";
import { openResult } from "../../keeping.js";
import { addressOf } from "../../routes.js";
import { type HistoryEntry, HistoryState } from "../../state/history/history-state.js";
import "../../style/history.css";
import { useApp } from "../context.js";
import { Problem } from "../Problem.js";
import { EmptyScreen } from "../shell/EmptyScreen.js";
import { TierMark } from "../trust/TierMark.js";

interface Props {
  readonly history: HistoryState;
}

export function HistoryScreen(): JSX.Element {
  const app = useApp();
  const history = useMemo(() => new HistoryState(app.database, app, app.schema.saved), [app]);
  useEffect(() => {
    void history.load();
    return app.records.onSettled(() => void history.load());
  }, [history]);
  const entries = history.entries.value;
  const empty = entries?.length === 0 && history.search.value === "";
  const schemas = app.schema.saved.list.value.length;
  return (
    <>
      {empty && <EmptyScreen title={t("history.title")} words={t("history.empty")}><Transfer history={history} exports={schemas > 0} /></EmptyScreen>}
      <section class="history" aria-labelledby={empty ? undefined : "history-title"} aria-busy={entries === null || history.busy.value} data-testid="history">
        {!empty && (
          <div class="pane-head">
            <h2 id="history-title">{t("history.title")}</h2>
            <Transfer history={history} exports />
          </div>
        )}
        <Said history={history} />
        {!empty && <Found history={history} />}
      </section>
    </>
  );
}

function Found({ history }: Props): JSX.Element {
  const { value: entries } = history.entries;
  return (
    <>
      <Find history={history} />
      {entries !== null && entries.length > 0 && <Entries history={history} entries={entries} />}
      {entries?.length === 0 && <p class="quiet" role="status">{t("history.noneFound")}</p>}
      <DeleteAll history={history} />
    </>
  );
}

function Transfer({ history, exports }: Props & { readonly exports: boolean }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const save = async (): Promise<void> => {
    const file = await history.export();
    if (file !== null) downloadFile(file, `excerpt-history-${new Date().toISOString().slice(0, 10)}.jsonl.gz`);
  };
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file !== undefined) void history.import(file);
  };
  return (
    <div class="actions">
      {exports && <button type="button" disabled={history.busy.value} onClick={() => void save()}>{t("history.exportAll")}</button>}
      <button type="button" disabled={history.busy.value} onClick={() => { input.current?.click(); }}>{t("history.importFile")}</button>
      <input
        ref={input} class="unseen" type="file" accept=".gz,.jsonl,application/gzip" tabIndex={-1} aria-hidden="true" aria-label={t("history.importLabel")}
        onChange={({ currentTarget }) => { take(currentTarget.files); currentTarget.value = ""; }}
      />
    </div>
  );
}

function Said({ history }: Props): JSX.Element | null {
  const { value: said } = history.said;
  if (history.busy.value) return <p class="quiet" role="status">{t("history.working")}</p>;
  if (said === null) return null;
  if (said.kind === "problem") return <Problem error={said.error} />;
  const { renamed, ...counts } = said.imported;
  return (
    <p class="notice" role="status">
      {t("history.imported", counts)}
      {renamed.length > 0 && ` ${t("history.renamed", { names: new Intl.ListFormat(locale.value).format(renamed.map((name) => t("history.quoted", { name }))) })}`}
    </p>
  );
}

function Find({ history }: Props): JSX.Element {
  return (
    <div class="history-find">
      <input
        type="search" aria-label={t("history.search")} placeholder={t("history.search")} value={history.search.value}
        onInput={({ currentTarget }) => void history.find(currentTarget.value)}
      />
      <p class="quiet">{t("history.kept")}</p>
    </div>
  );
}

function Entries({ history, entries }: Props & { readonly entries: readonly HistoryEntry[] }): JSX.Element {
  return (
    <>
      <ul class="history-list" aria-label={t("history.entries")}>
        {entries.map((entry) => <Entry key={entry.id} history={history} entry={entry} />)}
      </ul>
      {history.more.value && <button type="button" onClick={() => void history.showMore()}>{t("history.more")}</button>}
    </>
  );
}

function Entry({ history, entry }: Props & { readonly entry: HistoryEntry }): JSX.Element {
  const app = useApp();
  const gone = useSignal(false);
  const open = async (): Promise<void> => {
    const record = await history.get(entry.id);
    if (record !== undefined && await openResult(app, record)) location.hash = addressOf("work");
    else gone.value = true;
  };
  return (
    <li data-testid="history-entry" data-state={entry.status}>
      <div class="history-words">
        <p><strong>{entry.name}</strong> <span class="quiet">{details(entry)}{entry.tier !== "" && " · "}</span><TierMark tier={entry.tier} why={entry.why} /></p>
        {entry.summary !== "" && <p class="history-summary">{entry.summary}</p>}
        {gone.value && <p class="notice" role="status">{t("history.gone")}</p>}
      </div>
      <div class="actions">
        <button type="button" aria-label={t("history.openOf", { name: entry.name })} disabled={app.run.active} onClick={() => void open()}>{t("history.open")}</button>
        <button type="button" aria-label={t("history.deleteOf", { name: entry.name })} onClick={() => void history.delete(entry)}>{t("history.delete")}</button>
      </div>
    </li>
  );
}

function details({ schemaName, startedAt, status, reviewed }: HistoryEntry): string {
  const said = [schemaName, new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" }).format(startedAt)];
  if (status === "failed") said.push(t("history.failed"));
  if (status === "cancelled") said.push(t("history.cancelled"));
  if (reviewed > 0) said.push(t("history.reviewed", { count: reviewed }));
  return said.join(" · ");
}

/** What cannot be undone is asked twice. */
function DeleteAll({ history }: Props): JSX.Element {
  const asked = useSignal(false);
  if (!asked.value) {
    return <div class="actions"><button type="button" onClick={() => { asked.value = true; }}>{t("history.deleteAll")}</button></div>;
  }
  return (
    <div class="problem" role="alert">
      <p>{t("history.deleteAllSure")}</p>
      <div class="actions">
        <button type="button" onClick={() => { asked.value = false; void history.deleteAll(); }}>{t("history.deleteAllNow")}</button>
        <button type="button" class="primary" onClick={() => { asked.value = false; }}>{t("history.keep")}</button>
      </div>
    </div>
  );
}
