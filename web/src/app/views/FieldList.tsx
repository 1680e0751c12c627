/** The list of fields. One is open for editing at a time; the others are one line each. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { TYPE_LABELS } from "../schema/rows.js";
import type { KeyedRow } from "../state/schema-state.js";
import { useApp } from "./context.js";
import { FieldEditor } from "./FieldEditor.js";

export function FieldList(): JSX.Element {
  const { schema } = useApp();
  const open = useSignal<number | null>(null);
  const whole = schema.problemAt(-1);
  return (
    <div id="schema-panel" role="tabpanel" aria-labelledby="tab-fields">
      <ol class="fields">
        {schema.rows.value.map((row, index) => (
          <li key={row.key} data-open={open.value === row.key}>
            <FieldLine row={row} open={open.value === row.key} onToggle={() => { open.value = open.value === row.key ? null : row.key; }} />
            {open.value === row.key && <FieldEditor row={row} index={index} />}
            <RowProblem index={index} />
          </li>
        ))}
      </ol>
      {whole !== null && <p class="row-problem" role="alert">{whole}</p>}
      <button type="button" class="add" onClick={() => { open.value = schema.add(); }}>Add a field</button>
    </div>
  );
}

interface LineProps {
  readonly row: KeyedRow;
  readonly open: boolean;
  readonly onToggle: () => void;
}

function FieldLine({ row, open, onToggle }: LineProps): JSX.Element {
  return (
    <button type="button" class="field-line" aria-expanded={open} onClick={onToggle}>
      <span class="field-name">{row.name.trim() === "" ? "New field" : row.name}</span>
      <span class="field-type">{TYPE_LABELS[row.type]}{row.optional || row.type === "list" ? "" : ", always"}</span>
      {!open && <span class="field-description">{row.description}</span>}
    </button>
  );
}

function RowProblem({ index }: { readonly index: number }): JSX.Element | null {
  const message = useApp().schema.problemAt(index);
  return message === null ? null : <p class="row-problem" role="alert">{message}</p>;
}
