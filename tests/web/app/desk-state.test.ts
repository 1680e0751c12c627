import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { type DeskLocks, DeskState } from "../../../web/src/app/state/documents/desk-state.js";
import { type KeyValueStore, memoryStore } from "../../../web/src/app/state/storage.js";
import type { Database } from "../../../web/src/app/store/database.js";
import { DeskStore } from "../../../web/src/app/store/desks.js";
import { freshDatabase } from "./record-samples.js";

/** A browser's locks, of which each tab's can be taken away. */
class Locks {
  readonly #held = new Map<string, string>();

  of(tab: string): DeskLocks {
    return {
      request: async (name, { ifAvailable, signal }, held) => {
        if (!this.#held.has(name)) this.#held.set(name, tab);
        else if (ifAvailable === true) return held(null);
        else await new Promise((_, reject) => { signal?.addEventListener("abort", () => { reject(new Error("late")); }); });
        return held({ name });
      },
    };
  }

  gone(tab: string): void {
    for (const [name, holder] of this.#held) if (holder === tab) this.#held.delete(name);
  }
}

let time = 0;

function tab(database: Database, locks: Locks, name: string, session: KeyValueStore = memoryStore()): DeskState {
  return new DeskState(new DeskStore(database), { session, locks: locks.of(name), now: () => (time += 1) });
}

async function withDesk(database: Database, locks: Locks, name: string, session?: KeyValueStore): Promise<string> {
  const state = tab(database, locks, name, session);
  const { desk } = await state.claim();
  state.save({ documentIds: [name] });
  await state.saved();
  return desk.id;
}

describe("a desk", () => {
  it("is a tab's own: the second tab has another", async () => {
    const [database, locks] = [freshDatabase(), new Locks()];
    const first = await withDesk(database, locks, "one");
    expect(await withDesk(database, locks, "two")).not.toBe(first);
  });

  it("is found by the next tab when its own is gone, the last one first", async () => {
    const [database, locks] = [freshDatabase(), new Locks()];
    await withDesk(database, locks, "one");
    await withDesk(database, locks, "two");
    locks.gone("one");
    locks.gone("two");
    const claimed = await tab(database, locks, "three").claim();
    expect([claimed.desk.documentIds, claimed.sameTab]).toEqual([["two"], false]);
  });

  it("is the same after a reload, whichever was used last", async () => {
    const [database, locks, session] = [freshDatabase(), new Locks(), memoryStore()];
    await withDesk(database, locks, "one", session);
    await withDesk(database, locks, "two");
    locks.gone("one");
    locks.gone("two");
    const claimed = await tab(database, locks, "one again", session).claim();
    expect([claimed.desk.documentIds, claimed.sameTab]).toEqual([["one"], true]);
  });

  it("is the one used last where a browser has no locks", async () => {
    const database = freshDatabase();
    await withDesk(database, new Locks(), "one");
    const state = new DeskState(new DeskStore(database), { session: memoryStore(), locks: undefined, now: () => 1 });
    expect((await state.claim()).desk.documentIds).toEqual(["one"]);
  });
});
