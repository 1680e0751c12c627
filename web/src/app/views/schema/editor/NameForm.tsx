/** Asks for the name of a schema. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../../i18n/index.js";

interface Props {
  readonly name: string;
  readonly done: (name: string) => void;
  readonly close: () => void;
}

export function NameForm({ name, done, close }: Props): JSX.Element {
  const typed = useSignal(name);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => { input.current?.select(); }, []);
  const isEmpty = typed.value.trim() === "";
  return (
    <form class="panel" onSubmit={(event) => { event.preventDefault(); if (!isEmpty) done(typed.value); }}>
      <label for="schema-name">{t("schema.saveName")}</label>
      <input
        id="schema-name" ref={input} type="text" value={typed.value} autocomplete="off"
        onInput={({ currentTarget }) => { typed.value = currentTarget.value; }}
        onKeyDown={({ key }) => { if (key === "Escape") close(); }}
      />
      <div class="row-buttons">
        <button type="submit" class="primary" disabled={isEmpty}>{t("schema.save")}</button>
        <button type="button" onClick={close}>{t("schema.cancel")}</button>
      </div>
    </form>
  );
}
