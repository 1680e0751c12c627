/** Fields that the document on the page suggests, each to be taken or left. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t, type TextKey } from "../../../i18n/index.js";
import { groupIn } from "../../../schema/kinds.js";
import { kindLabel, listLabel } from "../../../schema/labels.js";
import { fieldOf, schemaOf, suggestFields } from "../../../schema/suggest/suggest.js";
import type { RuleName, Suggestion } from "../../../schema/suggest/suggestion.js";
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
  const found = text.trim() === "" ? [] : suggestFields(text);
  return (
    <section class="suggest" aria-labelledby="suggest-title">
      <h3 id="suggest-title" ref={heading} tabIndex={-1}>{t("schema.suggestTitle")}</h3>
      {found.length > 0
        ? <Choices key={text} found={found} taken={taken} close={close} />
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
  /** The names that are fields already. */
  readonly taken: ReadonlySet<string>;
  readonly close: () => void;
}

function Choices({ found, taken, close }: ChoicesProps): JSX.Element {
  const { schema } = useApp();
  const editing = useEditing();
  const left = useSignal<ReadonlySet<string>>(new Set());
  const kept = found.filter(({ name }) => !left.value.has(name));
  const added = kept.filter(({ name }) => !taken.has(name));
  const toggleAll = (): void => { left.value = new Set(kept.length === 0 ? [] : found.map(({ name }) => name)); };
  const toggle = (name: string): void => {
    const next = new Set(left.value);
    if (!next.delete(name)) next.add(name);
    left.value = next;
  };
  const add = (): void => {
    editing.addFields(added.map((one) => fieldOf(one, schema.keys)));
    close();
  };
  const useInstead = (): void => {
    schema.replace(schemaOf(kept));
    close();
  };
  return (
    <>
      <p class="quiet">
        {t("schema.suggestHint")} <button type="button" class="link" onClick={toggleAll}>{kept.length === 0 ? t("schema.suggestAll") : t("schema.suggestNone")}</button>
      </p>
      <ul>
        {found.map((one) => (
          <Choice key={one.name} one={one} kept={!left.value.has(one.name)} taken={taken.has(one.name)} toggle={() => { toggle(one.name); }} />
        ))}
      </ul>
      <div class="row-buttons">
        <button type="button" class="primary" disabled={added.length === 0} onClick={add}>{t("schema.suggestAdd", { count: added.length })}</button>
        <button type="button" disabled={kept.length === 0} onClick={useInstead}>{t("schema.suggestInstead")}</button>
        <button type="button" onClick={close}>{t("schema.cancel")}</button>
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly one: Suggestion;
  readonly kept: boolean;
  readonly taken: boolean;
  readonly toggle: () => void;
}

function Choice({ one, kept, taken, toggle }: ChoiceProps): JSX.Element {
  const kind = one.kind === "list" ? listLabel(one.entry ?? "text") : kindLabel(one.kind);
  return (
    <li>
      <label class="suggestion">
        <input type="checkbox" checked={kept} onChange={toggle} />
        <span class="field-name">{one.name}</span>
        <span class="field-type">{taken ? t("schema.suggestTaken") : kind}</span>
        <span class="field-description">
          “{one.sample}” – {t(RULE_LABELS[one.rule])}{one.columns.length > 0 && `: ${one.columns.map(({ name }) => name).join(", ")}`}
        </span>
      </label>
    </li>
  );
}
