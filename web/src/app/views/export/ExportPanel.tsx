/** Export of some results: the format, what stands beside the values, and where it goes. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { JsonSchema } from "../../../shared/schema.js";
import { asExcerptError, type ErrorData } from "../../../shared/errors.js";
import type { AppState } from "../../app-state.js";
import type { Entry, Wanted } from "../../export/entry.js";
import type { ExportOf, Format } from "../../export/export.js";
import type { Titles } from "../../export/sheets.js";
import { t } from "../../i18n/index.js";
import { DocumentStore } from "../../store/documents.js";
import { useApp } from "../context.js";
import { downloadFile } from "../../download.js";
import { Problem } from "../Problem.js";

const FORMATS: readonly (readonly [Format, "batch.formatXlsx" | "batch.formatCsv" | "batch.formatJson" | "batch.formatJsonl"])[] = [
  ["xlsx", "batch.formatXlsx"], ["csv", "batch.formatCsv"], ["json", "batch.formatJson"], ["jsonl", "batch.formatJsonl"],
];

interface Props {
  readonly resultIds: readonly string[];
  readonly schema: JsonSchema;
  /** What the file is called, without its ending. */
  readonly name?: string;
}

export function ExportPanel({ resultIds, schema, name = "excerpt" }: Props): JSX.Element {
  const app = useApp();
  const format = useSignal<Format>("xlsx");
  const wanted = useSignal<Wanted>({ evidence: false, confidence: false });
  const said = useSignal("");
  const problem = useSignal<ErrorData | null>(null);
  const given = (): ExportOf => ({ entries: entriesOf(app, resultIds), schema, wanted: wanted.value, titles: titles() });
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    said.value = "";
    problem.value = null;
    await act().catch((thrown: unknown) => { problem.value = asExcerptError(thrown).toData(); });
  };
  const save = async (): Promise<void> => {
    const { exportFile } = await import("../../export/export.js");
    const { blob, ending } = await exportFile(format.value, given());
    downloadFile(blob, `${name}.${ending}`);
  };
  const copy = async (): Promise<void> => {
    const { exportTable } = await import("../../export/export.js");
    said.value = await copied(await exportTable(given()));
  };
  return (
    <section class="export" aria-labelledby="export-title" data-testid="export">
      <h3 id="export-title">{t("batch.exportTitle")} <span class="quiet">{t("batch.exportWhat", { count: resultIds.length })}</span></h3>
      <div class="export-line">
        <select aria-label={t("batch.format")} value={format.value} onChange={({ currentTarget }) => { format.value = currentTarget.value as Format; }}>
          {FORMATS.map(([id, label]) => <option key={id} value={id}>{t(label)}</option>)}
        </select>
        <Choice label={t("batch.withEvidence")} on={wanted.value.evidence} set={(evidence) => { wanted.value = { ...wanted.value, evidence }; }} />
        <Choice label={t("batch.withConfidence")} on={wanted.value.confidence} set={(confidence) => { wanted.value = { ...wanted.value, confidence }; }} />
        <button type="button" class="primary" onClick={() => void attempt(save)}>{t("batch.download")}</button>
        <button type="button" onClick={() => void attempt(copy)}>{t("batch.copy")}</button>
        <span class="quiet" role="status">{said.value}</span>
      </div>
      {problem.value !== null && <Problem error={problem.value} />}
    </section>
  );
}

function Choice({ label, on, set }: { readonly label: string; readonly on: boolean; readonly set: (on: boolean) => void }): JSX.Element {
  return (
    <label class="choice">
      <input type="checkbox" checked={on} onChange={({ currentTarget }) => { set(currentTarget.checked); }} /> {label}
    </label>
  );
}

async function copied(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return t("batch.copied");
  } catch {
    return t("batch.notCopied");
  }
}

async function* entriesOf({ records, database }: AppState, ids: readonly string[]): AsyncGenerator<Entry> {
  const documents = new DocumentStore(database);
  for (const id of ids) {
    const record = await records.store.get(id);
    if (record === undefined) continue;
    const document = await documents.get(record.documentId);
    yield { record, text: document?.reading.text ?? null };
  }
}

function titles(): Titles {
  return {
    document: t("batch.document"),
    documents: t("batch.documents"),
    row: t("batch.row"),
    evidence: (field) => t("batch.evidenceOf", { field }),
    confidence: (field) => t("batch.confidenceOf", { field }),
    reviewed: t("batch.reviewedFields"),
  };
}
