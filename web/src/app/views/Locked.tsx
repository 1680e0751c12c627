/** An encrypted model: asks for the passphrase or the access token that opens it. Neither is kept. */

import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { ErrorData } from "../../shared/errors.js";
import { useApp } from "./context.js";
import { Problem } from "./Problem.js";

const LABELS: Readonly<Record<string, string>> = {
  "passphrase-needed": "Passphrase of the model",
  "token-needed": "Access token for the model",
};

/** Whether the model waits for a secret of the reader's. */
export function isLocked({ code }: ErrorData): boolean {
  return code in LABELS;
}

export function Locked({ error }: { readonly error: ErrorData }): JSX.Element {
  const { model } = useApp();
  const [text, setText] = useState("");
  const id = useId();
  const { busy, error: refusal } = model.unlocking.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (text !== "" && !busy) void model.unlock({ text });
  };
  return (
    <form class="model-words" onSubmit={submit}>
      <h2>The model is locked</h2>
      <p>{error.message} {error.advice}</p>
      <label for={id}>{LABELS[error.code]}</label>
      <input
        id={id} type="password" autocomplete="current-password" required value={text}
        onInput={({ currentTarget }) => { setText(currentTarget.value); }}
      />
      {refusal !== null && <Problem error={refusal} />}
      <p class="choices"><button type="submit" class="primary" disabled={busy}>{busy ? "Opening" : "Open the model"}</button></p>
    </form>
  );
}
