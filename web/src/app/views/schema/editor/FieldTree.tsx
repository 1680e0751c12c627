/** The fields of a group, one line each, with those of inner groups below theirs. One at a time is open. */

import type { JSX } from "preact";
import { t } from "../../../i18n/index.js";
import { absenceOf } from "../../../schema/absence.js";
import { type Draft, type DraftField, ROOT } from "../../../schema/draft.js";
import { groupIn } from "../../../schema/kinds.js";
import { shownName } from "../../../state/field-editing.js";
import { useApp } from "../../context.js";
import { useEditing } from "./editing-context.js";
import { FieldForm } from "./FieldForm.js";
import { FieldLine } from "./FieldLine.js";

interface Props {
  readonly draft: Draft;
  /** The field that it belongs to, or ROOT. */
  readonly parent: number;
}

export function FieldTree({ draft, parent }: Props): JSX.Element | null {
  const group = groupIn(draft);
  if (group === null) return null;
  const required = new Set(group.required?.flatMap((entry) => ("field" in entry ? [entry.field] : [])));
  const fields = group.fields ?? [];
  return (
    <ol class="fields" data-inner={parent !== ROOT}>
      {fields.map((field) => <FieldItem key={field.key} field={field} required={required.has(field.key)} />)}
    </ol>
  );
}

interface ItemProps {
  readonly field: DraftField;
  readonly required: boolean;
}

function FieldItem({ field, required }: ItemProps): JSX.Element {
  const editing = useEditing();
  const { schema } = useApp();
  const open = editing.open.value === field.key;
  const problem = schema.problemAt(field.key);
  const absence = absenceOf(field.draft, required);
  const holds = groupIn(field.draft) !== null;
  const name = shownName(field.name);
  return (
    <li data-open={open}>
      <FieldLine field={field} absence={absence} open={open} />
      {problem !== null && <p class="row-problem" role="alert" id={`field-${String(field.key)}-problem`}>{problem}</p>}
      {open && <FieldForm field={field} absence={absence} />}
      {holds && <FieldTree draft={field.draft} parent={field.key} />}
      {holds && (
        <button type="button" class="add-inside" onClick={() => { editing.add(field.key); }}>{t("schema.addInside", { name })}</button>
      )}
    </li>
  );
}
