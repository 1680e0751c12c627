/** What to look for: a preset or the reader's own, as a list of fields or as JSON Schema. */

import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent, TargetedKeyboardEvent } from "preact";
import { PRESETS } from "../schema/presets.js";
import { OWN, type SchemaTab } from "../state/schema-state.js";
import { useApp } from "./context.js";
import { FieldList } from "./FieldList.js";
import { JsonEditor } from "./JsonEditor.js";

export function SchemaPane(): JSX.Element {
  const { schema, run } = useApp();
  const away = run.active || run.fields.value.length > 0;
  const reopened = useSignal(false);
  if (!away) reopened.value = false;
  const open = !away || reopened.value;
  return (
    <section class="schema" aria-labelledby="schema-title" data-open={open}>
      <div class="pane-head">
        <h2 id="schema-title">What to look for</h2>
        <div class="actions">
          {away && (
            <button type="button" aria-expanded={open} onClick={() => { reopened.value = !open; }}>
              {open ? "Hide fields" : "Show fields"}
            </button>
          )}
          <PresetChooser />
        </div>
      </div>
      {open && <Tabs />}
      {open && (schema.tab.value === "fields" ? <FieldList /> : <JsonEditor />)}
    </section>
  );
}

function PresetChooser(): JSX.Element {
  const { schema, run } = useApp();
  const choose = ({ currentTarget }: TargetedEvent<HTMLSelectElement>): void => { schema.choose(currentTarget.value); };
  return (
    <select aria-label="Kind of document" value={schema.choice.value} disabled={run.active} onChange={choose}>
      {PRESETS.map(({ id, label }) => <option key={id} value={id}>{label}</option>)}
      {schema.own.value !== "" && <option value={OWN}>My own fields</option>}
    </select>
  );
}

function Tabs(): JSX.Element {
  const { schema } = useApp();
  const tab = (name: SchemaTab, label: string): JSX.Element => (
    <button
      type="button" role="tab" id={`tab-${name}`} aria-controls="schema-panel"
      aria-selected={schema.tab.value === name} tabIndex={schema.tab.value === name ? 0 : -1}
      onClick={() => { schema.openTab(name); }}
    >
      {label}
    </button>
  );
  return (
    <>
      <div class="tabs" role="tablist" aria-label="View of the schema" onKeyDown={changeTab}>
        {tab("fields", "Fields")}
        {tab("json", "JSON Schema")}
      </div>
      {schema.tabProblem.value !== null && <p class="row-problem" role="alert">{schema.tabProblem.value}</p>}
    </>
  );

  function changeTab({ key, currentTarget }: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (key !== "ArrowLeft" && key !== "ArrowRight") return;
    schema.openTab(schema.tab.value === "fields" ? "json" : "fields");
    currentTarget.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
  }
}
