/** The screens. The work is part of the first load; the others are loaded when they are first opened. */

import type { ComponentType } from "preact";
import { addressOf, SCREEN_IDS, type Screen, type ScreenId } from "./routes.js";
import { WorkScreen } from "./views/work/WorkScreen.js";

const LOADERS: Readonly<Record<ScreenId, () => Promise<ComponentType>>> = {
  work: () => Promise.resolve(WorkScreen),
  batch: async () => (await import("./views/batch/BatchScreen.js")).BatchScreen,
  history: async () => (await import("./views/history/HistoryScreen.js")).HistoryScreen,
  models: async () => (await import("./views/models/ModelsScreen.js")).ModelsScreen,
  numbers: async () => (await import("./views/numbers/NumbersScreen.js")).NumbersScreen,
};

export const screens: readonly Screen[] = SCREEN_IDS.map((id) => ({ id, path: addressOf(id), load: LOADERS[id] }));
