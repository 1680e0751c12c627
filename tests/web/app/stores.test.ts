import "fake-indexeddb/auto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BatchStore } from "../../../web/src/app/store/batches.js";
import type { Database } from "../../../web/src/app/store/database.js";
import { DocumentStore } from "../../../web/src/app/store/documents.js";
import { ResultStore } from "../../../web/src/app/store/results.js";
import type { ResultRecord } from "../../../web/src/shared/record.js";
import { freshDatabase, HEAD, READING, reopened, RESULT } from "./record-samples.js";

afterEach(() => { vi.restoreAllMocks(); });

async function walked(store: ResultStore, most = 10): Promise<string[]> {
  const ids: string[] = [];
  await store.walk(({ id }) => { ids.push(id); return ids.length < most; });
  return ids;
}

function refusing(method: "put"): void {
  vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => { throw new DOMException("full", "QuotaExceededError"); });
}

describe("documents", () => {
  it("are there on the next visit, with what was read and the file", async () => {
    const database = freshDatabase();
    const original = new Blob(["Ada came on 3 May."]);
    await new DocumentStore(database).add({ ...HEAD, status: { state: "waiting" } }, original);
    await new DocumentStore(database).putReading(HEAD, READING);
    const kept = await new DocumentStore(await reopened(database)).get("d1");
    expect(kept).toMatchObject({ id: "d1", name: "a.txt", reading: READING });
    expect(kept?.original?.size).toBe(18);
  });

  it("are no documents before they are read, and after they are deleted", async () => {
    const store = new DocumentStore(freshDatabase());
    await store.add({ ...HEAD, status: { state: "waiting" } }, new Blob(["x"]));
    expect(await store.get("d1")).toBeUndefined();
    await store.putReading(HEAD, READING);
    await store.delete(["d1"]);
    expect([await store.get("d1"), await store.head("d1"), await store.original("d1")]).toEqual([undefined, undefined, null]);
  });
});

describe("results", () => {
  const at = (id: string, startedAt: number, more: Partial<ResultRecord> = {}): ResultRecord => ({ ...RESULT, id, startedAt, ...more });

  it("are found by their document, the newest settled one first", async () => {
    const store = new ResultStore(freshDatabase());
    const records = [at("old", 1), at("new", 3), at("open", 4, { status: "running" }), at("other", 5, { documentId: "d2" })];
    for (const record of records) await store.put(record);
    expect((await store.latestOf("d1"))?.id).toBe("new");
    expect((await store.ofDocument("d1")).map(({ id }) => id).sort()).toEqual(["new", "old", "open"]);
    expect(await store.latestOf("d3")).toBeNull();
  });

  it("are visited from the newest on, as far as is asked", async () => {
    const store = new ResultStore(freshDatabase());
    for (const record of [at("b", 2), at("c", 3), at("a", 1)]) await store.put(record);
    expect(await walked(store)).toEqual(["c", "b", "a"]);
    expect(await walked(store, 2)).toEqual(["c", "b"]);
  });

  it("keep a person's word beside the model's", async () => {
    const store = new ResultStore(freshDatabase());
    await store.put(RESULT);
    const review = { status: "corrected", value: "Eve", span: null, at: 5 } as const;
    await Promise.all([store.review("r1", "/who", review), store.review("r1", "/when", { ...review, status: "accepted" })]);
    expect((await store.get("r1"))?.reviews).toEqual({ "/who": review, "/when": { ...review, status: "accepted" } });
    await store.review("r1", "/who", null);
    expect(Object.keys((await store.get("r1"))?.reviews ?? {})).toEqual(["/when"]);
    expect((await store.get("r1"))?.extraction).toEqual(RESULT.extraction);
  });
});

describe("a database", () => {
  const everything = async (database: Database): Promise<unknown[]> => {
    const store = new ResultStore(database);
    return [await store.get("r1"), await store.latestOf("d1"), await walked(store)];
  };

  it("that the browser refuses is replaced by memory, and says so", async () => {
    const database = freshDatabase();
    vi.spyOn(indexedDB, "open").mockImplementation(() => { throw new DOMException("no", "SecurityError"); });
    await new BatchStore(database).setState("b", "paused");
    const table = database.table("results");
    await table.put(RESULT);
    expect(database.trouble.value).toBe("refused");
    expect(await table.get("r1")).toEqual(RESULT);
  });

  it("that is full keeps the last value in memory, over the older one, and says so", async () => {
    const database = freshDatabase();
    const table = database.table("results");
    await table.put(RESULT);
    refusing("put");
    await table.put({ ...RESULT, status: "failed" });
    await table.put({ ...RESULT, id: "r2", startedAt: 2000 });
    expect(database.trouble.value).toBe("full");
    expect((await table.get("r1"))?.status).toBe("failed");
    const seen: string[] = [];
    await table.walk("startedAt", ({ id, status }) => { seen.push(`${id} ${status}`); return true; });
    expect(seen).toEqual(["r2 done", "r1 failed"]);
    expect((await table.where("documentId", "d1")).map(({ status }) => status)).toEqual(["failed", "done"]);
    await table.delete(["r1", "r2"]);
    expect(await everything(database)).toEqual([undefined, null, []]);
  });
});
