import { describe, expect, it } from "vitest";
import { CrashMarker, type PageLocks } from "../../../web/src/app/crash-marker.js";
import { EngineClient } from "../../../web/src/app/engine-client.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { CANCELLED, FakeLocks, FakeWorker, FULL, settled } from "./fake-worker.js";
import { DOCUMENT, EXTRACTION, MODEL, SCHEMA } from "./samples.js";

const URL = "/bundle/manifest.json";

/** A client whose workers are kept, in the order in which they were made. */
function start(graceMs = 5, locks?: PageLocks): { client: EngineClient; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const create = (): FakeWorker => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  const marker = new CrashMarker({ store: memoryStore(), locks: undefined, now: () => 0 });
  return { client: new EngineClient({ createWorker: create, cancelGraceMs: graceMs, marker, locks }), workers };
}

async function loaded(graceMs?: number, locks?: PageLocks): Promise<{ client: EngineClient; worker: FakeWorker; workers: FakeWorker[] }> {
  const { client, workers } = start(graceMs, locks);
  const load = client.load(URL);
  await settled();
  const worker = last(workers);
  worker.done("load", MODEL);
  await load;
  return { client, worker, workers };
}

function last(workers: FakeWorker[]): FakeWorker {
  const worker = workers.at(-1);
  if (worker === undefined) throw new Error("No worker was made.");
  return worker;
}

describe("requests", () => {
  it("makes no worker before there is something to do", () => {
    expect(start().workers).toEqual([]);
  });

  it("gives the result and hands events on", async () => {
    const { client, workers } = start();
    const events: unknown[] = [];
    const load = client.load(URL, { onEvent: (event) => events.push(event) });
    await settled();
    last(workers).event("load", { stage: "manifest" });
    last(workers).done("load", MODEL);
    expect(await load).toEqual(MODEL);
    expect(events).toEqual([{ stage: "manifest" }]);
    expect(last(workers).request("load")).toEqual({ kind: "load", id: 1, bundleUrl: URL, stepsDown: 0 });
  });

  it("asks for versions with the keys that the model was loaded with, and takes no crash in it for the model's", async () => {
    const { client, workers } = start();
    const load = client.load(URL, { publicKeys: ["ab"] });
    await settled();
    const worker = last(workers);
    worker.done("load", MODEL);
    await load;
    const running = { version: MODEL.version, variant: MODEL.variant };
    const found = client.look(URL, MODEL);
    expect(worker.request("look")).toEqual({ kind: "look", id: 2, bundleUrl: URL, running, publicKeys: ["ab"] });
    worker.done("look", { offered: null, before: null });
    expect(await found).toEqual({ offered: null, before: null });
    void client.goBack(URL, MODEL);
    expect(worker.request("goBack")).toEqual({ kind: "goBack", id: 3, bundleUrl: URL, running, publicKeys: ["ab"] });
  });

  it("fetches an update with its progress, and cancels it", async () => {
    const { client, worker } = await loaded();
    const abort = new AbortController();
    const events: unknown[] = [];
    const update = client.update(URL, MODEL, { replace: true, signal: abort.signal, onEvent: (event) => events.push(event) });
    expect(worker.request("update")).toMatchObject({ replace: true, bundleUrl: URL });
    worker.event("update", { stage: "manifest" });
    abort.abort();
    worker.failed("update", CANCELLED);
    await expect(update).rejects.toMatchObject({ kind: "cancelled" });
    expect(events).toEqual([{ stage: "manifest" }]);
  });

  it("sends a secret and keeps none", async () => {
    const { client, worker } = await loaded();
    const unlocked = client.unlock(URL, { text: "secret" });
    expect(worker.request("unlock")).toMatchObject({ secret: { text: "secret" } });
    worker.done("unlock", null);
    await unlocked;
  });

  it("sends the options of an extraction only where there are some", async () => {
    const { client, worker } = await loaded();
    void client.extract(DOCUMENT, SCHEMA);
    await settled();
    expect(worker.request("extract")).toEqual({ kind: "extract", id: 2, document: DOCUMENT, schema: SCHEMA });
    void client.extract(DOCUMENT, SCHEMA, { drafts: false });
    await settled();
    expect(worker.request("extract")).toMatchObject({ options: { drafts: false } });
  });

  it("tells answers apart by their request", async () => {
    const { client, worker } = await loaded();
    const check = client.check(SCHEMA);
    const extract = client.extract(DOCUMENT, SCHEMA);
    await settled();
    worker.done("extract", EXTRACTION);
    worker.done("check", { fields: 2 });
    expect(await extract).toBe(EXTRACTION);
    expect(await check).toEqual({ fields: 2 });
  });

  it("makes the worker's error an error again, with its place", async () => {
    const { client, workers } = start();
    const check = client.check(SCHEMA);
    last(workers).failed("check", { kind: "input", code: "schema-refused", message: "No.", advice: "Mend it.", place: "/properties/a" });
    await expect(check).rejects.toMatchObject({ kind: "input", code: "schema-refused", place: "/properties/a" });
  });

  it("waits for the model before it extracts", async () => {
    const { client, workers } = start();
    void client.load(URL);
    const extract = client.extract(DOCUMENT, SCHEMA);
    await settled();
    expect(last(workers).sent.map(({ kind }) => kind)).toEqual(["load"]);
    last(workers).done("load", MODEL);
    await settled();
    last(workers).done("extract", EXTRACTION);
    expect(await extract).toBe(EXTRACTION);
  });

  it("fails the extraction with the reason why the model did not load", async () => {
    const { client, workers } = start();
    const load = client.load(URL);
    const extract = client.extract(DOCUMENT, SCHEMA);
    await settled();
    last(workers).failed("load", FULL);
    await expect(load).rejects.toMatchObject({ code: "memory" });
    await expect(extract).rejects.toMatchObject({ code: "memory" });
  });

  it("rejects where no worker can be made", async () => {
    const client = new EngineClient({ createWorker: () => { throw new Error("blocked"); } });
    await expect(client.check(SCHEMA)).rejects.toThrow("blocked");
  });
});

describe("a crash", () => {
  it("rejects everything pending and ends the worker", async () => {
    const { client, worker } = await loaded();
    const check = client.check(SCHEMA);
    const prefill = client.prefill(DOCUMENT);
    await settled();
    worker.crash();
    await expect(check).rejects.toMatchObject({ kind: "device", code: "engine-stopped" });
    await expect(prefill).rejects.toMatchObject({ kind: "device", code: "engine-stopped" });
    expect(worker.terminated).toBe(true);
  });

  it("of an extraction is tried once more, in a new worker a step lower, and told after the second", async () => {
    const { client, worker, workers } = await loaded();
    const extract = client.extract(DOCUMENT, SCHEMA);
    await settled();
    worker.failed("extract", { ...FULL, code: "forward-failed" });
    await settled();
    expect(worker.terminated).toBe(true);
    expect(last(workers).request("load")).toMatchObject({ stepsDown: 1 });
    last(workers).done("load", MODEL);
    await settled();
    last(workers).crash();
    await expect(extract).rejects.toMatchObject({ kind: "device", code: "engine-stopped" });
    expect(workers).toHaveLength(2);
  });

  it("is followed by a new worker that loads the same bundle by itself", async () => {
    const { client, worker, workers } = await loaded();
    worker.crash();
    expect(workers).toHaveLength(1);
    const extract = client.extract(DOCUMENT, SCHEMA);
    await settled();
    expect(last(workers).request("load")).toMatchObject({ bundleUrl: URL, stepsDown: 0 });
    last(workers).done("load", MODEL);
    await settled();
    last(workers).done("extract", EXTRACTION);
    expect(await extract).toBe(EXTRACTION);
    expect(workers).toHaveLength(2);
  });

  it("in the middle of work makes the next start more careful", async () => {
    const { client, worker, workers } = await loaded();
    const prefill = client.prefill(DOCUMENT);
    await settled();
    worker.crash();
    await expect(prefill).rejects.toMatchObject({ code: "engine-stopped" });
    void client.prefill(DOCUMENT).catch(() => undefined);
    await settled();
    expect(last(workers).request("load")).toMatchObject({ stepsDown: 1 });
  });

  it("without a word is noticed by the lock that the worker held", async () => {
    const locks = new FakeLocks();
    const { client, worker } = await loaded(5, locks);
    void locks.request("life", () => new Promise(() => undefined));
    worker.alive("life");
    const prefill = client.prefill(DOCUMENT);
    await settled();
    locks.release("life");
    await expect(prefill).rejects.toMatchObject({ code: "engine-stopped" });
    expect(worker.terminated).toBe(true);
  });

  it("is not caused by what an ended worker still says", async () => {
    const { client, worker, workers } = await loaded();
    worker.crash();
    const check = client.check(SCHEMA);
    worker.crash();
    last(workers).done("check", { fields: 2 });
    expect(await check).toEqual({ fields: 2 });
  });
});

describe("an abort", () => {
  it("sends nothing where the signal is spent already", async () => {
    const { client, workers } = start();
    await expect(client.check(SCHEMA, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: "cancelled" });
    expect(workers).toEqual([]);
  });

  it("sends cancel and takes the worker's answer", async () => {
    const { client, worker } = await loaded(60_000);
    const abort = new AbortController();
    const extract = client.extract(DOCUMENT, SCHEMA, { signal: abort.signal });
    await settled();
    abort.abort();
    expect(worker.sent.at(-1)).toEqual({ kind: "cancel", target: 2 });
    worker.failed("extract", CANCELLED);
    await expect(extract).rejects.toMatchObject({ kind: "cancelled" });
    expect(worker.terminated).toBe(false);
  });

  it("ends a worker that does not answer, and rejects what waited behind it", async () => {
    const { client, worker } = await loaded(1);
    const abort = new AbortController();
    const extract = client.extract(DOCUMENT, SCHEMA, { signal: abort.signal });
    const check = client.check(SCHEMA);
    await settled();
    abort.abort();
    await expect(extract).rejects.toMatchObject({ kind: "cancelled" });
    await expect(check).rejects.toMatchObject({ code: "engine-stopped" });
    expect(worker.terminated).toBe(true);
  });

  it("ends the wait for the model and lets the model come", async () => {
    const { client, workers } = start();
    const load = client.load(URL);
    const abort = new AbortController();
    const prefill = client.prefill(DOCUMENT, { signal: abort.signal });
    await settled();
    abort.abort();
    await expect(prefill).rejects.toMatchObject({ kind: "cancelled" });
    last(workers).done("load", MODEL);
    expect(await load).toEqual(MODEL);
  });

  it("sends nothing after the answer", async () => {
    const { client, workers } = start();
    const abort = new AbortController();
    const check = client.check(SCHEMA, { signal: abort.signal });
    last(workers).done("check", { fields: 2 });
    await check;
    abort.abort();
    expect(last(workers).sent).toHaveLength(1);
  });
});

describe("a batch", () => {
  const SECOND = { id: "2", text: "Grace came on 9 December." };

  it("goes to the worker as a whole and comes back one by one", async () => {
    const { client, worker } = await loaded();
    const events: unknown[] = [];
    const batch = client.extractAll([DOCUMENT, SECOND], SCHEMA, { drafts: false, onEvent: ({ stage }) => events.push(stage) });
    await settled();
    expect(worker.request("extractAll")).toMatchObject({ documents: [DOCUMENT, SECOND], schema: SCHEMA, options: { drafts: false } });
    worker.event("extractAll", { stage: "started", document: "1" });
    worker.event("extractAll", { stage: "settled", document: "1", outcome: { status: "done", extraction: EXTRACTION } });
    worker.event("extractAll", { stage: "settled", document: "2", outcome: { status: "failed", error: FULL } });
    worker.done("extractAll", { settled: 2 });
    expect(await batch).toEqual([{ id: "1", status: "done", extraction: EXTRACTION }, { id: "2", status: "failed", error: FULL }]);
    expect(events).toEqual(["started", "settled", "settled"]);
  });

  it("goes on in a new worker after a crash", async () => {
    const { client, worker, workers } = await loaded();
    const batch = client.extractAll([DOCUMENT, SECOND], SCHEMA);
    await settled();
    worker.event("extractAll", { stage: "settled", document: "1", outcome: { status: "done", extraction: EXTRACTION } });
    worker.event("extractAll", { stage: "started", document: "2" });
    worker.crash();
    await settled();
    last(workers).done("load", MODEL);
    await settled();
    expect(last(workers).request("extractAll")).toMatchObject({ documents: [SECOND] });
    last(workers).event("extractAll", { stage: "settled", document: "2", outcome: { status: "done", extraction: EXTRACTION } });
    last(workers).done("extractAll", { settled: 1 });
    expect((await batch).map(({ status }) => status)).toEqual(["done", "done"]);
    expect(workers).toHaveLength(2);
  });

  it("starts a worker anew whose model has failed", async () => {
    const { client, worker, workers } = await loaded();
    const batch = client.extractAll([DOCUMENT], SCHEMA);
    await settled();
    worker.event("extractAll", { stage: "started", document: "1" });
    worker.failed("extractAll", FULL);
    await settled();
    expect(worker.terminated).toBe(true);
    last(workers).done("load", MODEL);
    await settled();
    last(workers).event("extractAll", { stage: "started", document: "1" });
    last(workers).failed("extractAll", FULL);
    expect(await batch).toEqual([{ id: "1", status: "failed", error: FULL }]);
  });

  it("keeps what is done when it is cancelled", async () => {
    const { client, worker } = await loaded(60_000);
    const abort = new AbortController();
    const batch = client.extractAll([DOCUMENT, SECOND], SCHEMA, { signal: abort.signal });
    await settled();
    worker.event("extractAll", { stage: "settled", document: "1", outcome: { status: "done", extraction: EXTRACTION } });
    abort.abort();
    worker.failed("extractAll", CANCELLED);
    expect((await batch).map(({ status }) => status)).toEqual(["done", "cancelled"]);
  });
});

describe("close", () => {
  it("in the middle of a start leaves no worker behind", async () => {
    const { client, workers } = start();
    const load = client.load(URL);
    client.close();
    await expect(load).rejects.toMatchObject({ kind: "cancelled" });
    expect(workers).toEqual([]);
  });

  it("cancels what is pending and ends the worker", async () => {
    const { client, worker } = await loaded();
    const check = client.check(SCHEMA);
    client.close();
    await expect(check).rejects.toMatchObject({ kind: "cancelled" });
    expect(worker.terminated).toBe(true);
  });
});
