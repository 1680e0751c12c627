/** An error where it belongs: what happened, what to do, and a button if there is one thing to press. */

import type { ComponentChildren, JSX } from "preact";
import type { ErrorData } from "../../shared/errors.js";

interface Props {
  readonly error: ErrorData;
  readonly children?: ComponentChildren;
}

export function Problem({ error, children }: Props): JSX.Element {
  return (
    <div class="problem" role="alert" data-code={error.code}>
      <p><strong>{error.message}</strong> {error.advice}</p>
      {children}
    </div>
  );
}
