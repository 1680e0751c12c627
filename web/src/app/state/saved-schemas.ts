/** The schemas saved under a name: on the page at once, then in the database. */

import { signal } from "@preact/signals";
import { freeTitle, type SavedSchema } from "../schema/saved.js";

/** What is asked of the place where they are kept. */
export interface SchemaKeeper {
  all(): Promise<SavedSchema[]>;
  put(schema: SavedSchema): Promise<void>;
  change(id: string, change: Partial<Omit<SavedSchema, "id">>): Promise<void>;
  delete(id: string): Promise<void>;
}

export interface SavedOptions {
  readonly now: () => number;
  readonly newId: () => string;
}

const DEVICE: SavedOptions = { now: () => Date.now(), newId: () => crypto.randomUUID() };

export class SavedSchemas {
  /** By name. */
  readonly list = signal<readonly SavedSchema[]>([]);
  /** Could the last change not be kept? */
  readonly failed = signal(false);
  #writing: Promise<void> = Promise.resolve();

  constructor(readonly keeper: SchemaKeeper, readonly options: SavedOptions = DEVICE) {}

  async load(): Promise<void> {
    const kept = await this.keeper.all();
    const added = this.list.value.filter(({ id }) => !kept.some((one) => one.id === id));
    this.#show([...kept, ...added]);
  }

  get(id: string): SavedSchema | undefined {
    return this.list.value.find((one) => one.id === id);
  }

  /** Saves under a name, which gets a number where it is taken; answers with the new one. */
  add(name: string, source: string): SavedSchema {
    const added = { id: this.options.newId(), name: this.#free(name), source, changedAt: this.options.now() };
    this.#show([...this.list.value, added]);
    this.#write(() => this.keeper.put(added));
    return added;
  }

  change(id: string, change: { readonly name?: string; readonly source?: string }): void {
    const named = change.name === undefined ? change : { ...change, name: this.#free(change.name, id) };
    const changed = { ...named, changedAt: this.options.now() };
    this.#show(this.list.value.map((one) => (one.id === id ? { ...one, ...changed } : one)));
    this.#write(() => this.keeper.change(id, changed));
  }

  remove(id: string): void {
    this.#show(this.list.value.filter((one) => one.id !== id));
    this.#write(() => this.keeper.delete(id));
  }

  /** Settles when everything so far is kept. */
  async kept(): Promise<void> {
    await this.#writing;
  }

  #show(list: readonly SavedSchema[]): void {
    this.list.value = [...list].sort((left, right) => left.name.localeCompare(right.name) || left.id.localeCompare(right.id));
  }

  /** One after the other, so that the last change is the last one written. */
  #write(act: () => Promise<void>): void {
    this.#writing = this.#writing.then(act).then(() => { this.failed.value = false; }, () => { this.failed.value = true; });
  }

  #free(name: string, except?: string): string {
    const taken = new Set(this.list.value.filter(({ id }) => id !== except).map((one) => one.name));
    return freeTitle(name, taken);
  }
}
