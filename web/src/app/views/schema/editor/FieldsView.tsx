/** The schema as fields, and what the document suggests beside them. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../../i18n/index.js";
import { contentOf, parseSchema, pretty } from "../../../schema/content.js";
import { ROOT } from "../../../schema/draft.js";
import { canBePlain, plain } from "../../../schema/plain.js";
import { useApp } from "../../context.js";
import { useEditing } from "./editing-context.js";
import { FieldTree } from "./FieldTree.js";
import { SuggestPanel } from "./SuggestPanel.js";

export function FieldsView(): JSX.Element {
  const { schema } = useApp();
  const editing = useEditing();
  const suggesting = useSignal(false);
  const root = schema.root.value;
  if (root === null) return <NotFields />;
  const whole = schema.problemAt(ROOT);
  return (
    <>
      <FieldTree draft={root} parent={ROOT} />
      {whole !== null && <p class="row-problem" role="alert">{whole}</p>}
      <div class="row-buttons add">
        <button type="button" onClick={() => { editing.add(ROOT); }}>{t("schema.addField")}</button>
        <button type="button" aria-expanded={suggesting.value} onClick={() => { suggesting.value = !suggesting.value; }}>{t("schema.suggest")}</button>
      </div>
      {suggesting.value && <SuggestPanel close={() => { suggesting.value = false; }} />}
    </>
  );
}

/** What cannot be shown as fields says so, and offers plainer words where there are any. */
function NotFields(): JSX.Element {
  const { schema } = useApp();
  const value = parseSchema(schema.source.value);
  if (value === null) return <p class="row-problem" role="alert">{t("schema.notJsonYet")}</p>;
  const plainer = canBePlain(value, value) ? pretty(plain(value, value)) : null;
  const helps = plainer !== null && contentOf(plainer, schema.keys).root !== null;
  return (
    <>
      <p class="row-problem" role="alert">{t("schema.notFields")}</p>
      {helps && <button type="button" onClick={() => { schema.editSource(plainer); }}>{t("schema.makePlain")}</button>}
    </>
  );
}
