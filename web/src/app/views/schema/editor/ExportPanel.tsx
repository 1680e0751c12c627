/** Gives the schema away in the form that another program takes. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { download } from "../../../download.js";
import { t, type TextKey } from "../../../i18n/index.js";
import { EXPORT_FORMS, exported, type ExportForm, exportName } from "../../../schema/exporting.js";
import { useApp } from "../../context.js";
import { useEditing } from "./editing-context.js";

const FORM_LABELS = {
  schema: "schema.exportSchema", "response-format": "schema.exportResponseFormat", tool: "schema.exportTool",
} as const satisfies Record<ExportForm, TextKey>;

export function ExportPanel(): JSX.Element {
  const { schema } = useApp();
  const editing = useEditing();
  const form = useSignal<ExportForm>("schema");
  const said = useSignal("");
  const wanted = schema.schema.value;
  const name = schema.givenName.value || schema.name.value;
  if (wanted === null) return <p class="panel row-problem" role="status">{schema.problemWords()}</p>;
  const text = exported(wanted, name, form.value);
  const copy = (): void => {
    const tell = (words: string): void => { said.value = editing.said.value = words; };
    navigator.clipboard.writeText(text).then(() => { tell(t("schema.saidCopied")); }, () => { tell(t("schema.saidNotCopied")); });
  };
  return (
    <div class="panel" role="group" aria-label={t("schema.export")}>
      <label for="export-form">{t("schema.exportForm")}</label>
      <select id="export-form" value={form.value} onChange={({ currentTarget }) => { form.value = currentTarget.value as ExportForm; said.value = ""; }}>
        {EXPORT_FORMS.map((one) => <option key={one} value={one}>{t(FORM_LABELS[one])}</option>)}
      </select>
      <div class="row-buttons">
        <button type="button" onClick={copy}>{t("schema.copy")}</button>
        <button type="button" onClick={() => { download(text, exportName(name, form.value)); }}>{t("schema.download")}</button>
        <span class="quiet">{said.value}</span>
      </div>
    </div>
  );
}
