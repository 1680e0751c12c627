/** Scrolling to a place, gently unless the reader wants no motion. */

function behavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** What has an upper and a lower edge in the window. */
interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** Brings a place to the middle of its pane, unless it can be seen there already. */
export function showInPane(place: Extent, pane: HTMLElement): void {
  const frame = pane.getBoundingClientRect();
  if (place.top >= frame.top && place.bottom <= frame.bottom) return;
  pane.scrollBy({ top: (place.top + place.bottom) / 2 - (frame.top + frame.bottom) / 2, behavior: behavior() });
}

/** Moves the page where the pane is out of sight. */
export function showPane(pane: HTMLElement): void {
  const frame = pane.getBoundingClientRect();
  if (frame.top < 0 || frame.bottom > innerHeight) pane.scrollIntoView({ block: "center", behavior: behavior() });
}

/** Brings an element into sight, moving as little as possible, and gives it the focus. */
export function showAndFocus(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest", behavior: behavior() });
  element?.focus({ preventScroll: true });
}
