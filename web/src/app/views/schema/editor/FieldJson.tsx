/** A field that the form has no words for: its own JSON, and plainer words where there are any. */

import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { t } from "../../../i18n/index.js";
import { pretty } from "../../../schema/content.js";
import { type DraftField, writeDraft } from "../../../schema/draft.js";
import { canBePlain } from "../../../schema/plain.js";
import { useApp } from "../../context.js";
import { useEditing } from "./editing-context.js";

export function FieldJson({ field: { key, draft } }: { readonly field: DraftField }): JSX.Element {
  const editing = useEditing();
  const { value: root } = useApp().schema.root;
  const value = writeDraft(draft);
  const typed = useSignal<string | null>(null);
  const plainer = root !== null && canBePlain(value, writeDraft(root));
  const take = ({ currentTarget }: TargetedEvent<HTMLTextAreaElement>): void => {
    typed.value = editing.setJson(key, currentTarget.value) ? null : currentTarget.value;
  };
  const id = `field-${String(key)}-json`;
  return (
    <>
      {plainer && <button type="button" class="plain" onClick={() => { editing.makePlain(key); }}>{t("schema.makePlain")}</button>}
      <label for={id}>{t("schema.fieldJson")}</label>
      <textarea
        id={id} class="json-source" rows={6} spellcheck={false} autocapitalize="off" aria-invalid={typed.value !== null}
        value={typed.value ?? pretty(value)} onInput={take}
      />
      {typed.value !== null && <p class="row-problem" role="status">{t("schema.fieldJsonBroken")}</p>}
    </>
  );
}
