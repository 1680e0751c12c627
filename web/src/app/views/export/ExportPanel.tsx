/** Export of some results, or of one by itself: the format, what stands beside the values, and where it goes. */

import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { JsonSchema } from "../../../shared/schema.js";
import { asExcerptError, type ErrorData } from "../../../shared/errors.js";
import type { AppState } from "../../app-state.js";
import { copyText } from "../../copy.js";
import { downloadFile } from "../../download.js";
import type { Entry, Wanted } from "../../export/entry.js";
import type { ExportOf, Format } from "../../export/export.js";
import type { Titles } from "../../export/sheets.js";
import { t, type TextKey } from "../../i18n/index.js";
import { DocumentStore } from "../../store/documents.js";
import "../../style/export.css";
import { useApp } from "../context.js";
import { Problem } from "../Problem.js";

const TABLE = { copy: "export.copyTable", copied: "export.tableCopied" } as const;
const WORDS = {
  xlsx: TABLE, csv: TABLE,
  json: { copy: "export.copyJson", copied: "export.copied" },
  jsonl: { copy: "export.copyLines", copied: "export.copied" },
} as const satisfies Record<Format, { readonly copy: TextKey; readonly copied: TextKey }>;

const FORMATS: readonly Format[] = ["xlsx", "csv", "json", "jsonl"];

interface Props {
  readonly resultIds: readonly string[];
  readonly schema: JsonSchema;
  /** What the file is called, without its ending. */
  readonly name?: string;
  /** Is it one result that stands by itself? Then JSON is its values, as they are shown. */
  readonly alone?: boolean;
}

export function ExportPanel({ resultIds, schema, name = "excerpt", alone = false }: Props): JSX.Element {
  const app = useApp();
  const format = useSignal<Format>(alone ? "json" : "xlsx");
  const wanted = useSignal<Wanted>({ evidence: false, confidence: false });
  const of = resultIds.join(" ");
  const said = useSignal({ of, words: "" });
  const problem = useSignal<ErrorData | null>(null);
  const given = (): ExportOf => ({ entries: entriesOf(app, resultIds), schema, wanted: wanted.value, titles: titles(), alone });
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    said.value = { of, words: "" };
    problem.value = null;
    await act().catch((thrown: unknown) => { problem.value = asExcerptError(thrown).toData(); });
  };
  const save = async (): Promise<void> => {
    const { blob, ending } = await (await import("../../export/export.js")).exportFile(format.value, given());
    downloadFile(blob, `${name}.${ending}`);
  };
  const copy = async (): Promise<void> => {
    const { copied } = WORDS[format.value];
    const text = import("../../export/export.js").then(({ exportText }) => exportText(format.value, given()));
    said.value = { of, words: t(await copyText(text) ? copied : "export.notCopied") };
  };
  return (
    <section class="export" aria-labelledby="export-title" data-testid="export">
      <h3 id="export-title">{t("export.title")} {!alone && <span class="quiet">{t("export.what", { count: resultIds.length })}</span>}</h3>
      <div class="export-line">
        <select aria-label={t("export.format")} value={format.value} onChange={({ currentTarget }) => { format.value = currentTarget.value as Format; }}>
          {FORMATS.map((id) => <option key={id} value={id}>{t(`export.${id}`)}</option>)}
        </select>
        <Beside wanted={wanted} />
        <span class="actions">
          <button type="button" class={alone ? undefined : "primary"} onClick={() => void attempt(save)}>{t("export.download")}</button>
          <button type="button" onClick={() => void attempt(copy)}>{t(WORDS[format.value].copy)}</button>
        </span>
        <span class="quiet" role="status">{said.value.of === of ? said.value.words : ""}</span>
      </div>
      {problem.value !== null && <Problem error={problem.value} />}
    </section>
  );
}

/** What stands beside the values. */
function Beside({ wanted }: { readonly wanted: Signal<Wanted> }): JSX.Element {
  const { value } = wanted;
  return (
    <span class="export-line">
      <Choice label={t("export.withEvidence")} on={value.evidence} set={(evidence) => { wanted.value = { ...value, evidence }; }} />
      <Choice label={t("export.withConfidence")} on={value.confidence} set={(confidence) => { wanted.value = { ...value, confidence }; }} />
    </span>
  );
}

function Choice({ label, on, set }: { readonly label: string; readonly on: boolean; readonly set: (on: boolean) => void }): JSX.Element {
  return (
    <label class="export-choice">
      <input type="checkbox" checked={on} onChange={({ currentTarget }) => { set(currentTarget.checked); }} /> {label}
    </label>
  );
}

async function* entriesOf({ records, database }: AppState, ids: readonly string[]): AsyncGenerator<Entry> {
  const documents = new DocumentStore(database);
  await records.reviewsKept();
  for (const id of ids) {
    // The shown one as it is shown, also where what a person said of it could not be kept.
    const shown = records.current.peek();
    const record = shown?.id === id ? shown : await records.store.get(id);
    if (record === undefined) continue;
    const document = await documents.get(record.documentId);
    yield { record, text: document?.reading.text ?? null };
  }
}

function titles(): Titles {
  return {
    document: t("export.document"),
    documents: t("export.documents"),
    row: t("export.row"),
    evidence: (field) => t("export.evidenceOf", { field }),
    confidence: (field) => t("export.confidenceOf", { field }),
    reviewed: t("export.reviewedFields"),
  };
}
