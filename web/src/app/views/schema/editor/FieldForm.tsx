/** One field, open for editing. */

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../../i18n/index.js";
import { ABSENCES, type AbsenceChoice } from "../../../schema/absence.js";
import { type Draft, type DraftField, withMembers } from "../../../schema/draft.js";
import { descriptionOf, ENTRY_KINDS, hiddenRules, type Kind, kindOf, KINDS, withEntryKind, withKind, withText } from "../../../schema/kinds.js";
import { kindLabel } from "../../../schema/labels.js";
import { type Direction, find, step } from "../../../schema/tree.js";
import { shownName } from "../../../state/field-editing.js";
import { useApp } from "../../context.js";
import { useEditing } from "./editing-context.js";
import { FieldJson } from "./FieldJson.js";
import { ValueRules } from "./ValueRules.js";

interface Props {
  readonly field: DraftField;
}

export function FieldForm({ field, absence }: Props & { readonly absence: AbsenceChoice }): JSX.Element {
  const { draft } = field;
  const kind = kindOf(draft);
  return (
    <div class="field-editor">
      <NameInput field={field} />
      <KindSelect field={field} />
      <Description field={field} />
      {kind === "other" && <FieldJson field={field} />}
      <Rules field={field} />
      {kind !== "other" && <Absence field={field} absence={absence} />}
      <Hidden draft={draft} />
      <Buttons field={field} />
    </div>
  );
}

function NameInput({ field: { key, name } }: Props): JSX.Element {
  const editing = useEditing();
  const { schema } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const id = `field-${String(key)}-name`;
  // Before the next key is pressed: who adds a field by keyboard types on.
  useLayoutEffect(() => { if (name === "") input.current?.focus(); }, []);
  return (
    <>
      <label for={id}>{t("schema.name")}</label>
      <input
        id={id} ref={input} type="text" value={name} autocomplete="off" autocapitalize="off" spellcheck={false}
        placeholder={t("schema.namePlaceholder")} aria-invalid={schema.problemAt(key) !== null} aria-describedby={`field-${String(key)}-problem`}
        onInput={({ currentTarget }) => { editing.rename(key, currentTarget.value); }}
        onBlur={() => { editing.settleName(key); }}
      />
    </>
  );
}

function KindSelect({ field: { key, draft } }: Props): JSX.Element {
  const editing = useEditing();
  const kind = kindOf(draft);
  const id = `field-${String(key)}-kind`;
  const entry = kind === "list" && draft.item !== null ? kindOf(draft.item) : null;
  return (
    <>
      <label for={id}>{t("schema.kind")}</label>
      <Kinds id={id} kinds={KINDS} value={kind} change={(to) => { editing.changeDraft(key, "", (one) => withKind(one, to)); }} />
      {kind === "list" && (
        <>
          <label for={`${id}-entry`}>{t("schema.entryKind")}</label>
          <Kinds
            id={`${id}-entry`} kinds={ENTRY_KINDS} value={entry ?? "other"}
            change={(to) => { editing.changeDraft(key, "", (list) => withEntryKind(list, to)); }}
          />
        </>
      )}
    </>
  );
}

interface KindsProps {
  readonly id: string;
  readonly kinds: readonly Kind[];
  readonly value: Kind | "other";
  readonly change: (kind: Kind) => void;
}

/** What is shown as JSON, or is a list in a list, is in the menu only while it is chosen. */
function Kinds({ id, kinds, value, change }: KindsProps): JSX.Element {
  const odd = value === "other" || !kinds.includes(value);
  return (
    <select id={id} value={value} onChange={({ currentTarget }) => { change(currentTarget.value as Kind); }}>
      {odd && <option value={value}>{kindLabel(value)}</option>}
      {kinds.map((one) => <option key={one} value={one}>{kindLabel(one)}</option>)}
    </select>
  );
}

function Description({ field: { key, draft } }: Props): JSX.Element {
  const editing = useEditing();
  const id = `field-${String(key)}-description`;
  return (
    <>
      <label for={id}>{t("schema.description")}</label>
      <textarea
        id={id} rows={2} value={descriptionOf(draft)} placeholder={t("schema.descriptionPlaceholder")}
        onInput={({ currentTarget: { value } }) => { editing.changeDraft(key, "description", (one) => withText(one, "description", value)); }}
      />
    </>
  );
}

/** The rules of the value, or of each entry of a list. */
function Rules({ field: { key, draft } }: Props): JSX.Element | null {
  const editing = useEditing();
  const { item } = draft;
  const id = `field-${String(key)}`;
  if (kindOf(draft) !== "list") {
    return <ValueRules id={id} draft={draft} change={(what, change) => { editing.changeDraft(key, what, change); }} />;
  }
  if (item === null) return null;
  const change = (what: string, inner: (draft: Draft) => Draft): void => {
    editing.changeDraft(key, what, (list) => (list.item === null ? list : withMembers(list, { item: inner(list.item) })));
  };
  return <ValueRules id={`${id}-entry`} draft={item} change={change} />;
}

function Absence({ field: { key, draft }, absence }: Props & { readonly absence: AbsenceChoice }): JSX.Element {
  const editing = useEditing();
  const id = `field-${String(key)}-absence`;
  const kind = kindOf(draft);
  const labels = {
    empty: t("schema.absenceEmpty"),
    out: t("schema.absenceOut"),
    always: kind === "list" ? t("schema.absenceAlwaysList") : kind === "group" ? t("schema.absenceAlwaysGroup") : t("schema.absenceAlways"),
  };
  return (
    <>
      <label for={id}>{t("schema.absence")}</label>
      <select id={id} value={absence} onChange={({ currentTarget }) => { editing.setAbsence(key, currentTarget.value as AbsenceChoice); }}>
        {ABSENCES.map((one) => <option key={one} value={one}>{labels[one]}</option>)}
      </select>
    </>
  );
}

function Hidden({ draft }: { readonly draft: Draft }): JSX.Element | null {
  const names = [...hiddenRules(draft), ...(draft.item === null ? [] : hiddenRules(draft.item))];
  return names.length === 0 ? null : <p class="quiet hidden-rules">{t("schema.hidden", { names: names.join(", ") })}</p>;
}

function Buttons({ field: { key } }: Props): JSX.Element | null {
  const editing = useEditing();
  const { value: root } = useApp().schema.root;
  const found = root === null ? null : find(root, key);
  if (root === null || found === null) return null;
  const before = found.siblings[found.index - 1];
  const around = find(root, found.parent);
  const move = (direction: Direction, label: string): JSX.Element => (
    <button type="button" disabled={step(root, key, direction) === null} onClick={() => { editing.move(key, direction); }}>{label}</button>
  );
  return (
    <div class="row-buttons">
      {move("up", t("schema.moveUp"))}
      {move("down", t("schema.moveDown"))}
      {before !== undefined && step(root, key, "in") !== null && move("in", t("schema.moveIn", { name: shownName(before.name) }))}
      {around !== null && move("out", t("schema.moveOut", { name: shownName(around.field.name) }))}
      <button type="button" onClick={() => { editing.remove(key); }}>{t("schema.remove")}</button>
    </div>
  );
}
