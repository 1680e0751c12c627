/** An error where it belongs: what happened, what to do, and a button if there is one thing to press. */

import type { ComponentChildren, JSX } from "preact";
import type { ErrorData } from "../../shared/errors.js";
import { errorText } from "../i18n/errors.js";

interface Props {
  readonly error: ErrorData;
  readonly children?: ComponentChildren;
}

export function Problem({ error, children }: Props): JSX.Element {
  const { message, advice, lang } = errorText(error);
  return (
    <div class="problem" role="alert" data-code={error.code}>
      <p lang={lang}><strong>{message}</strong> {advice}</p>
      {children}
    </div>
  );
}
