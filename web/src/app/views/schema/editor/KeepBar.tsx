/** Keeps the schema under a name, and brings schemas in and out. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../../i18n/index.js";
import { useApp } from "../../context.js";
import { useEditing } from "./editing-context.js";
import { ExportPanel } from "./ExportPanel.js";
import { ImportPanel } from "./ImportPanel.js";
import { NameForm } from "./NameForm.js";

/** What is open below the buttons. */
type Panel = "save" | "rename" | "delete" | "import" | "export";

export function KeepBar(): JSX.Element {
  const { schema } = useApp();
  const panel = useSignal<Panel | null>(null);
  const isSaved = schema.isSaved();
  const close = (): void => { panel.value = null; };
  const toggle = (name: Panel, label: string): JSX.Element => (
    <button type="button" aria-expanded={panel.value === name} onClick={() => { panel.value = panel.value === name ? null : name; }}>{label}</button>
  );
  const duplicate = (): void => {
    schema.saveAs(t("schema.copyOf", { name: schema.name.value }));
    panel.value = "rename";
  };
  return (
    <div class="keep">
      {isSaved && <p class="quiet">{t("schema.savedAs", { name: schema.name.value })}</p>}
      {schema.saved.failed.value && <p class="row-problem" role="alert">{t("schema.notKept")}</p>}
      <div class="row-buttons">
        {!isSaved && toggle("save", t("schema.saveAs"))}
        {isSaved && toggle("rename", t("schema.rename"))}
        {isSaved && <button type="button" onClick={duplicate}>{t("schema.duplicate")}</button>}
        {isSaved && toggle("delete", t("schema.delete"))}
        {toggle("import", t("schema.import"))}
        {toggle("export", t("schema.export"))}
        <button type="button" onClick={() => { schema.replace(null); }}>{t("schema.startEmpty")}</button>
      </div>
      <Open panel={panel.value} close={close} />
    </div>
  );
}

function Open({ panel, close }: { readonly panel: Panel | null; readonly close: () => void }): JSX.Element | null {
  const { schema } = useApp();
  const editing = useEditing();
  const save = (name: string): void => {
    schema.saveAs(name);
    editing.said.value = t("schema.saidSaved", { name: schema.name.value });
    close();
  };
  const rename = (name: string): void => {
    schema.saved.change(schema.choice.value, { name });
    close();
  };
  switch (panel) {
    case null:
      return null;
    case "save":
      return <NameForm name={schema.givenName.value} done={save} close={close} />;
    case "rename":
      return <NameForm key={schema.choice.value} name={schema.name.value} done={rename} close={close} />;
    case "delete":
      return <DeleteForm close={close} />;
    case "import":
      return <ImportPanel close={close} />;
    case "export":
      return <ExportPanel />;
  }
}

function DeleteForm({ close }: { readonly close: () => void }): JSX.Element {
  const { schema } = useApp();
  const remove = (): void => {
    close();
    schema.deleteSaved();
  };
  return (
    <div class="panel" role="group" aria-labelledby="delete-sure">
      <p id="delete-sure">{t("schema.deleteSure", { name: schema.name.value })}</p>
      <div class="row-buttons">
        <button type="button" class="primary" onClick={remove}>{t("schema.delete")}</button>
        <button type="button" onClick={close}>{t("schema.keepIt")}</button>
      </div>
    </div>
  );
}
