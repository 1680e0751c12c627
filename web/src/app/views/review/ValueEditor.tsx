/** The value's own place becomes an input of the field's kind. Enter saves, Escape gives up. */

import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { JsonValue } from "../../../shared/schema.js";
import { t } from "../../i18n/index.js";
import type { LeafEntry } from "../../review/entries.js";
import { plainText } from "../../review/plain-text.js";
import { useApp } from "../context.js";
import { focusValue } from "./acts.js";
import { sayProblem } from "./problems.js";
import { sayValue } from "./say.js";

interface Props {
  readonly leaf: LeafEntry;
  readonly name: string;
}

export function ValueEditor({ leaf, name }: Props): JSX.Element {
  const { review } = useApp();
  const problem = review.editing.value?.problem ?? null;
  const save = async (): Promise<void> => { if (await review.save()) focusValue(leaf.pointer); };
  const giveUp = (): void => {
    review.giveUp();
    focusValue(leaf.pointer);
  };
  return (
    <form
      class="value-editor"
      onSubmit={(event) => { event.preventDefault(); void save(); }}
      onKeyDown={(event) => { if (event.key === "Escape") giveUp(); }}
    >
      <Input leaf={leaf} name={name} />
      {problem !== null && <p id="value-problem" class="row-problem" role="alert">{sayProblem(problem)}</p>}
      <div class="leaf-actions">
        <button type="submit" class="primary">{t("review.save")}</button>
        <button type="button" onClick={giveUp}>{t("review.giveUp")}</button>
      </div>
    </form>
  );
}

function Input({ leaf, name }: Props): JSX.Element {
  const { review } = useApp();
  const field = useRef<HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement>(null);
  // Before the next key is pressed, which is meant for the field.
  useLayoutEffect(() => { field.current?.focus(); }, []);
  const { typed, problem } = review.editing.value ?? { typed: "", problem: null };
  const described = problem === null ? {} : { "aria-invalid": true, "aria-describedby": "value-problem" };
  const common = { ref: field, value: typed, "aria-label": t("review.newValue", { name }), ...described };
  const onInput = ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void => { review.type(currentTarget.value); };
  const options = optionsOf(leaf);
  if (options !== null) {
    return (
      <select {...common} onInput={onInput}>
        <option value="">{t("review.choose")}</option>
        {options.map((option) => <option key={plainText(option)} value={plainText(option)}>{sayValue(option)}</option>)}
      </select>
    );
  }
  if (leaf.form.kind !== "text") return <input type="text" {...common} autocomplete="off" spellcheck={false} inputMode={leaf.form.kind === "number" || leaf.form.kind === "integer" ? "decimal" : "text"} onInput={onInput} />;
  return <textarea {...common} rows={Math.min(6, 1 + Math.floor(typed.length / 40))} spellcheck={false} onInput={onInput} onKeyDown={saveOnEnter} />;
}

/** In a longer text Shift and Enter begin a new line. */
function saveOnEnter(event: KeyboardEvent): void {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  (event.currentTarget as HTMLTextAreaElement).form?.requestSubmit();
}

function optionsOf({ form }: LeafEntry): readonly JsonValue[] | null {
  if (form.kind === "boolean") return [true, false];
  return form.kind === "choice" ? form.options : null;
}
