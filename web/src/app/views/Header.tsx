/** The name, the promise, and whether there is a network. */

import type { JSX } from "preact";
import { useApp } from "./context.js";

export function Header(): JSX.Element {
  const { shell, model } = useApp();
  const ready = model.status.value.state === "ready";
  return (
    <header class="top">
      <h1>Excerpt</h1>
      <p class="promise">Nothing you enter leaves this device.</p>
      {!shell.online.value && (
        <p class="badge" role="status" data-testid="offline">{ready ? "Offline. Everything works." : "Offline"}</p>
      )}
    </header>
  );
}
