/** The page: what is the same on every screen, and the screen. */

import type { JSX } from "preact";
import { t } from "../../i18n/index.js";
import { DropTarget } from "./DropTarget.js";
import { Header } from "./Header.js";
import { LanguageChooser } from "./LanguageChooser.js";
import { ScreenView } from "./ScreenView.js";
import { UpdateBar } from "./UpdateBar.js";

export function App(): JSX.Element {
  return (
    <div class="page">
      <a class="skip" href="#main" onClick={skip}>{t("shell.skip")}</a>
      <UpdateBar />
      <Header />
      <ScreenView />
      <footer class="bottom">
        <LanguageChooser />
      </footer>
      <DropTarget />
    </div>
  );
}

/** The address names the screen, so the link moves the focus by hand. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}
