/** What was found: each field with its value, where it stands and how sure the model was; then the JSON. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { serialise, type Extraction } from "../../shared/extraction.js";
import { fieldName } from "../format.js";
import { useApp } from "./context.js";
import { FieldRow } from "./FieldRow.js";

export function Results(): JSX.Element | null {
  const { run, schema } = useApp();
  const { names, fields, extraction } = run;
  if (names.value.length === 0 || (!run.active && fields.value.length === 0)) return null;
  const changed = schema.schema.value !== null && JSON.stringify(schema.schema.value) !== JSON.stringify(run.schema.value);
  return (
    <section class="results" aria-labelledby="results-title">
      <div class="pane-head"><h2 id="results-title">What was found</h2></div>
      {changed && !run.active && <p class="notice">The fields have been changed since. Press Extract to look again.</p>}
      <CoverageNotice />
      <ul class="values" aria-busy={run.active}>
        {names.value.map((name) => (
          <FieldRow key={name} name={name} active={run.active} result={fields.value.find(({ path }) => fieldName(path) === name)} />
        ))}
      </ul>
      {extraction.value !== null && <Json extraction={extraction.value} />}
    </section>
  );
}

/** Text is never lost silently: what the model could not read is named. */
function CoverageNotice(): JSX.Element | null {
  const coverage = useApp().run.extraction.value?.coverage;
  if (coverage === undefined) return null;
  const read = coverage.read.reduce((sum, { start, end }) => sum + end - start, 0);
  if (read >= coverage.length) return null;
  const figures = `${read.toLocaleString("en")} of ${coverage.length.toLocaleString("en")} characters`;
  return <p class="notice">The text is longer than the model can take: {figures} were read.</p>;
}

function Json({ extraction }: { readonly extraction: Extraction }): JSX.Element {
  const { schema } = useApp();
  const said = useSignal("");
  const text = serialise(extraction.output);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = "Copied.";
    } catch {
      said.value = "The browser did not allow copying. Select the text below instead.";
    }
  };
  return (
    <div class="json">
      <div class="pane-head">
        <h3>JSON</h3>
        <div class="actions">
          <span class="quiet" role="status">{said.value}</span>
          <button type="button" onClick={() => void copy()}>Copy JSON</button>
          <button type="button" onClick={() => { download(text, `${schema.choice.value}.json`); }}>Download JSON</button>
        </div>
      </div>
      <pre data-testid="json" tabIndex={0} aria-label="Result as JSON">{text}</pre>
    </div>
  );
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
