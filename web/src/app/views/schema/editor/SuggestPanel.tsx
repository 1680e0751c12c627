/** Fields that the document on the page suggests, each to be taken or left. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, type TextKey } from "../../../i18n/index.js";
import { writeDraft } from "../../../schema/draft.js";
import { groupIn, newDraft } from "../../../schema/kinds.js";
import { kindLabel, listLabel } from "../../../schema/labels.js";
import { insertField } from "../../../schema/tree.js";
import { fieldOf, suggestFields } from "../../../schema/suggest/suggest.js";
import type { RuleName, Suggestion } from "../../../schema/suggest/suggestion.js";
import { isObject } from "../../../../shared/schema.js";
import { useApp } from "../../context.js";
import { useEditing } from "./editing-context.js";

const RULE_LABELS = {
  label: "schema.ruleLabel", column: "schema.ruleColumn", total: "schema.ruleTotal", table: "schema.ruleTable", items: "schema.ruleItems",
  repeated: "schema.ruleRepeated", email: "schema.ruleEmail", phone: "schema.rulePhone", website: "schema.ruleWebsite", iban: "schema.ruleIban", date: "schema.ruleDate",
} as const satisfies Record<RuleName, TextKey>;

export function SuggestPanel({ close }: { readonly close: () => void }): JSX.Element {
  const { schema, document: source } = useApp();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus(); }, []);
  const text = source.text.value;
  const root = schema.root.value;
  const taken = new Set((root === null ? [] : groupIn(root)?.fields ?? []).map(({ name }) => name));
  const found = text.trim() === "" ? [] : suggestFields(text).filter(({ name }) => !taken.has(name));
  return (
    <section class="suggest" aria-labelledby="suggest-title">
      <h3 id="suggest-title" ref={heading} tabIndex={-1}>{t("schema.suggestTitle")}</h3>
      {found.length > 0
        ? <Choices key={text} found={found} close={close} />
        : (
          <>
            <p class="quiet">{text.trim() === "" ? t("schema.suggestNoDocument") : t("schema.suggestNothing")}</p>
            <div class="row-buttons"><button type="button" onClick={close}>{t("schema.cancel")}</button></div>
          </>
        )}
    </section>
  );
}

interface ChoicesProps {
  readonly found: readonly Suggestion[];
  readonly close: () => void;
}

function Choices({ found, close }: ChoicesProps): JSX.Element {
  const { schema } = useApp();
  const editing = useEditing();
  const left = useSignal<ReadonlySet<string>>(new Set());
  const kept = found.filter(({ name }) => !left.value.has(name));
  const none = kept.length === 0;
  const toggleAll = (): void => { left.value = new Set(none ? [] : found.map(({ name }) => name)); };
  const toggle = (name: string): void => {
    const next = new Set(left.value);
    if (!next.delete(name)) next.add(name);
    left.value = next;
  };
  const add = (): void => {
    editing.addFields(kept.map((one) => fieldOf(one, schema.keys)));
    close();
  };
  const useInstead = (): void => {
    const fields = kept.map((one) => fieldOf(one, schema.keys));
    const whole = writeDraft(fields.reduce((root, field, index) => insertField(root, { parent: 0, index }, field, true), newDraft("group")));
    if (isObject(whole)) schema.replace(whole);
    close();
  };
  return (
    <>
      <p class="quiet">{t("schema.suggestHint")} <button type="button" class="link" onClick={toggleAll}>{none ? t("schema.suggestAll") : t("schema.suggestNone")}</button></p>
      <ul>
        {found.map((one) => <Choice key={one.name} one={one} kept={!left.value.has(one.name)} toggle={() => { toggle(one.name); }} />)}
      </ul>
      <div class="row-buttons">
        <button type="button" class="primary" disabled={none} onClick={add}>{t("schema.suggestAdd", { count: kept.length })}</button>
        <button type="button" disabled={none} onClick={useInstead}>{t("schema.suggestInstead")}</button>
        <button type="button" onClick={close}>{t("schema.cancel")}</button>
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly one: Suggestion;
  readonly kept: boolean;
  readonly toggle: () => void;
}

function Choice({ one, kept, toggle }: ChoiceProps): JSX.Element {
  const kind = one.kind === "list" ? listLabel(one.entry ?? "text") : kindLabel(one.kind);
  return (
    <li>
      <label class="suggestion">
        <input type="checkbox" checked={kept} onChange={toggle} />
        <span class="field-name">{one.name}</span>
        <span class="field-type">{kind}</span>
        <span class="field-description">
          “{one.sample}” – {t(RULE_LABELS[one.rule])}{one.columns.length > 0 && `: ${one.columns.map(({ name }) => name).join(", ")}`}
        </span>
      </label>
    </li>
  );
}
