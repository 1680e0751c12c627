/** The editor of a schema: as fields or as JSON, with undo, suggestions, and what keeps and exchanges schemas. */

import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { useMemo } from "preact/hooks";
import "../../../style/schema.css";
import { t } from "../../../i18n/index.js";
import { FieldEditing } from "../../../state/field-editing.js";
import type { SchemaTab } from "../../../state/schema-state.js";
import { useApp } from "../../context.js";
import { EditingContext, useEditing } from "./editing-context.js";
import { FieldsView } from "./FieldsView.js";
import { JsonEditor } from "./JsonEditor.js";
import { KeepBar } from "./KeepBar.js";

export function SchemaEditor(): JSX.Element {
  const { schema } = useApp();
  const editing = useMemo(() => new FieldEditing(schema), []);
  return (
    <EditingContext.Provider value={editing}>
      <div class="schema-editor" onKeyDown={(event) => { stepBack(editing, event); }}>
        <div class="editor-head">
          <Tabs />
          <StepButtons />
        </div>
        <p class="unseen" role="status">{editing.said.value}</p>
        <div id="schema-panel" role="tabpanel" aria-labelledby={`tab-${schema.tab.value}`}>
          {schema.tab.value === "fields" ? <FieldsView /> : <JsonEditor />}
        </div>
        <KeepBar />
      </div>
    </EditingContext.Provider>
  );
}

/** Ctrl+Z takes back a change of the fields, except in a text, where it takes back what was typed. */
function stepBack(editing: FieldEditing, event: TargetedKeyboardEvent<HTMLElement>): void {
  const { target, key, ctrlKey, metaKey, shiftKey } = event;
  const typing = target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === "text");
  if (typing || !(ctrlKey || metaKey)) return;
  const back = key.toLowerCase() === "z" && !shiftKey;
  const forth = (key.toLowerCase() === "z" && shiftKey) || key.toLowerCase() === "y";
  if (!back && !forth) return;
  event.preventDefault();
  if (back) editing.undo();
  else editing.redo();
}

function StepButtons(): JSX.Element {
  const { schema } = useApp();
  const editing = useEditing();
  return (
    <div class="actions">
      <button type="button" disabled={!schema.canUndo.value} onClick={() => { editing.undo(); }}>{t("schema.undo")}</button>
      <button type="button" disabled={!schema.canRedo.value} onClick={() => { editing.redo(); }}>{t("schema.redo")}</button>
    </div>
  );
}

function Tabs(): JSX.Element {
  const { schema } = useApp();
  const moved = useSignal(false);
  const tab = (name: SchemaTab, label: string): JSX.Element => (
    <button
      type="button" role="tab" id={`tab-${name}`} aria-controls="schema-panel"
      aria-selected={schema.tab.value === name} tabIndex={schema.tab.value === name ? 0 : -1}
      ref={(button) => {
        if (button === null || !moved.peek() || schema.tab.peek() !== name) return;
        moved.value = false;
        button.focus();
      }}
      onClick={() => { schema.tab.value = name; }}
    >
      {label}
    </button>
  );
  const change = ({ key }: TargetedKeyboardEvent<HTMLDivElement>): void => {
    if (key !== "ArrowLeft" && key !== "ArrowRight") return;
    moved.value = true;
    schema.tab.value = schema.tab.value === "fields" ? "json" : "fields";
  };
  return (
    <div class="tabs" role="tablist" aria-label={t("schema.views")} onKeyDown={change}>
      {tab("fields", t("schema.tabFields"))}
      {tab("json", t("schema.tabJson"))}
    </div>
  );
}
