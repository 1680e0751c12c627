/** What was found: each value with its place and how sure the model was, to be accepted, corrected or cleared. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";
import { redoLast, undoLast } from "./acts.js";
import { TierLine } from "../trust/TierLine.js";
import { Checks } from "./Checks.js";
import { FieldTree } from "./FieldTree.js";
import { JsonResult } from "./JsonResult.js";
import { sayPath } from "./say.js";

export function ReviewPane(): JSX.Element | null {
  const { run, schema } = useApp();
  if (run.schema.value === null || (!run.active && run.fields.value.length === 0)) return null;
  const changed = schema.schema.value !== null && JSON.stringify(schema.schema.value) !== JSON.stringify(run.schema.value);
  return (
    <section class="results" aria-labelledby="results-title">
      <div class="pane-head">
        <h2 id="results-title">{t("review.title")}</h2>
        <Tools />
      </div>
      {changed && !run.active && <p class="notice">{t("review.changed")}</p>}
      <CoverageNotice />
      <FieldTree />
      <Said />
      <Checks />
      <Keys />
      <JsonResult />
      <TierLine />
    </section>
  );
}

function Tools(): JSX.Element | null {
  const app = useApp();
  const { review } = app;
  if (!review.open.value) return null;
  const doubtful = review.order.value === "doubtful";
  return (
    <div class="actions">
      <span class="quiet figure" data-testid="reviewed">{t("review.progress", { done: review.reviewed.value, of: review.leaves.value.length })}</span>
      <button type="button" class="toggle" aria-pressed={doubtful} aria-keyshortcuts="u" onClick={() => { review.order.value = doubtful ? "schema" : "doubtful"; }}>{t("review.order")}</button>
      <button type="button" disabled={!review.canUndo.value} aria-keyshortcuts="z" onClick={() => { undoLast(app); }}>{t("review.undo")}</button>
      {review.canRedo.value && <button type="button" aria-keyshortcuts="Shift+Z" onClick={() => { redoLast(app); }}>{t("review.redo")}</button>}
    </div>
  );
}

/** Tells those who cannot see it what was done last. */
function Said(): JSX.Element {
  const { value: done } = useApp().review.done;
  return <p class="unseen" role="status">{done === null ? "" : t("review.saidDone", { name: sayPath(done.pointer), what: t(`review.${done.what}`) })}</p>;
}

/** Text is never lost silently: what the model could not read is named. */
function CoverageNotice(): JSX.Element | null {
  const coverage = useApp().run.extraction.value?.coverage;
  if (coverage === undefined) return null;
  const read = coverage.read.reduce((sum, { start, end }) => sum + end - start, 0);
  return read >= coverage.length ? null : <p class="notice">{t("review.partlyRead", { read, of: coverage.length })}</p>;
}

const KEYS = [
  ["↓ ↑", "review.keyNext"], ["a", "review.keyAccept"], ["e", "review.keyCorrect"], ["x", "review.keyClear"], ["z", "review.keyUndo"], ["Z", "review.keyRedo"],
  ["u", "review.keyOrder"], ["d", "review.keyDocument"], ["Esc", "review.keyBack"],
] as const;

function Keys(): JSX.Element | null {
  const { review } = useApp();
  if (!review.open.value) return null;
  return (
    <details class="keys">
      <summary>{t("review.keysTitle")}</summary>
      <dl>{KEYS.map(([key, words]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(words)}</dd></div>)}</dl>
    </details>
  );
}
