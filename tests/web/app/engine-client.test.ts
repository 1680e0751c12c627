import { describe, expect, it } from "vitest";
import { EngineClient } from "../../../web/src/app/engine-client.js";
import { CANCELLED, FakeWorker, FULL, settled } from "./fake-worker.js";
import { DOCUMENT, EXTRACTION, MODEL, SCHEMA } from "./samples.js";

const URL = "/bundle/manifest.json";

/** A client whose workers are kept, in the order in which they were made. */
function start(graceMs = 5): { client: EngineClient; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const create = (): FakeWorker => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  return { client: new EngineClient(create, graceMs), workers };
}

async function loaded(graceMs?: number): Promise<{ client: EngineClient; worker: FakeWorker; workers: FakeWorker[] }> {
  const { client, workers } = start(graceMs);
  const load = client.load(URL);
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
    last(workers).event("load", { stage: "manifest" });
    last(workers).done("load", MODEL);
    expect(await load).toEqual(MODEL);
    expect(events).toEqual([{ stage: "manifest" }]);
    expect(last(workers).request("load")).toEqual({ kind: "load", id: 1, bundleUrl: URL });
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
    last(workers).failed("load", FULL);
    await expect(load).rejects.toMatchObject({ code: "memory" });
    await expect(extract).rejects.toMatchObject({ code: "memory" });
  });

  it("rejects where no worker can be made", async () => {
    const client = new EngineClient(() => { throw new Error("blocked"); });
    await expect(client.check(SCHEMA)).rejects.toThrow("blocked");
  });
});

describe("a crash", () => {
  it("rejects everything pending and ends the worker", async () => {
    const { client, worker } = await loaded();
    const check = client.check(SCHEMA);
    const extract = client.extract(DOCUMENT, SCHEMA);
    await settled();
    worker.crash();
    await expect(check).rejects.toMatchObject({ kind: "device", code: "engine-stopped" });
    await expect(extract).rejects.toMatchObject({ kind: "device", code: "engine-stopped" });
    expect(worker.terminated).toBe(true);
  });

  it("is followed by a new worker that loads the same bundle by itself", async () => {
    const { client, worker, workers } = await loaded();
    worker.crash();
    expect(workers).toHaveLength(1);
    const extract = client.extract(DOCUMENT, SCHEMA);
    expect(last(workers).request("load")).toMatchObject({ bundleUrl: URL });
    last(workers).done("load", MODEL);
    await settled();
    last(workers).done("extract", EXTRACTION);
    expect(await extract).toBe(EXTRACTION);
    expect(workers).toHaveLength(2);
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

describe("close", () => {
  it("cancels what is pending and ends the worker", async () => {
    const { client, worker } = await loaded();
    const check = client.check(SCHEMA);
    client.close();
    await expect(check).rejects.toMatchObject({ kind: "cancelled" });
    expect(worker.terminated).toBe(true);
  });
});
