/** Many documents, one schema, one table. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { addressOf } from "../../routes.js";
import "../../style/batch.css";
import { useApp } from "../context.js";
import { ModelPanel } from "../ModelPanel.js";
import { OpenButtons } from "../OpenButtons.js";
import { EmptyScreen } from "../shell/EmptyScreen.js";
import { BatchProgress } from "./BatchProgress.js";
import { BatchTable } from "./BatchTable.js";

export function BatchScreen(): JSX.Element {
  const { batch, files } = useApp();
  const empty = batch.batch.value === null && files.documents.value.length === 0;
  return (
    <>
      <ModelPanel />
      {empty ? <EmptyScreen title={t("batch.title")} words={t("batch.empty")}><div class="actions"><OpenButtons /></div></EmptyScreen> : <Work />}
    </>
  );
}

function Work(): JSX.Element {
  const { batch, database } = useApp();
  const { value: trouble } = database.trouble;
  return (
    <section class="batch" aria-labelledby="batch-title" data-testid="batch" data-state={batch.batch.value?.state ?? "none"}>
      <div class="pane-head">
        <h2 id="batch-title">{t("batch.title")}</h2>
        <div class="actions"><OpenButtons /></div>
      </div>
      {trouble !== null && <p class="notice" role="status">{t(trouble === "full" ? "batch.full" : "batch.notKept")}</p>}
      <Start />
      {batch.batch.value !== null && <BatchProgress />}
      {batch.batch.value !== null && <BatchTable />}
    </section>
  );
}

/** The documents that are not in the table yet, and the button that puts them there. */
function Start(): JSX.Element {
  const { batch, files, schema } = useApp();
  const { value: documents } = files.documents;
  const readable = documents.filter(({ status }) => status.state === "ready");
  const missing = batch.missing(readable, schema.schema.value);
  const reading = documents.filter(({ status }) => status.state === "waiting" || status.state === "reading").length;
  const refused = documents.filter(({ status }) => status.state === "failed" || status.state === "locked").length;
  const goesOn = missing.length < readable.length;
  const { value: wanted } = schema.schema;
  return (
    <div class="batch-start">
      {missing.length > 0 && (
        <button
          type="button" class="primary" disabled={wanted === null || schema.problem() !== null}
          onClick={() => { if (wanted !== null) void batch.start(missing, wanted, schema.name.value); }}
        >
          {t(goesOn ? "batch.startMore" : "batch.start", { count: missing.length })}
        </button>
      )}
      <p class="quiet">
        {schema.problem() === null ? t("batch.schema", { name: schema.name.value }) : t("batch.schemaFirst")}
        {" "}<a href={addressOf("work")}>{t("batch.changeSchema")}</a>
      </p>
      {reading > 0 && <p class="quiet" role="status">{t("batch.stillReading", { count: reading })}</p>}
      {refused > 0 && <p class="quiet">{t("batch.notTaken", { count: refused })} <a href={addressOf("work")}>{t("work.opened")}</a></p>}
    </div>
  );
}
