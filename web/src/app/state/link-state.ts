/** The value a reader looks at, and with it its place in the text. */

import { computed, signal } from "@preact/signals";

export interface Target {
  readonly path: string;
  readonly item: number;
}

export class LinkState {
  /** Under the pointer; while there is one, it counts before the focus. */
  readonly hovered = signal<Target | null>(null);
  readonly focused = signal<Target | null>(null);
  /** The value whose place is lit. */
  readonly target = computed(() => this.hovered.value ?? this.focused.value);

  isLit({ path, item }: Target): boolean {
    const { value } = this.target;
    return value !== null && value.path === path && value.item === item;
  }

  /** Takes what a mouse points at; a finger does not hover. True if it was taken. */
  hover({ pointerType }: { readonly pointerType: string }, target: Target): boolean {
    if (pointerType !== "mouse") return false;
    this.hovered.value = target;
    return true;
  }

  clear(): void {
    this.hovered.value = this.focused.value = null;
  }
}

export function markId({ path, item }: Target): string {
  return `place${path}/${item}`;
}

export function valueId({ path, item }: Target): string {
  return `value${path}/${item}`;
}
