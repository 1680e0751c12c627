/** Offers to install the app where that is possible, and says how where the system cannot be asked (iOS). */

import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";

export function InstallButton(): JSX.Element | null {
  const { install } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const { value: way } = install.way;
  if (way === "no") return null;
  const open = (): void => {
    if (way === "asks") void install.install();
    else dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" class="install" onClick={open}>{t("shell.install")}</button>
      {way === "by-hand" && (
        <dialog ref={dialog} aria-labelledby="install-title">
          <h2 id="install-title">{t("shell.installTitle")}</h2>
          <p>{t("shell.installWhy")}</p>
          <ol class="steps">
            <li>{t("shell.installShare")}</li>
            <li>{t("shell.installAdd")}</li>
          </ol>
          <p class="choices">
            <button type="button" class="primary" onClick={() => { dialog.current?.close(); }}>{t("shell.close")}</button>
            <button type="button" onClick={() => { install.decline(); }}>{t("shell.installNever")}</button>
          </p>
        </dialog>
      )}
    </>
  );
}
