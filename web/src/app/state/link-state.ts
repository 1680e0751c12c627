/** The value a reader looks at, and with it its place in the text. */

import { signal } from "@preact/signals";

export interface Target {
  readonly path: string;
  readonly item: number;
}

export class LinkState {
  /** The value under the pointer or the focus; its place is lit. */
  readonly target = signal<Target | null>(null);

  isLit({ path, item }: Target): boolean {
    const { value } = this.target;
    return value !== null && value.path === path && value.item === item;
  }

  point(target: Target | null): void {
    this.target.value = target;
  }
}

/** Brings an element into the middle of its pane, gently unless the reader wants no motion. */
export function bringIntoView(element: Element | null): void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element?.scrollIntoView({ block: "center", inline: "nearest", behavior: still ? "auto" : "smooth" });
}

export function markId({ path, item }: Target): string {
  return `place${path}/${item}`;
}

export function valueId({ path, item }: Target): string {
  return `value${path}/${item}`;
}
