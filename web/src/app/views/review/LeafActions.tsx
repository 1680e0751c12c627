/** What can be done with the chosen value. The keys for it stand beside the words. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import type { LeafEntry } from "../../review/entries.js";
import { useApp } from "../context.js";
import { acceptAndGoOn, clearValue, correctValue, useSelection } from "./acts.js";
import { hasValue } from "./say.js";

/** So much of the selected words is shown on the button. */
const SHOWN = 24;

export function LeafActions({ leaf }: { readonly leaf: LeafEntry }): JSX.Element {
  const app = useApp();
  const { words } = app.selection;
  const short = words.value.length > SHOWN ? `${words.value.slice(0, SHOWN)}…` : words.value;
  return (
    <div class="leaf-actions">
      {leaf.found !== null && leaf.review?.status !== "accepted" && leaf.review?.status !== "corrected" && (
        <Action name={t("review.accept")} shortcut="a" act={() => { acceptAndGoOn(app); }} />
      )}
      {short !== "" && <Action name={t("review.useSelected", { words: short })} act={() => void useSelection(app, leaf.pointer)} />}
      <Action name={t("review.correct")} shortcut="e" act={() => { correctValue(app); }} />
      {(hasValue(leaf) || leaf.review === null) && <Action name={t("review.clear")} shortcut="x" act={() => { clearValue(app); }} />}
    </div>
  );
}

interface ActionProps {
  readonly name: string;
  readonly shortcut?: string;
  readonly act: () => void;
}

function Action({ name, shortcut, act }: ActionProps): JSX.Element {
  return (
    <button type="button" {...(shortcut === undefined ? {} : { "aria-keyshortcuts": shortcut })} onClick={act}>
      {name}{shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
    </button>
  );
}
