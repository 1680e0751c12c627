/** The value that a reader looks at, and with it its place in the document. Values are named by their JSON pointers. */

import { computed, signal } from "@preact/signals";

export class LinkState {
  /** Under the pointer; while there is one, it counts before the chosen one. */
  readonly hovered = signal<string | null>(null);
  /** The field that keys and buttons act on. */
  readonly chosen = signal<string | null>(null);
  /** The value whose place is lit. */
  readonly target = computed(() => this.hovered.value ?? this.chosen.value);

  isLit(pointer: string): boolean {
    return this.target.value === pointer;
  }

  /** Takes what a mouse points at; a finger does not hover. True if it was taken. */
  hover({ pointerType }: { readonly pointerType: string }, pointer: string): boolean {
    if (pointerType !== "mouse") return false;
    this.hovered.value = pointer;
    return true;
  }

  clear(): void {
    this.hovered.value = this.chosen.value = null;
  }
}

/** The id of a place in the text. */
export function markId(pointer: string): string {
  return `place${pointer}`;
}

/** The id of a value among the fields. */
export function valueId(pointer: string): string {
  return `value${pointer}`;
}
