import { describe, expect, it } from "vitest";
import { runQueue } from "../../../web/src/engine/queue.js";
import { CancelledError, DeviceError, InputError } from "../../../web/src/shared/errors.js";
import type { Extraction } from "../../../web/src/shared/extraction.js";
import type { BatchEvent } from "../../../web/src/shared/protocol.js";

const DOCUMENTS = ["a", "b", "c"].map((id) => ({ id, text: id }));
const extraction = { output: {}, fields: [] } as unknown as Extraction;

async function run(thrown: Record<string, unknown>, signal = new AbortController().signal): Promise<{ told: unknown[]; ended: unknown }> {
  const told: unknown[] = [];
  const onEvent = (event: BatchEvent): void => { told.push(event.stage === "settled" ? [event.document, event.outcome.status] : [event.document, event.stage]); };
  const one = (document: { id: string }, tell: (event: { stage: "reading"; tokensRead: number; tokens: number }) => void): Promise<Extraction> => {
    tell({ stage: "reading", tokensRead: 1, tokens: 1 });
    const reason = thrown[document.id];
    return reason instanceof Error ? Promise.reject(reason) : Promise.resolve(extraction);
  };
  const ended = await runQueue(DOCUMENTS, one, { signal, onEvent }).catch((reason: unknown) => reason);
  return { told, ended };
}

const steps = (id: string, status: string): unknown[] => [[id, "started"], [id, "progress"], [id, status]];

describe("the queue of a batch", () => {
  it("reads one document after the other; one that cannot be read stops none", async () => {
    const { told, ended } = await run({ b: new InputError("empty-text/nothing", "No text.", "Another.") });
    expect(told).toEqual([...steps("a", "done"), ...steps("b", "failed"), ...steps("c", "done")]);
    expect(ended).toBe(3);
  });

  it.each([new CancelledError(), new DeviceError(["forward-failed", { reason: "no memory" }], "No memory.", "Close tabs.")])("ends with a $kind error, which is no document's fault", async (error) => {
    const { told, ended } = await run({ b: error });
    expect(told).toEqual([...steps("a", "done"), ...steps("b", "done").slice(0, 2)]);
    expect(ended).toBe(error);
  });

  it("begins no document once it is cancelled", async () => {
    const { told, ended } = await run({}, AbortSignal.abort());
    expect(told).toEqual([]);
    expect(ended).toMatchObject({ kind: "cancelled" });
  });
});
