/** Reviewing by keys alone. They count while the focus is among the fields, never in an input. */

import type { AppState } from "../../app-state.js";
import { acceptAndGoOn, clearValue, correctValue, goBy, goToDocument, redoLast, undoLast } from "./acts.js";

type Act = (app: AppState) => void;

const ACTS: Readonly<Record<string, Act>> = {
  ArrowDown: (app) => { goBy(app, 1); },
  ArrowUp: (app) => { goBy(app, -1); },
  j: (app) => { goBy(app, 1); },
  k: (app) => { goBy(app, -1); },
  a: acceptAndGoOn,
  e: correctValue,
  F2: correctValue,
  x: clearValue,
  Delete: clearValue,
  z: undoLast,
  Z: redoLast,
  u: ({ review }) => { review.order.value = review.order.value === "schema" ? "doubtful" : "schema"; },
  d: goToDocument,
};

export function onFieldKey(event: KeyboardEvent, app: AppState): void {
  const { target } = event;
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return;
  const act = actOf(event);
  if (act === undefined) return;
  event.preventDefault();
  act(app);
}

function actOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Act | undefined {
  const command = ctrlKey || metaKey;
  if (command) return commandOf(key.toLowerCase(), shiftKey);
  return !altKey && Object.hasOwn(ACTS, key) ? ACTS[key] : undefined;
}

/** As editors have them: back by Ctrl+Z, forth by Ctrl+Shift+Z or Ctrl+Y. */
function commandOf(key: string, shifted: boolean): Act | undefined {
  if (key === "z") return shifted ? redoLast : undoLast;
  return key === "y" && !shifted ? redoLast : undefined;
}
