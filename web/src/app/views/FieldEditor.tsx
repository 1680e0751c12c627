/** One field, open for editing. */

import type { JSX, TargetedEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { FIELD_TYPES, type FieldType, TYPE_LABELS } from "../schema/rows.js";
import type { KeyedRow } from "../state/schema-state.js";
import { useApp } from "./context.js";

interface Props {
  readonly row: KeyedRow;
  readonly index: number;
}

export function FieldEditor({ row, index }: Props): JSX.Element {
  const { schema } = useApp();
  const id = `field-${row.key}`;
  return (
    <div class="field-editor">
      <NameInput row={row} index={index} />
      <label for={`${id}-type`}>Type</label>
      <select
        id={`${id}-type`} value={row.type}
        onChange={({ currentTarget }) => { schema.edit(index, typeChange(currentTarget.value as FieldType)); }}
      >
        {FIELD_TYPES.map((type) => <option key={type} value={type}>{TYPE_LABELS[type]}</option>)}
      </select>
      <label for={`${id}-description`}>Description</label>
      <textarea
        id={`${id}-description`} rows={2} value={row.description} placeholder="In a few words: what is it?"
        onInput={({ currentTarget }) => { schema.edit(index, { description: currentTarget.value.replaceAll("\n", " ") }); }}
      />
      {row.type === "choice" && <Options row={row} index={index} />}
      {row.type !== "list" && <Optional row={row} index={index} />}
      <RowButtons index={index} />
    </div>
  );
}

/** Values belong to a choice alone. */
function typeChange(type: FieldType): Partial<KeyedRow> {
  return { type, options: [], ...(type === "list" ? { optional: true } : {}) };
}

function NameInput({ row, index }: Props): JSX.Element {
  const { schema } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const isNew = row.name === "";
  useEffect(() => { if (isNew) input.current?.focus(); }, []);
  const id = `field-${row.key}-name`;
  return (
    <>
      <label for={id}>Name</label>
      <input
        id={id} ref={input} type="text" value={row.name} autocomplete="off" autocapitalize="off" spellcheck={false}
        placeholder="for example: order_number"
        onInput={({ currentTarget }) => { schema.edit(index, { name: currentTarget.value }); }}
      />
    </>
  );
}

function Options({ row, index }: Props): JSX.Element {
  const { schema } = useApp();
  const id = `field-${row.key}-options`;
  const change = ({ currentTarget }: TargetedEvent<HTMLTextAreaElement>): void => {
    schema.edit(index, { options: currentTarget.value === "" ? [] : currentTarget.value.split("\n") });
  };
  return (
    <>
      <label for={id}>Values, one a line</label>
      <textarea id={id} rows={Math.max(3, row.options.length + 1)} value={row.options.join("\n")} onInput={change} />
    </>
  );
}

function Optional({ row, index }: Props): JSX.Element {
  const { schema } = useApp();
  return (
    <label class="check">
      <input
        type="checkbox" checked={row.optional}
        onChange={({ currentTarget }) => { schema.edit(index, { optional: currentTarget.checked }); }}
      />
      <span>Optional: empty (null) when the text does not say it</span>
    </label>
  );
}

function RowButtons({ index }: { readonly index: number }): JSX.Element {
  const { schema } = useApp();
  const last = schema.rows.value.length - 1;
  return (
    <div class="row-buttons">
      <button type="button" disabled={index === 0} onClick={() => { schema.move(index, -1); }}>Move up</button>
      <button type="button" disabled={index === last} onClick={() => { schema.move(index, 1); }}>Move down</button>
      <button type="button" onClick={() => { schema.remove(index); }}>Remove</button>
    </div>
  );
}
