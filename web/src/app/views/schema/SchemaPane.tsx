/** What to look for: the kind of document, and the names of the fields. Their editor is loaded when it is asked for. */

import { useSignalEffect } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { t } from "../../i18n/index.js";
import { isObject } from "../../../shared/schema.js";
import { presetLabel } from "../../schema/labels.js";
import { PRESETS } from "../../schema/presets.js";
import { OWN } from "../../state/schema-state.js";
import { useApp } from "../context.js";
import { EditorLoader } from "./EditorLoader.js";

export function SchemaPane(): JSX.Element {
  const { schema, run } = useApp();
  const { value: editing } = schema.editing;
  const away = run.active || run.fields.value.length > 0;
  // What is found is shown in the place of the fields.
  useSignalEffect(() => { if (run.active) schema.editing.value = false; });
  const toggle = (): void => { schema.editing.value = !editing; };
  return (
    <section class="schema" aria-labelledby="schema-title" data-open={editing}>
      <div class="pane-head">
        <h2 id="schema-title">{t("schema.title")}</h2>
        <div class="actions">
          <Chooser />
          <button type="button" aria-expanded={editing} aria-controls="schema-editor" disabled={run.active} onClick={toggle}>
            {editing ? t("schema.closeFields") : t("schema.editFields")}
          </button>
        </div>
      </div>
      {!editing && !away && <Summary />}
      <div id="schema-editor">{editing && <EditorLoader />}</div>
    </section>
  );
}

function Chooser(): JSX.Element {
  const { schema, run } = useApp();
  const choose = ({ currentTarget }: TargetedEvent<HTMLSelectElement>): void => { schema.choose(currentTarget.value); };
  const { value: saved } = schema.saved.list;
  const presets = PRESETS.map(({ id }) => <option key={id} value={id}>{presetLabel(id)}</option>);
  const isThere = saved.some(({ id }) => id === schema.choice.value);
  return (
    <select aria-label={t("schema.chooser")} value={schema.choice.value} disabled={run.active} onChange={choose}>
      {saved.length > 0 ? <optgroup label={t("schema.groupPresets")}>{presets}</optgroup> : presets}
      {(saved.length > 0 || schema.isSaved()) && (
        <optgroup label={t("schema.groupSaved")}>
          {saved.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          {schema.isSaved() && !isThere && <option value={schema.choice.value}>…</option>}
        </optgroup>
      )}
      {schema.own.value !== "" && <option value={OWN}>{t("schema.own")}</option>}
    </select>
  );
}

/** The names of the fields in one quiet line. */
function Summary(): JSX.Element {
  const { schema } = useApp();
  const properties = schema.schema.value?.properties;
  const names = isObject(properties) ? Object.keys(properties) : [];
  const troubled = schema.schema.value === null || schema.refusal.value !== null;
  return (
    <>
      {names.length > 0 && <p class="field-names quiet">{names.map((name) => <span key={name}>{name}</span>)}</p>}
      {troubled && <p class="row-problem" role="alert">{schema.problemWords() ?? t("schema.needsChange")}</p>}
    </>
  );
}
