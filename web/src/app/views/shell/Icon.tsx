/** Small drawings in the colour of the text. They stand beside words and say nothing by themselves. */

import type { JSX } from "preact";
import type { ScreenId } from "../../routes.js";

export type IconName = ScreenId;

/** Lines on a grid of 24 by 24. */
const PATHS: Readonly<Record<IconName, string>> = {
  work: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h4",
  batch: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  history: "M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4.5v3.5H8M12 8v4.5l3 1.8",
  models: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
  numbers: "M4 20h16M7 16v-5M12 16V6M17 16v-8",
};

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
