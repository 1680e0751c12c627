/** The one button that matters, and how far the work is. */

import type { JSX } from "preact";
import { type AppState, extractNow } from "../app-state.js";
import { foundSomething } from "../../shared/extraction.js";
import { formatDuration, formatSeconds } from "../format.js";
import { t } from "../i18n/index.js";
import type { Parts, RunState, RunStatus } from "../state/run-state.js";
import { useApp } from "./context.js";
import { Problem } from "./Problem.js";

export function RunBar(): JSX.Element {
  const app = useApp();
  const { run } = app;
  const { value } = run.status;
  const toldAbove = value.state === "failed" && app.model.status.value.state === "failed";
  return (
    <section class="run" aria-label={t("work.run")} data-testid="run" data-state={value.state}>
      {value.state === "failed" && !toldAbove && <Problem error={value.error} />}
      <div class="run-line">
        {run.active
          ? <button type="button" disabled={run.stopping.value} onClick={cancelOnce}>{t("work.cancel")}</button>
          : <button type="button" class="primary" onClick={() => { extractNow(app); }}>{t("work.extract")}</button>}
        <div class="run-words">
          <Bar status={value} />
          <p class="quiet" role="status">{words(app, toldAbove)}</p>
        </div>
      </div>
    </section>
  );

  /** The second click of a double click on Extract lands here and is not meant. */
  function cancelOnce({ detail }: MouseEvent): void {
    if (detail < 2) run.cancel();
  }
}

/** What is said beside the button. */
function words(app: AppState, toldAbove: boolean): string {
  const { run } = app;
  const { value } = run.status;
  if (run.stopping.value && run.active) return t("work.stopping");
  switch (value.state) {
    case "idle": return app.document.text.value === "" ? t("work.needsText") : "";
    case "queued": return queuedWords(app);
    case "running": return runningWords(run, value);
    case "done": return doneWords(run);
    case "cancelled": return cancelledWords(run);
    case "failed": return toldAbove ? t("work.modelFirst") : "";
  }
}

function queuedWords({ model }: AppState): string {
  return model.status.value.state === "ready" ? t("work.starting") : t("work.waitingForModel");
}

function runningWords({ names }: RunState, { parts, done }: Extract<RunStatus, { state: "running" }>): string {
  if (parts !== null) return partsWords(parts);
  return done === 0 ? t("work.readingText") : t("work.fieldsDone", { done, of: names.value.length });
}

function partsWords({ done, of, remainingMs }: Parts): string {
  const part = Math.min(done + 1, of);
  return remainingMs === null ? t("work.part", { part, of }) : t("work.partLeft", { part, of, time: formatDuration(remainingMs / 1000) });
}

function cancelledWords({ fields }: RunState): string {
  return fields.value.length === 0 ? t("work.cancelled") : t("work.cancelledWithFields");
}

function doneWords(run: RunState): string {
  const found = run.fields.value.filter(foundSomething).length;
  const stats = run.extraction.value?.stats;
  const of = run.names.value.length;
  return stats === undefined ? t("work.found", { found, of }) : t("work.foundIn", { found, of, time: formatSeconds(stats.prefillMs + stats.decodeMs) });
}

function Bar({ status }: { readonly status: RunStatus }): JSX.Element | null {
  const { run, readAhead } = useApp();
  if (status.state === "queued") return <progress aria-label={t("work.waitingBar")} />;
  if (status.state !== "running") return null;
  // Reading the text is the longer part, so it takes half of the bar.
  const read = status.done > 0 ? 1 : status.toRead > 0 ? status.read / status.toRead : readAhead.value;
  if (status.parts !== null) return <progress aria-label={t("work.run")} max={status.parts.of} value={status.parts.done + (status.toRead > 0 ? read : 0)} />;
  const found = status.done / Math.max(1, run.names.value.length);
  return <progress aria-label={t("work.run")} max={1} value={read / 2 + found / 2} />;
}
