/** The app around the document: on or off line, and whether a new version waits. */

import { signal } from "@preact/signals";
import { Workbox } from "workbox-window";
import { trustedScript } from "../../trusted-script.js";

const WORK_LOCK = "excerpt-work";

export class ShellState {
  readonly online = signal(navigator.onLine);
  readonly updateReady = signal(false);
  /** Set where an update was asked for while a tab was at work. */
  readonly updateWaits = signal(false);
  #workbox: Workbox | undefined;
  #asked = false;
  /** The new version is in charge already, because another tab asked for it. */
  #replaced = false;

  constructor() {
    addEventListener("online", () => { this.online.value = true; });
    addEventListener("offline", () => { this.online.value = false; });
  }

  /** Registers the service worker. A browser without one, or one that fails, has the app without its offline part. */
  async register(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    const workbox = (this.#workbox = new Workbox(trustedScript("/sw.js")));
    workbox.addEventListener("waiting", () => { this.updateReady.value = true; });
    workbox.addEventListener("controlling", ({ isUpdate, isExternal }) => {
      if (isUpdate === true || isExternal === true) this.#takeOver();
    });
    await workbox.register().catch(() => undefined);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") void workbox.update().catch(() => undefined);
    });
  }

  /** Changes to the waiting version, unless a tab is at work: then it goes on waiting and says so. */
  async applyUpdate(): Promise<void> {
    const idle = await whenIdle(() => {
      this.#asked = true;
      if (this.#replaced) location.reload();
      else this.#workbox?.messageSkipWaiting();
    });
    this.updateWaits.value = !idle;
  }

  /** A page that did not ask keeps what it shows and is told; its own files are in memory. */
  #takeOver(): void {
    if (this.#asked) location.reload();
    this.#replaced = this.updateReady.value = true;
  }
}

/** Runs `work` under a lock that all tabs share, so that no update is made under it. */
export async function holdWork(work: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return work();
  await navigator.locks.request(WORK_LOCK, { mode: "shared" }, work);
}

/** Runs `action` if no tab is at work; false if one is. */
async function whenIdle(action: () => void): Promise<boolean> {
  if (!("locks" in navigator)) {
    action();
    return true;
  }
  return navigator.locks.request(WORK_LOCK, { ifAvailable: true }, (lock) => {
    if (lock !== null) action();
    return lock !== null;
  });
}
