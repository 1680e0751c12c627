/** The document: to be written, pasted or dropped, and after extraction to be read with its evidence marked. */

import { useSignal, type Signal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { useRef } from "preact/hooks";
import { EXAMPLES } from "../schema/examples.js";
import { PRESETS } from "../schema/presets.js";
import { useApp } from "./context.js";
import { MarkedText } from "./MarkedText.js";
import { Problem } from "./Problem.js";
import { TextEditor } from "./TextEditor.js";

export function DocumentPane(): JSX.Element {
  const { document: source, run } = useApp();
  const over = useSignal(false);
  const marked = run.active || run.fields.value.length > 0;
  const problem = source.problem.value;
  return (
    <section class="document" aria-labelledby="document-title" data-over={over.value} {...dropHandlers(useApp(), over)}>
      <div class="pane-head">
        <h2 id="document-title">Document</h2>
        <Actions marked={marked} />
      </div>
      {problem !== null && <Problem error={problem} />}
      <div class="sheet">{marked ? <MarkedText /> : <TextEditor />}</div>
      <Foot />
    </section>
  );
}

function Actions({ marked }: { readonly marked: boolean }): JSX.Element {
  const { document: source, run } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const empty = source.text.value === "";
  return (
    <div class="actions">
      {marked && !run.active && <button type="button" onClick={() => { run.reset(); }}>Edit text</button>}
      {empty && <ExampleButton />}
      <button type="button" disabled={run.active} onClick={() => { input.current?.click(); }}>Choose a file</button>
      <input ref={input} class="unseen" type="file" tabIndex={-1} aria-label="Text file" onChange={openChosen} />
      {!empty && <button type="button" disabled={run.active} onClick={() => { source.clear(); }}>Clear</button>}
    </div>
  );

  function openChosen({ currentTarget }: TargetedEvent<HTMLInputElement>): void {
    const file = currentTarget.files?.[0];
    if (file !== undefined) void source.openFile(file).then(() => { currentTarget.value = ""; });
  }
}

function ExampleButton(): JSX.Element | null {
  const { document: source, schema } = useApp();
  const preset = PRESETS.find(({ id }) => id === schema.choice.value) ?? PRESETS[0];
  const example = preset === undefined ? undefined : EXAMPLES[preset.id];
  if (preset === undefined || example === undefined) return null;
  return (
    <button type="button" onClick={() => { source.setText(example); }}>Try an example</button>
  );
}

function Foot(): JSX.Element {
  const { text, kept } = useApp().document;
  if (text.value === "") return <p class="foot quiet">Text stays in this tab and survives a reload.</p>;
  return (
    <p class="foot quiet figures">
      <span>{text.value.length.toLocaleString("en")} characters</span>
      <span>
        {kept.value ? "Kept in this tab until you clear or close it." : "Too long to be kept over a reload of this page."}
      </span>
    </p>
  );
}

function dropHandlers({ document: source, run }: ReturnType<typeof useApp>, over: Signal<boolean>) {
  const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
  return {
    onDragOver: (event: DragEvent): void => {
      if (!holdsFile(event) || run.active) return;
      event.preventDefault();
      over.value = true;
    },
    onDragLeave: (): void => { over.value = false; },
    onDrop: (event: DragEvent): void => {
      over.value = false;
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      event.preventDefault(); // Else the browser would leave the page to show the file.
      if (!run.active) void source.openFile(file);
    },
  };
}
