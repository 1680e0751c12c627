/** The screen at the page's address. A change of screen moves the focus to it and names it in the title. */

import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../i18n/index.js";
import type { ScreenId } from "../../routes.js";
import { useApp } from "../context.js";

export function ScreenView(): JSX.Element {
  const { screen } = useApp();
  const main = useRef<HTMLElement>(null);
  const before = useRef<ScreenId | null>(null);
  useSignalEffect(() => {
    const { value: id } = screen.current;
    document.title = id === "work" ? t("shell.name") : `${t(`shell.${id}`)} – ${t("shell.name")}`;
    if (before.current !== null && before.current !== id) main.current?.focus();
    before.current = id;
  });
  const { value: shown } = screen.shown;
  return (
    <main id="main" ref={main} class="screen" tabIndex={-1} data-screen={screen.current.value} aria-busy={shown.state === "loading"}>
      {shown.state === "loading" && <p class="opening quiet" role="status">{t("shell.opening")}</p>}
      {shown.state === "failed" && <NotOpened />}
      {shown.state === "ready" && <shown.component />}
    </main>
  );
}

function NotOpened(): JSX.Element {
  const { screen } = useApp();
  return (
    <div class="problem" role="alert" data-code="screen-not-loaded">
      <p><strong>{t("shell.notOpened")}</strong> {t("shell.notOpenedAdvice")}</p>
      <button type="button" onClick={() => { screen.show(screen.current.value); }}>{t("shell.tryAgain")}</button>
    </div>
  );
}
