/** How far the batch is, and the buttons that hold it or let it go on. */

import type { JSX } from "preact";
import { formatDuration } from "../../format.js";
import { t } from "../../i18n/index.js";
import type { BatchState } from "../../state/batch/batch-state.js";
import { rowsOf } from "../../state/batch/batch-filter.js";
import { useApp } from "../context.js";
import { Problem } from "../Problem.js";

export function BatchProgress(): JSX.Element {
  const { batch } = useApp();
  const { value: problem } = batch.problem;
  const { value: rows } = batch.rows;
  const open = rowsOf(rows, "open").length;
  const under = batch.underway.value?.share ?? 0;
  return (
    <div class="batch-progress">
      {problem !== null && <p class="notice">{t("batch.pausedBy")}</p>}
      {problem !== null && <Problem error={problem} />}
      {open > 0 && <progress aria-label={t("batch.progress")} max={rows.length} value={rows.length - open + under} />}
      <p class="quiet figures" role="status">{words(batch).map((part) => <span key={part}>{part}</span>)}</p>
      <Buttons />
    </div>
  );
}

function words(batch: BatchState): string[] {
  const { value: rows } = batch.rows;
  const open = rowsOf(rows, "open").length;
  const failed = rowsOf(rows, "failed").length;
  const { value: remaining } = batch.remaining;
  const said = [t("batch.done", { done: rowsOf(rows, "finished").length, of: rows.length })];
  if (failed > 0) said.push(t("batch.failedCount", { count: failed }));
  if (batch.active && remaining !== null && open > 0) said.push(t("batch.left", { time: formatDuration(remaining / 1000) }));
  if (batch.batch.value?.state === "paused") said.push(t("batch.paused"));
  if (batch.active) said.push(t("batch.goesOn"));
  if (batch.batch.value?.state === "ended") said.push(t("batch.closed"));
  return said;
}

function Buttons(): JSX.Element {
  const { batch } = useApp();
  const { value: rows } = batch.rows;
  const failed = rowsOf(rows, "failed").map(({ id }) => id);
  const state = batch.batch.value?.state;
  return (
    <div class="actions">
      {state === "running" && <button type="button" onClick={() => void batch.pause()}>{t("batch.pause")}</button>}
      {state === "paused" && <button type="button" class="primary" onClick={() => void batch.resume()}>{t("batch.resume")}</button>}
      {state !== "ended" && <button type="button" onClick={() => void batch.cancel()}>{t("batch.cancel")}</button>}
      {failed.length > 0 && <button type="button" onClick={() => void batch.retry(failed)}>{t("batch.retryAll", { count: failed.length })}</button>}
      {state === "ended" && <button type="button" onClick={() => void batch.close()}>{t("batch.close")}</button>}
    </div>
  );
}
