/** The fields in the schema's shape: groups under their names, rows as rows; or, by doubt, all in one list. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import type { Entry, GroupEntry } from "../../review/entries.js";
import { useApp } from "../context.js";
import { onFieldKey } from "./keys.js";
import { Leaf } from "./Leaf.js";
import { fieldOf, hasValue } from "./say.js";

export function FieldTree(): JSX.Element {
  const app = useApp();
  const { review, run } = app;
  const flat = review.order.value === "doubtful";
  return (
    <ul class="values" aria-busy={run.active} data-testid="values" onKeyDown={(event) => { onFieldKey(event, app); }}>
      {flat ? review.leaves.value.map((leaf) => <Leaf key={leaf.pointer} leaf={leaf} alone />) : <Entries entries={review.entries.value} />}
    </ul>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }): JSX.Element {
  return (
    <>{entries.map((entry) => (entry.kind === "leaf" ? <Leaf key={entry.pointer} leaf={entry} alone={false} /> : <Group key={entry.pointer} group={entry} />))}</>
  );
}

function Group({ group }: { readonly group: GroupEntry }): JSX.Element {
  const { kind, name, pointer, entries, removed } = group;
  // Of a list without items its own answer is the only entry, under the list's own name.
  const [only] = entries;
  if (only?.kind === "leaf" && only.pointer === pointer) return <Leaf leaf={only} alone={false} />;
  return (
    <li class="group" data-kind={kind} data-testid={`field-${fieldOf(pointer)}`} data-state={hasValue(group) ? "value" : "absent"} data-review={removed ? "cleared" : undefined}>
      {kind === "row" ? <RowHead row={group} /> : <p class="group-name">{name}</p>}
      {!removed && <ul><Entries entries={entries} /></ul>}
    </li>
  );
}

function RowHead({ row: { name, pointer, removed } }: { readonly row: GroupEntry }): JSX.Element {
  const { review } = useApp();
  return (
    <div class="value-head">
      <p class="group-name">{t("review.row", { number: name })}</p>
      {removed && <span class="review-status"><span aria-hidden="true">∅</span> {t("review.removed")}</span>}
      {!removed && review.open.value && <button type="button" class="remove-row" onClick={() => { review.removeRow(pointer); }}>{t("review.removeRow", { number: name })}</button>}
    </div>
  );
}
