/**
 * Remembers, beyond a crash of the page, that the model was at work: a mark in the page's storage, set while
 * a model is loaded or run and removed after. A mark that no page stands behind any more was left by a
 * crash, and the next start takes a step down. Steps are forgotten after a week.
 */

import { keep, type KeyValueStore } from "./state/storage.js";

const MARKS_KEY = "excerpt.at-work";
const STEPS_KEY = "excerpt.steps-down";
const A_WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** What is used of `navigator.locks`: the browser takes a page's locks away when it is gone, however it went. */
export interface PageLocks {
  request(name: string, held: () => unknown): Promise<unknown>;
  query(): Promise<{ held?: { name?: string }[] }>;
}

export interface CrashMarkerOptions {
  readonly store: KeyValueStore;
  /** Undefined where the browser has none; then a second tab at work looks like a crash. */
  readonly locks: PageLocks | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export class CrashMarker {
  readonly #name = `excerpt-page-${crypto.randomUUID()}`;
  #atWork = 0;
  #locked = false;

  constructor(readonly options: CrashMarkerOptions) {}

  /** How many steps down the model should start: one for each crash of the last week. */
  async stepsDown(): Promise<number> {
    const marks = this.#marks();
    if (marks.length > 0) {
      const dead = await this.#left(marks);
      this.#write(marks.filter((mark) => !dead.includes(mark)));
      if (dead.length > 0) this.stepDown();
    }
    return this.#steps();
  }

  /** The model is loaded or run from here on, until as many `end`s have followed. */
  begin(): void {
    this.#atWork += 1;
    if (this.#atWork > 1) return;
    this.#lock();
    this.#write([...this.#marks(), this.#name]);
  }

  end(): void {
    this.#atWork -= 1;
    if (this.#atWork === 0) this.leave();
  }

  /** The page is being left in good order. */
  leave(): void {
    this.#write(this.#marks().filter((mark) => mark !== this.#name));
  }

  /** The worker is gone; the page lives to tell whether the model was at work. */
  crashed(): void {
    if (this.#atWork > 0) this.stepDown();
  }

  /** The model has failed; what runs next should be more careful. */
  stepDown(): void {
    const { store, now } = this.options;
    keep(store, STEPS_KEY, JSON.stringify({ steps: this.#steps() + 1, at: now() }));
  }

  /** Of these marks, those of pages that are gone. */
  async #left(marks: readonly string[]): Promise<readonly string[]> {
    const { held = [] } = (await this.options.locks?.query()) ?? {};
    const alive = new Set([this.#name, ...held.map(({ name }) => name)]);
    return marks.filter((mark) => !alive.has(mark));
  }

  #lock(): void {
    if (this.#locked) return;
    this.#locked = true;
    void this.options.locks?.request(this.#name, () => new Promise<never>(() => undefined)).catch(() => undefined);
  }

  #steps(): number {
    const noted = this.#read(STEPS_KEY);
    if (typeof noted !== "object" || noted === null || !("steps" in noted) || !("at" in noted)) return 0;
    const { steps, at } = noted;
    return typeof steps === "number" && typeof at === "number" && this.options.now() - at < A_WEEK_MS ? steps : 0;
  }

  #marks(): string[] {
    const marks = this.#read(MARKS_KEY);
    return Array.isArray(marks) ? marks.filter((mark) => typeof mark === "string") : [];
  }

  #write(marks: readonly string[]): void {
    if (JSON.stringify(marks) !== JSON.stringify(this.#marks())) keep(this.options.store, MARKS_KEY, marks.length === 0 ? "" : JSON.stringify(marks));
  }

  #read(key: string): unknown {
    try {
      return JSON.parse(this.options.store.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }
}
