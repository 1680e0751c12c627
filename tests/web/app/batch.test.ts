import { describe, expect, it } from "vitest";
import { runBatch, type BatchEngine, type BatchOptions } from "../../../web/src/app/batch.js";
import type { BatchItem } from "../../../web/src/shared/batch.js";
import { CancelledError, DeviceError, InputError, type ExcerptError } from "../../../web/src/shared/errors.js";
import type { BatchEvent } from "../../../web/src/shared/protocol.js";
import { EXTRACTION } from "./samples.js";

const documents = (...ids: string[]): { id: string; text: string }[] => ids.map((id) => ({ id, text: `text of ${id}` }));
const stopped = (): ExcerptError => new DeviceError("engine-stopped", "Stopped.", "Again.");
const unreadable = new InputError("binary-text", "No text.", "Another.").toData();

/** Reads documents as told by their ids; any other is done. */
class Engine implements BatchEngine {
  readonly asked: string[][] = [];
  restarts = 0;

  constructor(readonly acts: Readonly<Record<string, () => ExcerptError | "failed">> = {}) {}

  async ask(open: readonly { id: string }[], onEvent: (event: BatchEvent) => void): Promise<void> {
    this.asked.push(open.map(({ id }) => id));
    for (const { id } of open) {
      await Promise.resolve();
      onEvent({ stage: "started", document: id });
      const act = this.acts[id]?.() ?? "done";
      if (act instanceof Error) throw act;
      const outcome = act === "failed" ? ({ status: "failed", error: unreadable } as const) : ({ status: "done", extraction: EXTRACTION } as const);
      onEvent({ stage: "settled", document: id, outcome });
    }
  }

  restart(): void {
    this.restarts += 1;
  }
}

async function run(engine: Engine, ids: string[], options: BatchOptions = {}): Promise<{ items: string[]; told: string[] }> {
  const told: string[] = [];
  const items = await runBatch(documents(...ids), engine, { ...options, onResult: (item) => { told.push(said(item)); options.onResult?.(item); } });
  return { items: items.map(said), told };
}

const said = ({ id, status }: BatchItem): string => `${id} ${status}`;

describe("a batch", () => {
  it("tells of each document as it is settled and answers in their order", async () => {
    const engine = new Engine({ b: () => "failed" });
    const { items, told } = await run(engine, ["a", "b", "c"]);
    expect(items).toEqual(["a done", "b failed", "c done"]);
    expect(told).toEqual(items);
    expect(engine.asked).toEqual([["a", "b", "c"]]);
  });

  it("leaves out what is not asked for", async () => {
    const engine = new Engine();
    const { items, told } = await run(engine, ["a", "b", "c"], { skip: ["a", "c", "z"] });
    expect(items).toEqual(["a skipped", "b done", "c skipped"]);
    expect(told).toEqual(["b done"]);
    expect(engine.asked).toEqual([["b"]]);
  });

  it("asks nothing where nothing is left", async () => {
    const engine = new Engine();
    expect((await run(engine, [])).items).toEqual([]);
    expect((await run(engine, ["a"], { skip: ["a"] })).items).toEqual(["a skipped"]);
    expect(engine.asked).toEqual([]);
  });

  it("keeps what is done when it is cancelled", async () => {
    const abort = new AbortController();
    const engine = new Engine({ b: () => new CancelledError() });
    const cancelled = await run(engine, ["a", "b", "c"], { signal: abort.signal });
    expect(cancelled.items).toEqual(["a done", "b cancelled", "c cancelled"]);
    abort.abort();
    expect((await run(engine, ["a"], { signal: abort.signal })).items).toEqual(["a cancelled"]);
  });

  it("goes on after a crash with the first document that is not settled", async () => {
    let crashes = 0;
    const engine = new Engine({ b: () => (++crashes === 1 ? stopped() : "failed") });
    expect((await run(engine, ["a", "b", "c"])).items).toEqual(["a done", "b failed", "c done"]);
    expect(engine.asked).toEqual([["a", "b", "c"], ["b", "c"]]);
    expect(engine.restarts).toBe(1);
  });

  it("gives up a document that the engine died of twice, and reads the others", async () => {
    const engine = new Engine({ b: stopped, d: stopped });
    const items = await runBatch(documents("a", "b", "c", "d"), engine, {});
    expect(items.map(said)).toEqual(["a done", "b failed", "c done", "d failed"]);
    expect(items[1]).toMatchObject({ error: { code: "engine-stopped" } });
    expect(engine.asked.map((ids) => ids[0])).toEqual(["a", "b", "c", "d"]);
  });

  it("fails what is left with the reason where the engine does not start again", async () => {
    const engine = new Engine({ b: stopped });
    const ask = engine.ask.bind(engine);
    engine.ask = (open, onEvent) => (engine.restarts > 0 ? Promise.reject(new DeviceError(["session-failed", { reason: "no memory" }], "No memory.", "Close tabs.")) : ask(open, onEvent));
    const items = await runBatch(documents("a", "b", "c"), engine, {});
    expect(items).toMatchObject([{ status: "done" }, { status: "failed", error: { code: "session-failed" } }, { status: "failed" }]);
  });

  it("refuses a schema for all documents at once, and two documents of one id", async () => {
    const engine = new Engine();
    engine.ask = () => Promise.reject(new InputError("schema-refused/items", "No.", "Mend it."));
    await expect(run(engine, ["a"])).rejects.toMatchObject({ code: "schema-refused" });
    await expect(run(engine, ["a", "b", "a"])).rejects.toMatchObject({ code: "double-document", message: expect.stringContaining("“a”") as string });
  });
});
