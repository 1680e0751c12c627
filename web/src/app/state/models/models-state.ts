/** The models page: what there is, how it fits this device, what is kept; and deleting it. */

import { signal } from "@preact/signals";
import type { Catalogue } from "../../../shared/catalogue.js";
import { asExcerptError, type ErrorData } from "../../../shared/errors.js";
import type { ModelState } from "../model-state.js";
import type { UpdateState } from "../update-state.js";
import type { StorageState } from "./storage-state.js";

export type CatalogueStatus =
  | { readonly state: "looking" }
  | { readonly state: "here"; readonly catalogue: Catalogue }
  | { readonly state: "failed"; readonly error: ErrorData };

/** What of the engine knows the bundle. */
export interface Holdings {
  catalogue(bundleUrl: string): Promise<Catalogue>;
  forget(bundleUrl: string, what: "all" | "before"): Promise<void>;
}

export interface ModelsOptions {
  readonly bundleUrl: string;
  /** Whether work is under way that needs the model. */
  readonly busy: () => boolean;
}

export class ModelsState {
  readonly status = signal<CatalogueStatus>({ state: "looking" });
  readonly deleting = signal(false);

  constructor(
    readonly holdings: Holdings, readonly model: ModelState, readonly update: UpdateState, readonly storage: StorageState, readonly options: ModelsOptions,
  ) {}

  /** Whether something may be deleted now: not under running work, and not while it is being fetched. */
  get mayDelete(): boolean {
    return !this.deleting.value && !this.options.busy() && this.model.status.value.state !== "loading" && this.update.status.value.state !== "loading";
  }

  /** Looks what there is. What was known stays on the page until the answer has come. */
  async look(): Promise<void> {
    await Promise.all([this.#look(), this.storage.refresh()]);
  }

  /** Deletes the version before, or everything with the model that runs. */
  async forget(what: "all" | "before"): Promise<void> {
    if (!this.mayDelete) return;
    this.deleting.value = true;
    try {
      await this.holdings.forget(this.options.bundleUrl, what);
      if (what === "all") {
        this.model.forgotten();
        this.update.reset();
      } else {
        this.update.before.value = null;
      }
    } catch (thrown) {
      this.status.value = { state: "failed", error: asExcerptError(thrown).toData() };
    }
    this.deleting.value = false;
    await this.look();
  }

  async #look(): Promise<void> {
    try {
      const catalogue = await this.holdings.catalogue(this.options.bundleUrl);
      this.status.value = { state: "here", catalogue };
      const best = catalogue.variants.find(({ fit }) => fit === "best");
      if (best !== undefined) this.model.offer.value = { name: catalogue.name, license: catalogue.license, bytes: best.missing === 0 ? best.bytes : best.missing };
    } catch (thrown) {
      this.status.value = { state: "failed", error: asExcerptError(thrown).toData() };
    }
  }
}
