/** The document: to be written, pasted or opened, and after extraction to be read with its evidence marked. */

import type { JSX } from "preact";
import { t } from "../i18n/index.js";
import { editText } from "../keeping.js";
import { EXAMPLES } from "../schema/examples.js";
import { PRESETS } from "../schema/presets.js";
import { useApp } from "./context.js";
import { FileList } from "./FileList.js";
import { LeftNotice } from "./history/LeftNotice.js";
import { OpenButtons } from "./OpenButtons.js";
import { Problem } from "./Problem.js";
import { DocumentSheet } from "./review/DocumentSheet.js";

export function DocumentPane(): JSX.Element {
  const { document: source, run } = useApp();
  const marked = run.active || run.fields.value.length > 0;
  const problem = source.problem.value;
  return (
    <section class="document" aria-labelledby="document-title">
      <div class="pane-head">
        <h2 id="document-title">{t("work.title")}</h2>
        <Actions marked={marked} />
      </div>
      {problem !== null && <Problem error={problem} />}
      <FileList />
      <LeftNotice />
      <DocumentSheet marked={marked} />
      <Foot />
    </section>
  );
}

function Actions({ marked }: { readonly marked: boolean }): JSX.Element {
  const app = useApp();
  const { document: source, files, run } = app;
  const empty = source.text.value === "" && files.documents.value.length === 0;
  return (
    <div class="actions">
      {marked && !run.active && <button type="button" onClick={() => { app.view.wanted.value = null; editText(app); }}>{t("work.editText")}</button>}
      {empty && <ExampleButton />}
      <OpenButtons />
      {!empty && <button type="button" disabled={run.active} onClick={() => void files.clear()}>{t("work.clear")}</button>}
    </div>
  );
}

function ExampleButton(): JSX.Element | null {
  const { document: source, schema } = useApp();
  const preset = PRESETS.find(({ id }) => id === schema.choice.value) ?? PRESETS[0];
  const example = preset === undefined ? undefined : EXAMPLES[preset.id];
  if (preset === undefined || example === undefined) return null;
  return (
    <button type="button" onClick={() => { source.setText(example); }}>{t("work.example")}</button>
  );
}

function Foot(): JSX.Element {
  const { document: { text, kept }, files, database } = useApp();
  if (text.value === "") return <p class="foot quiet">{t("work.stays")}</p>;
  const onDevice = files.shown.value !== null && database.trouble.value === null;
  return (
    <p class="foot quiet figures">
      <span>{t("work.characters", { count: text.value.length })}</span>
      <span>{t(onDevice ? "work.keptHere" : kept.value ? "work.kept" : "work.notKept")}</span>
    </p>
  );
}
