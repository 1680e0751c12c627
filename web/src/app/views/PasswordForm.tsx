/** Asks for the password of a protected file. */

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ErrorData } from "../../shared/errors.js";
import { errorText } from "../i18n/errors.js";
import { t } from "../i18n/index.js";
import { useApp } from "./context.js";

interface Props {
  readonly id: string;
  readonly name: string;
  readonly wrong: boolean;
  readonly error: ErrorData;
}

export function PasswordForm({ id, name, wrong, error }: Props): JSX.Element {
  const { files } = useApp();
  const input = useRef<HTMLInputElement>(null);
  // Whoever has just typed one goes on typing.
  useEffect(() => { if (wrong) input.current?.focus(); }, []);
  const field = `password-${id}`;
  const { message, advice, lang } = errorText(error);
  const submit = (event: Event): void => {
    event.preventDefault();
    const password = input.current?.value ?? "";
    if (password !== "") files.unlock(id, password);
  };
  return (
    <form class="password" onSubmit={submit}>
      <p id={`${field}-help`} role={wrong ? "alert" : undefined} lang={lang} data-code={error.code}>{message} {advice}</p>
      <label class="unseen" for={field}>{t("work.passwordOf", { name })}</label>
      <input ref={input} id={field} type="password" autocomplete="off" aria-describedby={`${field}-help`} placeholder={t("work.password")} />
      <button type="submit">{t("work.open")}</button>
    </form>
  );
}
