/** The page begins here. */

import { render } from "preact";
import { createAppState, startApp } from "./app-state.js";
import { App } from "./views/App.js";
import { AppContext } from "./views/context.js";

const root = document.getElementById("app");
if (root !== null) {
  const app = createAppState();
  render(<AppContext.Provider value={app}><App /></AppContext.Provider>, root);
  startApp(app);
}
