import { describe, expect, it } from "vitest";
import type { CallOptions } from "../../../web/src/app/engine-client.js";
import { type Extractor, RunState, type RunSubject, type SettledRun } from "../../../web/src/app/state/run-state.js";
import { CancelledError, InputError } from "../../../web/src/shared/errors.js";
import type { SourceDocument } from "../../../web/src/shared/document.js";
import type { Extraction, FieldResult } from "../../../web/src/shared/extraction.js";
import type { LoadedModel } from "../../../web/src/shared/protocol.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";
import { settled } from "./fake-worker.js";
import { RESULT } from "./record-samples.js";
import { DOCUMENT, EXTRACTION, MODEL, SCHEMA, WHO } from "./samples.js";

const NOTHING: FieldResult = { ...WHO, path: "/when", value: null, values: [{ value: null, origin: "absent", evidence: null, confidence: 0.8 }] };

const SUBJECT: RunSubject = { document: Promise.resolve(null), schemaName: "Visit" };

/** An engine that extracts when the test says so. */
class Engine implements Extractor {
  refusal: Error | undefined;
  extraction: { options: CallOptions<"extract">; done: (result: Extraction) => void } | undefined;

  check(): Promise<unknown> {
    return this.refusal === undefined ? Promise.resolve() : Promise.reject(this.refusal);
  }

  extract(_: SourceDocument, __: JsonSchema, options: CallOptions<"extract">): Promise<Extraction> {
    return new Promise((done, failed) => {
      this.extraction = { options, done };
      options.signal?.addEventListener("abort", () => { failed(new CancelledError()); });
    });
  }
}

function start(model: () => Promise<LoadedModel> = () => Promise.resolve(MODEL)) {
  const engine = new Engine();
  const held: string[] = [];
  const hold = async (work: () => Promise<void>): Promise<void> => {
    held.push("begin");
    await work().finally(() => held.push("end"));
  };
  const told: SettledRun[] = [];
  const settled = (run: SettledRun): void => { told.push(run); };
  return { engine, held, told, run: new RunState(engine, { model, hold, settled, now: () => 5 }) };
}

describe("start", () => {
  it("goes from queued over running to done", async () => {
    const { run, engine, held } = start();
    const ended = run.start(DOCUMENT, SCHEMA, SUBJECT);
    expect(run.status.value.state).toBe("queued");
    expect(run.names.value).toEqual(["who", "when"]);
    await settled();
    expect(run.status.value).toEqual({ state: "running", read: 0, toRead: 0, done: 0, parts: null });
    engine.extraction?.options.onEvent?.({ stage: "reading", tokensRead: 3, tokens: 9 });
    expect(run.status.value).toMatchObject({ read: 3, toRead: 9 });
    engine.extraction?.options.onEvent?.({ stage: "field", field: WHO, done: 1, of: 2 });
    expect(run.fields.value).toEqual([WHO]);
    engine.extraction?.done(EXTRACTION);
    await ended;
    expect(run.status.value.state).toBe("done");
    expect(run.extraction.value).toBe(EXTRACTION);
    expect(held).toEqual(["begin", "end"]);
  });

  it("shows what the windows of a long text say together, and how many are left", async () => {
    const { run, engine } = start();
    void run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    engine.extraction?.options.onEvent?.({ stage: "window", done: 0, of: 3, fields: [], remainingMs: null });
    engine.extraction?.options.onEvent?.({ stage: "reading", tokensRead: 3, tokens: 9 });
    engine.extraction?.options.onEvent?.({ stage: "window", done: 1, of: 3, fields: [WHO], remainingMs: 2000 });
    expect(run.fields.value).toEqual([WHO]);
    expect(run.status.value).toMatchObject({ read: 0, toRead: 0, parts: { done: 1, of: 3, remainingMs: 2000 } });
  });

  it("calls nothing absent before the last part of a long text is read", async () => {
    const { run, engine } = start();
    void run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    engine.extraction?.options.onEvent?.({ stage: "window", done: 1, of: 2, fields: [WHO, NOTHING], remainingMs: 2000 });
    expect(run.fields.value).toEqual([WHO]);
    engine.extraction?.done({ ...EXTRACTION, fields: [WHO, NOTHING] });
    await settled();
    expect(run.fields.value).toEqual([WHO, NOTHING]);
  });

  it("refuses an empty text before anything is asked of the engine", async () => {
    const { run, engine } = start(() => Promise.reject(new Error("asked")));
    await run.start({ id: "1", text: " \n" }, SCHEMA, SUBJECT);
    expect(run.status.value).toMatchObject({ state: "failed", error: { code: "empty-text" } });
    expect(engine.extraction).toBeUndefined();
  });

  it("refuses a schema before the model is fetched for it", async () => {
    const { run, engine } = start(() => Promise.reject(new Error("fetched")));
    engine.refusal = new InputError("schema-refused/items", "No.", "Mend it.", "/properties/who");
    await run.start(DOCUMENT, SCHEMA, SUBJECT);
    expect(run.status.value).toMatchObject({ state: "failed", error: { place: "/properties/who" } });
  });

  it("does nothing while one is under way", async () => {
    const { run, engine } = start();
    void run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    const first = engine.extraction;
    await run.start(DOCUMENT, SCHEMA, SUBJECT);
    expect(engine.extraction).toBe(first);
  });
});

describe("cancel", () => {
  it("ends the wait for the model", async () => {
    const { run } = start(() => new Promise(() => undefined));
    const ended = run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    run.cancel();
    expect(run.stopping.value).toBe(true);
    await ended;
    expect(run.status.value.state).toBe("cancelled");
    expect(run.stopping.value).toBe(false);
  });

  it("keeps what was found until then, and the next run begins afresh", async () => {
    const { run, engine } = start();
    const ended = run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    engine.extraction?.options.onEvent?.({ stage: "field", field: WHO, done: 1, of: 2 });
    run.cancel();
    await ended;
    expect(run.status.value.state).toBe("cancelled");
    expect(run.fields.value).toEqual([WHO]);
    void run.start(DOCUMENT, SCHEMA, SUBJECT);
    expect(run.fields.value).toEqual([]);
  });
});

describe("the end of a run", () => {
  it("is told with what it was about", async () => {
    const { run, engine, told } = start();
    const ended = run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    engine.extraction?.done(EXTRACTION);
    await ended;
    expect(told).toEqual([{ subject: SUBJECT, schema: SCHEMA, model: MODEL, outcome: { status: "done", extraction: EXTRACTION }, ms: 0 }]);
  });

  it("is not told where it was stopped, or never began", async () => {
    const { run, told } = start();
    await run.start({ id: "1", text: "" }, SCHEMA, SUBJECT);
    const ended = run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    run.cancel();
    await ended;
    expect(told).toEqual([]);
  });
});

describe("an earlier result", () => {
  it("is shown like one that has just come", () => {
    const { run } = start();
    run.show(RESULT);
    expect([run.status.value.state, run.names.value, run.fields.value]).toEqual(["done", ["who", "when"], EXTRACTION.fields]);
    const error = new InputError(["document-gone", { name: "a.txt" }], "Gone.", "Open it.").toData();
    run.show({ ...RESULT, status: "failed", extraction: null, error });
    expect([run.status.value, run.fields.value]).toEqual([{ state: "failed", error }, []]);
  });

  it("does not take the place of one that is under way", async () => {
    const { run } = start();
    void run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    run.show(RESULT);
    expect(run.status.value.state).toBe("running");
  });
});

describe("reset", () => {
  it("forgets a result", async () => {
    const { run, engine } = start();
    const ended = run.start(DOCUMENT, SCHEMA, SUBJECT);
    await settled();
    engine.extraction?.done(EXTRACTION);
    await ended;
    run.reset();
    expect(run.status.value.state).toBe("idle");
    expect(run.extraction.value).toBeNull();
    expect(run.names.value).toEqual([]);
  });
});

describe("refuse", () => {
  it("shows an error that came before the run", () => {
    const { run } = start();
    run.refuse(new InputError("schema-incomplete/no-name", "No name.", "Give one.").toData());
    expect(run.status.value).toMatchObject({ state: "failed", error: { code: "schema-incomplete" } });
  });
});
