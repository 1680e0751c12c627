/** Says that a new version waits. It is taken when the reader asks, and never under running work. */

import type { JSX } from "preact";
import { useApp } from "./context.js";

export function UpdateBar(): JSX.Element | null {
  const { shell, run } = useApp();
  if (!shell.updateReady.value) return null;
  const busy = run.active;
  return (
    <div class="update" role="status">
      <p>
        A new version is ready. Reload when you like.
        {shell.updateWaits.value && " Another tab is still at work; the update waits for it."}
      </p>
      <button type="button" disabled={busy} onClick={() => void shell.applyUpdate()}>Reload</button>
    </div>
  );
}
