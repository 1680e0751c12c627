/** The name, the promise, whether there is a network, and the way to the other screens. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";
import { TrustMeter } from "../trust/TrustMeter.js";
import { InstallButton } from "./InstallButton.js";
import { Navigation } from "./Navigation.js";

export function Header(): JSX.Element {
  const { shell, model } = useApp();
  const ready = model.status.value.state === "ready";
  return (
    <header class="top">
      <div class="brand">
        <h1>{t("shell.name")}</h1>
        <p class="promise">{t("shell.promise")}</p>
      </div>
      <Navigation />
      <div class="top-end">
        {!shell.online.value && (
          <p class="badge" role="status" data-testid="offline">{t(ready ? "shell.offlineReady" : "shell.offline")}</p>
        )}
        <TrustMeter />
        <InstallButton />
      </div>
    </header>
  );
}
