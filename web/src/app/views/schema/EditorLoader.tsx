/** Loads the editor of fields when it is first opened: who takes a preset as it is never pays for it. */

import { useSignal } from "@preact/signals";
import type { ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../../i18n/index.js";

let loaded: ComponentType | null = null;

export function EditorLoader(): JSX.Element {
  const state = useSignal<"loading" | "ready" | "failed">(loaded === null ? "loading" : "ready");
  const load = (): void => {
    state.value = "loading";
    import("./editor/SchemaEditor.js").then(
      ({ SchemaEditor }) => {
        loaded = SchemaEditor;
        state.value = "ready";
      },
      () => { state.value = "failed"; },
    );
  };
  useEffect(() => { if (loaded === null) load(); }, []);
  if (state.value === "ready" && loaded !== null) {
    const Editor = loaded;
    return <Editor />;
  }
  if (state.value === "loading") return <p class="quiet" role="status">{t("schema.opening")}</p>;
  return (
    <p class="row-problem" role="alert">
      {t("schema.notOpened")} <button type="button" onClick={load}>{t("schema.tryAgain")}</button>
    </p>
  );
}
