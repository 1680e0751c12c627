/** One field of the result. A value with evidence is a button that shows its place in the text. */

import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import type { FieldResult, FieldValue } from "../../shared/extraction.js";
import type { JsonValue } from "../../shared/schema.js";
import { confidenceWord } from "../format.js";
import { markId, valueId } from "../state/link-state.js";
import { useApp } from "./context.js";
import { showInPane, showPlace } from "./scroll.js";

interface Props {
  readonly name: string;
  readonly active: boolean;
  readonly result: FieldResult | undefined;
}

export function FieldRow({ name, active, result }: Props): JSX.Element {
  const found = result?.values.filter(({ origin }) => origin !== "absent") ?? [];
  const state = result === undefined ? "pending" : found.length > 0 ? "value" : "absent";
  return (
    <li data-testid={`field-${name}`} data-state={state}>
      <div class="value-head">
        <span class="field-name">{name}</span>
        {result !== undefined && <Confidence confidence={result.confidence} />}
      </div>
      {state === "pending" && <p class="none">{active ? "…" : "not looked for"}</p>}
      {state === "absent" && <p class="none">not in the text</p>}
      {found.length > 0 && (
        <ul class="items">
          {found.map((value) => <li key={itemOf(value, result)}><Value value={value} path={result?.path ?? ""} item={itemOf(value, result)} /></li>)}
        </ul>
      )}
    </li>
  );
}

function itemOf(value: FieldValue, result: FieldResult | undefined): number {
  return result?.values.indexOf(value) ?? 0;
}

function Confidence({ confidence }: { readonly confidence: number }): JSX.Element {
  const word = confidenceWord(confidence);
  const percent = `${Math.round(confidence * 100)} %`;
  return (
    <span class="confidence" data-word={word} title={`The model's probability for this choice: ${percent}`}>
      {word} <span class="figure">{percent}</span>
    </span>
  );
}

interface ValueProps {
  readonly value: FieldValue;
  readonly path: string;
  readonly item: number;
}

function Value({ value, path, item }: ValueProps): JSX.Element {
  const { link } = useApp();
  const target = { path, item };
  const lit = useComputed(() => link.isLit(target));
  const text = shown(value.value);
  if (value.evidence === null) {
    return <p class="value plain" id={valueId(target)} tabIndex={-1}>{text} <span class="quiet">read from the whole text</span></p>;
  }
  const mark = (): HTMLElement | null => document.getElementById(markId(target));
  return (
    <button
      type="button" id={valueId(target)} class={lit.value ? "value lit" : "value"} aria-label={`${text}: show it in the text`}
      onPointerEnter={(event) => { if (link.hover(event, target)) showInPane(mark()); }}
      onPointerLeave={() => { link.hovered.value = null; }}
      onFocus={() => { link.focused.value = target; showInPane(mark()); }}
      onBlur={() => { link.focused.value = null; }}
      onClick={() => { showPlace(mark()); }}
    >
      <span class="value-text">{text}</span>
      <Origin value={value} />
    </button>
  );
}

/** For a value that was computed: the words it was computed from. */
function Origin({ value }: { readonly value: FieldValue }): JSX.Element | null {
  const { text } = useApp().document;
  if (value.evidence === null || value.origin === "verbatim") return null;
  const words = text.value.slice(value.evidence.start, value.evidence.end);
  return words === shown(value.value) ? null : <span class="quiet">from “{words}”</span>;
}

function shown(value: JsonValue): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : JSON.stringify(value);
}
