import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { BatchState } from "../../../web/src/app/state/batch/batch-state.js";
import { LeftMark } from "../../../web/src/app/state/batch/left-mark.js";
import { DocumentState } from "../../../web/src/app/state/document-state.js";
import { FilesState } from "../../../web/src/app/state/documents/files-state.js";
import { LeavingState } from "../../../web/src/app/state/documents/leaving.js";
import { HistoryState } from "../../../web/src/app/state/history/history-state.js";
import { RecordsState } from "../../../web/src/app/state/records-state.js";
import { SavedSchemas } from "../../../web/src/app/state/saved-schemas.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { BatchStore } from "../../../web/src/app/store/batches.js";
import { DocumentStore } from "../../../web/src/app/store/documents.js";
import { ResultStore } from "../../../web/src/app/store/results.js";
import { SchemaStore } from "../../../web/src/app/store/schemas.js";
import { freshDatabase, HEAD, READING, RESULT } from "./record-samples.js";
import { MODEL } from "./samples.js";

async function history(count = 3) {
  const database = freshDatabase();
  const [documents, results] = [new DocumentStore(database), new ResultStore(database)];
  const records = new RecordsState(results);
  const unused = (): Promise<never> => Promise.reject(new Error("no engine in this test"));
  const batch = new BatchState({
    engine: { check: unused, extractAll: unused }, documents, batches: new BatchStore(database), records,
    model: () => Promise.resolve(MODEL), hold: (work) => work(), left: new LeftMark(memoryStore()), now: () => 1, clock: () => 1,
  });
  const leaving = new LeavingState(documents, results, (ids) => { records.forget(ids); });
  const files = new FilesState(new DocumentState(memoryStore()), {
    read: unused, store: documents, busy: () => false, hasResults: () => Promise.resolve(true),
    released: (ids) => leaving.release(ids), typedName: () => "Typed", now: () => 1,
  });
  for (let number = 1; number <= count; number += 1) {
    await documents.putReading({ ...HEAD, id: `d${number}` }, READING);
    await results.put({ ...RESULT, id: `r${number}`, documentId: `d${number}`, documentName: `file ${number}.txt`, startedAt: number });
  }
  const schemas = new SavedSchemas(new SchemaStore(database));
  const state = new HistoryState(database, { batch, files, leaving, records }, schemas);
  await state.load();
  const names = (): string[] => (state.entries.value ?? []).map(({ name }) => name);
  return { state, documents, results, files, leaving, records, schemas, names };
}

describe("the history", () => {
  it("lists what is settled, the newest first, a part at a time", async () => {
    const { state, results, names } = await history(60);
    await results.put({ ...RESULT, id: "open", status: "waiting", startedAt: 99 });
    await state.load();
    expect([names().length, names()[0], state.more.value]).toEqual([50, "file 60.txt", true]);
    await state.showMore();
    expect([names().length, state.more.value]).toEqual([60, false]);
  });

  it("is searched by names and by values, the person's too", async () => {
    const { state, records, names } = await history();
    await state.find("FILE 2");
    expect(names()).toEqual(["file 2.txt"]);
    await records.show("d3");
    records.review("/who", { status: "corrected", value: "Zuse", span: null, at: 1 });
    await records.reviewsKept();
    await state.find("zuse");
    expect(names()).toEqual(["file 3.txt"]);
    await state.find("ada");
    expect(names()).toEqual(["file 2.txt", "file 1.txt"]);
  });

  it("says where each was read, and why there", async () => {
    const { state, results } = await history(1);
    await results.put({ ...RESULT, tier: "wasm-single", why: "one-processor" });
    await state.load();
    expect(state.entries.value?.at(-1)).toMatchObject({ tier: "wasm-single", why: "one-processor" });
  });

  it("takes saved schemas along, the last change too, and shows those that come", async () => {
    const one = await history(1);
    one.schemas.add("Visit", "{}");
    const file = await one.state.export();
    const other = await history(0);
    await other.state.import(file ?? new Blob());
    expect(other.schemas.list.value.map(({ name, source }) => [name, source])).toEqual([["Visit", "{}"]]);
  });

  it("forgets one result, and its document where that is not open", async () => {
    const { state, documents, files, names } = await history(2);
    await files.reopen("d2");
    for (const entry of state.entries.value ?? []) await state.delete(entry);
    expect(names()).toEqual([]);
    expect([await documents.get("d1"), (await documents.get("d2"))?.id]).toEqual([undefined, "d2"]);
  });

  it("forgets everything, what is open too", async () => {
    const { state, documents, files, records } = await history();
    await files.reopen("d2");
    await records.show("d2");
    await state.deleteAll();
    expect([state.entries.value, files.documents.value, files.source.text.value, records.current.value]).toEqual([[], [], "", null]);
    expect(await Promise.all(["d1", "d2", "d3"].map((id) => documents.head(id)))).toEqual([undefined, undefined, undefined]);
  });
});

describe("what is taken off the list", () => {
  it("stays in the history where it has a result, and may be forgotten at once", async () => {
    const { documents, results, files, leaving } = await history(1);
    await files.reopen("d1");
    await files.clear();
    expect(leaving.left.value).toEqual({ documentIds: ["d1"], results: 1 });
    expect((await documents.get("d1"))?.id).toBe("d1");
    await leaving.forgetLeft();
    expect([await documents.get("d1"), await results.get("r1"), leaving.left.value]).toEqual([undefined, undefined, null]);
  });
});
