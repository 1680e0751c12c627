/**
 * How the app is installed: by the browser's own question, which is asked when the reader presses the button; or,
 * where the system has no such question (iOS), by a way that the page can only describe.
 */

import { signal } from "@preact/signals";
import { keep, type KeyValueStore } from "../storage.js";

const DECLINED_KEY = "excerpt.install-declined";

/** The browser's offer to ask the question. */
export interface InstallOffer extends Event {
  prompt(): Promise<{ readonly outcome: "accepted" | "dismissed" }>;
}

declare global {
  interface WindowEventMap {
    readonly beforeinstallprompt: InstallOffer;
  }
  interface Navigator {
    /** Of iOS alone: whether the page was started from the home screen. */
    readonly standalone?: boolean;
  }
}

export class InstallState {
  /** `asks`: the browser would ask now. `by-hand`: the reader has to do it. `no`: installed, declined, or not to be had. */
  readonly way = signal<"no" | "asks" | "by-hand">("no");
  #offer: InstallOffer | null = null;

  constructor(readonly store: KeyValueStore) {}

  /** Listens for the browser's offer; `standalone` as the navigator says it. */
  start(standalone: boolean | undefined): void {
    if (this.store.getItem(DECLINED_KEY) !== null) return;
    if (standalone === false) this.way.value = "by-hand";
    addEventListener("beforeinstallprompt", (offer) => {
      offer.preventDefault(); // The page has a place of its own for the question.
      this.#offer = offer;
      this.way.value = "asks";
    });
    addEventListener("appinstalled", () => { this.#done(); });
  }

  /** Lets the browser ask. An offer is good for one question. */
  async install(): Promise<void> {
    const offer = this.#offer;
    this.#done();
    await offer?.prompt();
  }

  /** Not now, and not on later visits either. */
  decline(): void {
    keep(this.store, DECLINED_KEY, "yes");
    this.#done();
  }

  #done(): void {
    this.#offer = null;
    this.way.value = "no";
  }
}
