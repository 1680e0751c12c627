/** The page begins here. */

import { render } from "preact";
import { createAppState, startApp } from "./app-state.js";
import { startLanguage } from "./i18n/index.js";
import { screens } from "./screens.js";
import { AppContext } from "./views/context.js";
import { App } from "./views/shell/App.js";

const root = document.getElementById("app");
if (root !== null) void start(root);

async function start(root: HTMLElement): Promise<void> {
  const app = createAppState();
  app.install.start(navigator.standalone); // The browser makes its offer once, and soon.
  // Both before the first picture: nothing that is shown is replaced at once.
  await Promise.all([startLanguage(app.local, navigator.languages), app.screen.start(screens)]);
  render(<AppContext.Provider value={app}><App /></AppContext.Provider>, root);
  startApp(app);
}
