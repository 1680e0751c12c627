/** Hands the app's state to the views. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { AppState } from "../app-state.js";

export const AppContext = createContext<AppState | null>(null);

export function useApp(): AppState {
  const app = useContext(AppContext);
  if (app === null) throw new Error("A view was rendered outside the app.");
  return app;
}
