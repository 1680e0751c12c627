/**
 * Tells a page that was left in good order from one that was killed: the page notes on its way out what it was
 * working on, which a page that is killed cannot.
 */

import { keep, type KeyValueStore } from "../storage.js";

const LEFT_KEY = "excerpt.left-at";

export class LeftMark {
  #workingOn: string | null = null;

  constructor(readonly store: KeyValueStore) {}

  working(id: string | null): void {
    this.#workingOn = id;
  }

  /** The page is being left. */
  leave(): void {
    keep(this.store, LEFT_KEY, this.#workingOn ?? "");
  }

  /** What the page before this one was working on when it was left in good order. */
  take(): string | null {
    const left = this.store.getItem(LEFT_KEY);
    keep(this.store, LEFT_KEY, "");
    return left;
  }
}
