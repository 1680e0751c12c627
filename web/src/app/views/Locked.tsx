/** An encrypted model: asks for the passphrase or the access token that opens it. Neither is kept. */

import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import type { ErrorData } from "../../shared/errors.js";
import { errorText } from "../i18n/errors.js";
import { t } from "../i18n/index.js";
import { useApp } from "./context.js";
import { Problem } from "./Problem.js";

const SECRETS = ["passphrase-needed", "token-needed"];

/** Whether the model waits for a secret of the reader's. */
export function isLocked({ code }: ErrorData): boolean {
  return SECRETS.includes(code);
}

export function Locked({ error }: { readonly error: ErrorData }): JSX.Element {
  const { model } = useApp();
  const [text, setText] = useState("");
  const id = useId();
  const { busy, error: refusal } = model.unlocking.value;
  const { message, advice, lang } = errorText(error);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (text !== "" && !busy) void model.unlock({ text });
  };
  return (
    <form class="model-words" onSubmit={submit}>
      <h2>{t("models.locked")}</h2>
      <p lang={lang}>{message} {advice}</p>
      <label for={id}>{t(error.code === "token-needed" ? "models.token" : "models.passphrase")}</label>
      <input
        id={id} type="password" autocomplete="current-password" required value={text}
        onInput={({ currentTarget }) => { setText(currentTarget.value); }}
      />
      {refusal !== null && <Problem error={refusal} />}
      <p class="choices"><button type="submit" class="primary" disabled={busy}>{t(busy ? "models.opening" : "models.open")}</button></p>
    </form>
  );
}
