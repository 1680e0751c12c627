/** An error where it belongs: what happened, what to do, and a button if there is one thing to press. */

import type { ComponentChildren, JSX } from "preact";
import type { ErrorData } from "../../shared/errors.js";
import { language } from "../i18n/index.js";

interface Props {
  readonly error: ErrorData;
  readonly children?: ComponentChildren;
}

export function Problem({ error, children }: Props): JSX.Element {
  // Engine and readers speak English alone; a screen reader is told so.
  const lang = language.value === "en" ? undefined : "en";
  return (
    <div class="problem" role="alert" data-code={error.code}>
      <p lang={lang}><strong>{error.message}</strong> {error.advice}</p>
      {children}
    </div>
  );
}
