/** Which screen is shown: the page's address says it, so that back and forward work as they do anywhere. */

import { computed, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { asExcerptError, DeviceError, type ErrorData } from "../../../shared/errors.js";
import { addressOf, screenAt, type Screen, type ScreenId } from "../../routes.js";

/** A screen's program: on its way, there, or not to be had. */
export type Loaded =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly component: ComponentType }
  | { readonly state: "failed"; readonly error: ErrorData };

export class ScreenState {
  readonly current = signal<ScreenId>("work");
  readonly #loaded = signal<ReadonlyMap<ScreenId, Loaded>>(new Map());
  readonly shown = computed<Loaded>(() => this.#loaded.value.get(this.current.value) ?? { state: "loading" });

  #screens: readonly Screen[] = [];

  /** Follows the page's address; the first screen is there when this is done. */
  async start(screens: readonly Screen[]): Promise<void> {
    this.#screens = screens;
    addEventListener("hashchange", () => { this.show(screenAt(location.hash)); });
    await this.#show(screenAt(location.hash));
  }

  /** Goes to a screen, as a link to it would. */
  open(id: ScreenId): void {
    if (this.current.value !== id) location.hash = addressOf(id);
  }

  /** Shows a screen; what went wrong is in `shown`. */
  show(id: ScreenId): void {
    void this.#show(id);
  }

  async #show(id: ScreenId): Promise<void> {
    this.current.value = id;
    if (this.#loaded.value.get(id)?.state === "ready") return;
    this.#set(id, { state: "loading" });
    this.#set(id, await this.#load(id));
  }

  async #load(id: ScreenId): Promise<Loaded> {
    const screen = this.#screens.find((one) => one.id === id);
    try {
      if (screen === undefined) throw new DeviceError(["screen-unknown", { screen: id }], `There is no screen “${id}”.`, "Go back to the document.");
      return { state: "ready", component: await screen.load() };
    } catch (thrown) {
      return { state: "failed", error: asExcerptError(thrown).toData() };
    }
  }

  #set(id: ScreenId, loaded: Loaded): void {
    this.#loaded.value = new Map(this.#loaded.value).set(id, loaded);
  }
}
