import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { type BatchEngine, BatchState } from "../../../web/src/app/state/batch/batch-state.js";
import { LeftMark } from "../../../web/src/app/state/batch/left-mark.js";
import { RecordsState } from "../../../web/src/app/state/records-state.js";
import { type KeyValueStore, memoryStore } from "../../../web/src/app/state/storage.js";
import { BatchStore } from "../../../web/src/app/store/batches.js";
import type { Database } from "../../../web/src/app/store/database.js";
import { DocumentStore } from "../../../web/src/app/store/documents.js";
import { ResultStore } from "../../../web/src/app/store/results.js";
import type { BatchItem } from "../../../web/src/shared/batch.js";
import { BundleError, InputError } from "../../../web/src/shared/errors.js";
import { freshDatabase, HEAD, READING, reopened } from "./record-samples.js";
import { EXTRACTION, MODEL, SCHEMA } from "./samples.js";

/** Answers at once; holds what is called stuck until it is stopped; fails what is called bad. */
class Engine implements BatchEngine {
  readonly asked: string[] = [];
  refusal: Error | undefined;

  check(): Promise<unknown> {
    return this.refusal === undefined ? Promise.resolve() : Promise.reject(this.refusal);
  }

  extractAll(...[documents, , { signal }]: Parameters<BatchEngine["extractAll"]>): Promise<BatchItem[]> {
    const [{ id } = { id: "" }] = documents;
    this.asked.push(id);
    if (id.startsWith("bad")) return Promise.resolve([{ id, status: "failed", error: new InputError("binary-text", "Bad.", "").toData() }]);
    if (!id.startsWith("stuck")) return Promise.resolve([{ id, status: "done", extraction: EXTRACTION }]);
    return new Promise((resolve) => { signal?.addEventListener("abort", () => { resolve([{ id, status: "cancelled" }]); }); });
  }
}

function on(database: Database, { engine = new Engine(), local = memoryStore(), model = () => Promise.resolve(MODEL) }: {
  engine?: Engine; local?: KeyValueStore; model?: () => Promise<typeof MODEL>;
} = {}) {
  const documents = new DocumentStore(database);
  const records = new RecordsState(new ResultStore(database));
  const left = new LeftMark(local);
  const batch = new BatchState({
    engine, documents, batches: new BatchStore(database), records, model, left,
    hold: (work) => work(), now: () => 7, clock: () => 7,
  });
  const add = async (...ids: string[]): Promise<{ id: string; name: string }[]> => {
    for (const id of ids) await documents.putReading({ ...HEAD, id, name: id }, READING);
    return ids.map((id) => ({ id, name: id }));
  };
  const states = (): string => batch.rows.value.map(({ name, status }) => `${name} ${status}`).join(", ");
  const is = (state: string): Promise<void> => vi.waitFor(() => { expect(batch.batch.value?.state).toBe(state); });
  const are = (wanted: string): Promise<void> => vi.waitFor(() => { expect(states()).toBe(wanted); });
  return { engine, documents, records, batch, left, add, states, is, are };
}

describe("a batch", () => {
  it("asks one document after the other, and one that fails stops none of the others", async () => {
    const { batch, engine, records, add, is, states } = on(freshDatabase());
    const settled: string[] = [];
    records.onSettled(({ documentName, status }) => { settled.push(`${documentName} ${status}`); });
    await batch.start(await add("a", "bad", "c"), SCHEMA, "Visit");
    await is("ended");
    expect(states()).toBe("a done, bad failed, c done");
    expect(engine.asked).toEqual(["a", "bad", "c"]);
    expect(settled).toEqual(["a done", "bad failed", "c done"]);
  });

  it("takes later documents into the same table where the schema is the same, and into a new one where not", async () => {
    const { batch, add, is, states } = on(freshDatabase());
    await batch.start(await add("a"), SCHEMA, "Visit");
    await is("ended");
    const documents = await add("a", "b");
    await batch.start(batch.missing(documents, SCHEMA), SCHEMA, "Visit");
    await is("ended");
    expect(states()).toBe("a done, b done");
    const other = { ...SCHEMA, title: "other" };
    await batch.start(batch.missing(documents, other), other, "Other");
    await is("ended");
    expect(states()).toBe("a done, b done");
    expect(batch.batch.value?.schemaName).toBe("Other");
  });

  it("begins again with what was under way when it was paused", async () => {
    const { batch, engine, add, is, are } = on(freshDatabase());
    await batch.start(await add("a", "stuck"), SCHEMA, "Visit");
    await are("a done, stuck running");
    await batch.pause();
    await are("a done, stuck waiting");
    await batch.resume();
    await are("a done, stuck running");
    expect(engine.asked).toEqual(["a", "stuck", "stuck"]);
    await batch.cancel();
    await are("a done, stuck cancelled");
    await is("ended");
  });

  it("tries again what failed or was cancelled, never what is done", async () => {
    const { batch, engine, add, is } = on(freshDatabase());
    await batch.start(await add("a", "bad"), SCHEMA, "Visit");
    await is("ended");
    await batch.retry(batch.rows.value.map(({ id }) => id));
    await is("ended");
    expect(engine.asked).toEqual(["a", "bad", "bad"]);
  });

  it("pauses and says why where nothing can be read, and no document is blamed", async () => {
    const model = (): Promise<typeof MODEL> => Promise.reject(new BundleError(["shard-mismatch", { file: "a.bin" }], "Wrong.", "Again."));
    const { batch, add, is, states } = on(freshDatabase(), { model });
    await batch.start(await add("a", "b"), SCHEMA, "Visit");
    await is("paused");
    expect(batch.problem.value?.code).toBe("shard-mismatch");
    expect(states()).toBe("a waiting, b waiting");
  });

  it("pauses where the schema is refused", async () => {
    const engine = new Engine();
    engine.refusal = new InputError("schema-refused/items", "No.", "Mend it.");
    const { batch, add, is } = on(freshDatabase(), { engine });
    await batch.start(await add("a"), SCHEMA, "Visit");
    await is("paused");
    expect(batch.problem.value?.code).toBe("schema-refused");
  });

  it("names a document that is gone, and goes on", async () => {
    const { batch, documents, add, is, states } = on(freshDatabase());
    const [first, second] = await add("a", "b");
    await documents.delete(["a"]);
    await batch.start([first, second].filter((one) => one !== undefined), SCHEMA, "Visit");
    await is("ended");
    expect(states()).toBe("a failed, b done");
    expect(batch.rows.value[0]?.error?.code).toBe("document-gone");
  });

  it("does not bring back what was deleted while it was under way", async () => {
    const { batch, records, add, is, are } = on(freshDatabase());
    await batch.start(await add("stuck"), SCHEMA, "Visit");
    await are("stuck running");
    const id = batch.rows.value[0]?.id ?? "";
    await records.store.delete([id]);
    batch.forget(new Set([id]));
    await batch.cancel();
    await is("ended");
    await vi.waitFor(() => { expect(batch.underway.value).toBeNull(); });
    expect(await records.store.get(id)).toBeUndefined();
  });

  it("loses the rows of results that are deleted", async () => {
    const { batch, add, is, states } = on(freshDatabase());
    await batch.start(await add("a", "b"), SCHEMA, "Visit");
    await is("ended");
    batch.forget(new Set([batch.rows.value[0]?.id ?? ""]));
    expect(states()).toBe("b done");
  });
});

describe("after a break", () => {
  async function broken(database: Database, leave: boolean, local = memoryStore()): Promise<{ id: string; local: KeyValueStore }> {
    const { batch, left, add, are } = on(database, { local });
    await batch.start(await add("a", "stuck", "c"), SCHEMA, "Visit");
    await are("a done, stuck running, c waiting");
    if (leave) left.leave();
    return { id: batch.batch.value?.id ?? "", local };
  }

  it("a batch goes on by itself with the first document that is not done", async () => {
    const database = freshDatabase();
    const { id, local } = await broken(database, false);
    const next = on(await reopened(database), { local });
    await next.batch.restore(id);
    await next.are("a done, stuck running, c waiting");
    expect(next.engine.asked).toEqual(["stuck"]);
  });

  it("a document that two pages were killed in is given up, and the others go on", async () => {
    const database = freshDatabase();
    const { id, local } = await broken(database, false);
    const second = on(await reopened(database), { local });
    await second.batch.restore(id);
    await second.are("a done, stuck running, c waiting");
    const third = on(await reopened(database), { local });
    await third.batch.restore(id);
    await third.is("ended");
    expect(third.states()).toBe("a done, stuck failed, c done");
    expect(third.batch.rows.value[1]?.error?.code).toBe("page-stopped");
  });

  it("a page that was left in good order counts as no try, however often", async () => {
    const database = freshDatabase();
    const { id, local } = await broken(database, true);
    for (let visit = 0; visit < 3; visit += 1) {
      const next = on(await reopened(database), { local });
      await next.batch.restore(id);
      await next.are("a done, stuck running, c waiting");
      next.left.leave();
    }
  });

  it("a batch that was paused waits", async () => {
    const database = freshDatabase();
    const before = on(database);
    await before.batch.start(await before.add("stuck"), SCHEMA, "Visit");
    await before.are("stuck running");
    await before.batch.pause();
    await before.are("stuck waiting");
    const next = on(await reopened(database));
    await next.batch.restore(before.batch.batch.value?.id ?? "");
    expect([next.states(), next.engine.asked, next.batch.batch.value?.state]).toEqual(["stuck waiting", [], "paused"]);
  });
});
