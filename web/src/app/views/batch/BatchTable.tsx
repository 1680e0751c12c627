/** The table: a row for each document, a column for each field; with filters, and what may be done to a row. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { errorText } from "../../i18n/errors.js";
import { t, type TextKey } from "../../i18n/index.js";
import { openResult } from "../../keeping.js";
import { addressOf } from "../../routes.js";
import { type BatchFilter, FILTERS, isUnsure, rowsOf } from "../../state/batch/batch-filter.js";
import type { BatchRow, Cell } from "../../state/batch/batch-row.js";
import type { ErrorData } from "../../../shared/errors.js";
import type { ResultStatus } from "../../../shared/record.js";
import { percent } from "../../format.js";
import { useApp } from "../context.js";
import { ExportPanel } from "../export/ExportPanel.js";
import { TierMark } from "../trust/TierMark.js";

const STATUS_WORDS = {
  waiting: "batch.waiting",
  running: "batch.running",
  done: "batch.doneStatus",
  failed: "batch.failedStatus",
  cancelled: "batch.cancelledStatus",
} as const satisfies Record<ResultStatus, TextKey>;

export function BatchTable(): JSX.Element {
  const { batch } = useApp();
  const filter = useSignal<BatchFilter>("all");
  const search = useSignal("");
  const rows = rowsOf(batch.rows.value, filter.value, search.value);
  const done = rows.filter(({ status }) => status === "done").map(({ id }) => id);
  return (
    <>
      <div class="batch-filter">
        <Filters chosen={filter.value} choose={(one) => { filter.value = one; }} />
        <input type="search" aria-label={t("batch.search")} placeholder={t("batch.search")} value={search.value} onInput={({ currentTarget }) => { search.value = currentTarget.value; }} />
      </div>
      {rows.length === 0 ? <p class="quiet" role="status">{t("batch.noneFound")}</p> : <Table rows={rows} />}
      {done.length > 0 && <ExportPanel resultIds={done} schema={batch.batch.value?.schema ?? {}} />}
    </>
  );
}

function Filters({ chosen, choose }: { readonly chosen: BatchFilter; readonly choose: (filter: BatchFilter) => void }): JSX.Element {
  const { batch } = useApp();
  return (
    <div class="filters" role="group" aria-label={t("batch.filters")}>
      {FILTERS.map((one) => (
        <button key={one} type="button" aria-pressed={one === chosen} onClick={() => { choose(one); }}>
          {t(`batch.${one}`)} <span class="quiet">{rowsOf(batch.rows.value, one).length}</span>
        </button>
      ))}
    </div>
  );
}

function Table({ rows }: { readonly rows: readonly BatchRow[] }): JSX.Element {
  const { batch } = useApp();
  return (
    <div class="table-room" role="region" aria-label={t("batch.tableLabel")} tabIndex={0}>
      <table class="batch-table">
        <thead>
          <tr>
            <th scope="col">{t("batch.document")}</th>
            <th scope="col">{t("batch.status")}</th>
            {batch.columns.value.map(({ title }) => <th key={title} scope="col">{title}</th>)}
          </tr>
        </thead>
        <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: BatchRow }): JSX.Element {
  const app = useApp();
  const open = async (): Promise<void> => {
    const record = await app.records.store.get(row.id);
    if (record !== undefined && await openResult(app, record)) location.hash = addressOf("work");
  };
  return (
    <tr data-testid="batch-row" data-state={row.status}>
      <th scope="row">
        <button type="button" class="plain" aria-label={t("batch.openDocument", { name: row.name })} disabled={app.run.active} onClick={() => void open()}>{row.name}</button>
      </th>
      <Status row={row} />
      {app.batch.columns.value.map(({ title }, index) => <Value key={title} cell={row.cells[index]} />)}
    </tr>
  );
}

function Status({ row: { id, name, status, error, tier, why } }: { readonly row: BatchRow }): JSX.Element {
  const { batch } = useApp();
  const again = status === "failed" || status === "cancelled";
  return (
    <td class="batch-status">
      {status === "running" ? <Share id={id} /> : t(STATUS_WORDS[status])}
      {status !== "waiting" && status !== "running" && <TierMark tier={tier} why={why} />}
      {error !== null && <RowError error={error} />}
      {again && <button type="button" aria-label={t("batch.retryOf", { name })} onClick={() => void batch.retry([id])}>{t("batch.retry")}</button>}
    </td>
  );
}

function RowError({ error }: { readonly error: ErrorData }): JSX.Element {
  const { message, advice, lang } = errorText(error);
  return <p class="batch-error" lang={lang} data-code={error.code}>{message} {advice}</p>;
}

/** Apart from its row, for it changes many times while the row does not. */
function Share({ id }: { readonly id: string }): JSX.Element {
  const { value: underway } = useApp().batch.underway;
  return <progress aria-label={t("batch.running")} max={1} value={underway?.id === id ? underway.share : 0} />;
}

function Value({ cell }: { readonly cell: Cell | undefined }): JSX.Element {
  if (cell === undefined || cell.text === "") return <td class="none" />;
  const unsure = isUnsure(cell);
  const title = cell.reviewed ? t("batch.reviewed") : t("batch.confidence", { percent: percent(cell.confidence) });
  return (
    <td class={unsure ? "unsure" : undefined} data-reviewed={cell.reviewed} title={title}>
      {cell.count === null ? cell.text : <><span class="quiet">{t("batch.rows", { count: cell.count })}: </span>{cell.text}</>}
      {unsure && <span class="unseen"> ({title})</span>}
    </td>
  );
}
