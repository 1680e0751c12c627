/**
 * Which desk is this tab's. What lies open is kept under a desk; a tab holds a lock on its desk, which the
 * browser takes away when the tab is gone, however it went. So a tab that is opened after that finds the desk
 * as it was, and two tabs never share one.
 */

import type { DeskStore } from "../../store/desks.js";
import type { DeskRecord } from "../../store/tables.js";
import { keep, type KeyValueStore } from "../storage.js";

const DESK_KEY = "excerpt.desk";
/** How long a reloaded page waits until the page before it has let go of the desk. */
const HANDOVER_MS = 2000;

/** What is used of `navigator.locks`. */
export interface DeskLocks {
  request(name: string, options: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal }, held: (lock: unknown) => unknown): Promise<unknown>;
}

export interface DeskOptions {
  /** Remembers over a reload which desk was this tab's. */
  readonly session: KeyValueStore;
  /** Undefined where the browser has none; then the desk used last is taken. */
  readonly locks: DeskLocks | undefined;
  readonly now: () => number;
}

export interface Claimed {
  readonly desk: DeskRecord;
  /** The same tab had it before a reload. */
  readonly sameTab: boolean;
}

export class DeskState {
  #desk: DeskRecord | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(readonly store: DeskStore, readonly options: DeskOptions) {}

  /** This tab's desk: the one it had, else the one used last that no tab has, else a new one. */
  async claim(): Promise<Claimed> {
    const before = this.options.session.getItem(DESK_KEY);
    const known = await this.store.all();
    for (const desk of known.filter(({ id }) => id === before)) {
      if (await this.#hold(desk.id, { signal: AbortSignal.timeout(HANDOVER_MS) })) return this.#take(desk, true);
    }
    for (const desk of known) {
      if (await this.#hold(desk.id, { ifAvailable: true })) return this.#take(desk, false);
    }
    const desk = { id: crypto.randomUUID(), documentIds: [], chosenId: null, batchId: null, usedAt: this.options.now() };
    await this.#hold(desk.id, { ifAvailable: true });
    return this.#take(desk, false);
  }

  /** Keeps what has changed; nothing before the desk is known. */
  save(change: Partial<Pick<DeskRecord, "documentIds" | "chosenId" | "batchId">>): void {
    if (this.#desk === undefined || !isNews(this.#desk, change)) return;
    const desk = (this.#desk = { ...this.#desk, ...change, usedAt: this.options.now() });
    // Several changes in a row are written once.
    this.#writing = this.#writing.then(() => (this.#desk === desk ? this.store.put(desk) : undefined)).catch(() => undefined);
  }

  /** Settles when the last change is kept. */
  async saved(): Promise<void> {
    await this.#writing;
  }

  #take(desk: DeskRecord, sameTab: boolean): Claimed {
    this.#desk = desk;
    keep(this.options.session, DESK_KEY, desk.id);
    return { desk, sameTab };
  }

  /** True where the lock is this tab's, for as long as the tab lives. */
  #hold(id: string, how: { readonly ifAvailable?: boolean; readonly signal?: AbortSignal }): Promise<boolean> {
    const { locks } = this.options;
    if (locks === undefined) return Promise.resolve(true);
    return new Promise((resolve) => {
      const held = (lock: unknown): Promise<void> | undefined => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => undefined);
      };
      locks.request(`excerpt-desk-${id}`, how, held).catch(() => { resolve(false); });
    });
  }
}

/** How far a file is read changes often, which documents there are seldom. */
function isNews(desk: DeskRecord, change: Partial<DeskRecord>): boolean {
  return JSON.stringify({ ...desk, ...change }) !== JSON.stringify(desk);
}
