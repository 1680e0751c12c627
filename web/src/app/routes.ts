/** The addresses of the screens. A view that links to another screen takes its address from here. */

import type { ComponentType } from "preact";

export type ScreenId = "work" | "batch" | "history" | "models" | "numbers";

export interface Screen {
  readonly id: ScreenId;
  readonly path: string;
  readonly load: () => Promise<ComponentType>;
}

export const SCREEN_IDS: readonly ScreenId[] = ["work", "batch", "history", "models", "numbers"];

/** The address of a screen, for links. */
export function addressOf(screen: ScreenId): string {
  return screen === "work" ? "#/" : `#/${screen}`;
}

/** The screen at an address; an unknown one leads to the work. */
export function screenAt(hash: string): ScreenId {
  return SCREEN_IDS.find((id) => addressOf(id) === hash) ?? "work";
}
