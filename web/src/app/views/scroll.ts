/** Scrolling to a place, gently unless the reader wants no motion. */

function behavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** Brings a mark to the middle of its pane, and gives the pane. */
export function showInPane(mark: HTMLElement | null): HTMLElement | null {
  const pane = mark?.closest<HTMLElement>(".marked") ?? null;
  if (mark === null || pane === null) return null;
  const place = mark.getBoundingClientRect();
  const frame = pane.getBoundingClientRect();
  pane.scrollBy({ top: place.top - frame.top - (frame.height - place.height) / 2, behavior: behavior() });
  return pane;
}

/** The same, and the page moves too where the pane is out of sight. */
export function showPlace(mark: HTMLElement | null): void {
  const pane = showInPane(mark);
  const frame = pane?.getBoundingClientRect();
  if (frame !== undefined && (frame.top < 0 || frame.bottom > innerHeight)) {
    pane?.scrollIntoView({ block: "center", behavior: behavior() });
  }
}

/** Brings the value into sight, moving as little as possible, and gives it the focus. */
export function showValue(value: HTMLElement | null): void {
  value?.scrollIntoView({ block: "nearest", behavior: behavior() });
  value?.focus({ preventScroll: true });
}
