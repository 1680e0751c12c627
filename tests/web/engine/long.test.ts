import { describe, expect, it } from "vitest";
import { extract } from "../../../web/src/engine/extract.js";
import { Reader } from "../../../web/src/engine/reader.js";
import type { Extraction } from "../../../web/src/shared/extraction.js";
import type { ExtractEvent } from "../../../web/src/shared/protocol.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";
import { ByteTokenizer, PLAIN_PROMPT, ScriptModel, toolsFor } from "./fakes.js";

class PromptTokenizer extends ByteTokenizer {
  encodePrompt(text: string): number[] {
    return this.encode(text);
  }

  encodeAtMost(text: string, limit: number): number[] | null {
    const ids = this.encode(text);
    return ids.length > limit ? null : ids;
  }
}

const tokenizer = new PromptTokenizer([" null", ' "']);
/** Room for 400 tokens of text, each a byte: windows of 300. */
const POSITIONS = 912;
const FILLER = Array.from({ length: 60 }, (_, line) => `A line of words that say nothing, ${String.fromCharCode(97 + (line % 26))}.\n`).join("");

type Answer = readonly [header: string, answer: string | ((read: string) => string)];

/** Says the value where the window holds it, else null. */
function says(name: string, value: string): Answer {
  return [`- ${name}:`, (read) => (read.includes(value) ? ` "${value}"\n` : " null\n")];
}

interface Run {
  readonly extraction: Promise<Extraction>;
  readonly events: ExtractEvent[];
}

function run(text: string, properties: JsonSchema, script: readonly Answer[], onEvent?: (event: ExtractEvent, abort: AbortController) => void): Run {
  const abort = new AbortController();
  const tools = { ...toolsFor(new ScriptModel(tokenizer, script), tokenizer), signal: abort.signal };
  const reader = new Reader(tools.context, tokenizer, PLAIN_PROMPT, POSITIONS);
  const events: ExtractEvent[] = [];
  const schema: JsonSchema = { type: "object", properties, required: Object.keys(properties) };
  const tell = (event: ExtractEvent): void => {
    events.push(event);
    onEvent?.(event, abort);
  };
  return { extraction: extract({ id: "d", text }, schema, { ...tools, reader, onEvent: tell }), events };
}

const OPTIONAL: JsonSchema = { code: { type: ["string", "null"] } };

describe("a document longer than the model reads at once", () => {
  it("is read to its end, and a value of the last window stands at its place in the whole", async () => {
    const text = `${FILLER}The code is Zebra.\n`;
    const { extraction, events } = run(text, OPTIONAL, [says("code", "Zebra")]);
    const { output, fields, coverage, stats } = await extraction;
    expect(output).toEqual({ code: "Zebra" });
    expect(fields[0]?.values[0]?.evidence).toEqual({ start: text.indexOf("Zebra"), end: text.indexOf("Zebra") + 5 });
    expect(coverage.read).toEqual([{ start: 0, end: text.length }]);
    expect(coverage.windows.length).toBeGreaterThan(5);
    const told = events.flatMap((event) => (event.stage === "window" ? [[event.done, event.of, event.fields[0]?.value, event.remainingMs === null]] : []));
    const of = coverage.windows.length;
    expect(told).toEqual([[0, of, undefined, true], ...Array.from({ length: of }, (_, i) => [i + 1, of, i + 1 < of ? null : "Zebra", false])]);
    expect(events.filter(({ stage }) => stage === "field")).toEqual([]);
    expect(stats.promptTokens).toBeGreaterThan(text.length);
  });

  it("gives what no window holds as null", async () => {
    expect((await run(FILLER, OPTIONAL, [says("code", "Zebra")]).extraction).output).toEqual({ code: null });
  });

  it("unites a list in the order of the document, what stands in two windows only once", async () => {
    const text = `${FILLER.slice(0, 200)}\nitem pens\n${FILLER.slice(0, 70)}\nitem ink\n${FILLER.slice(0, 400)}\nitem paper\n`;
    const items: Answer = ["- items:", (read) => ` ${JSON.stringify([...read.matchAll(/item (\w+)/gu)].map((match) => match[1]))}\n`];
    const { output, fields, coverage } = await run(text, { items: { type: "array", items: { type: "string" } } }, [items]).extraction;
    expect(coverage.windows.filter(({ start, end }) => text.slice(start, end).includes("item ink")).length).toBeGreaterThan(1);
    expect(output).toEqual({ items: ["pens", "ink", "paper"] });
    for (const { value, evidence } of fields[0]?.values ?? []) expect(text.slice(evidence?.start, evidence?.end)).toBe(value);
  });
});

describe("what the schema requires", () => {
  const total: JsonSchema = { total: { type: "number" } };

  it("may be missing in any window but one", async () => {
    const text = `${FILLER}Total 12.50\n${FILLER}`;
    expect((await run(text, total, [says("total", "12.50")]).extraction).output).toEqual({ total: 12.5 });
  });

  it("is asked for again without a way out where every window said null", async () => {
    const text = `${FILLER}Total 12.50\n${FILLER}`;
    const { output, fields } = await run(text, total, [["- total:", " null\n"]]).extraction;
    expect(output).toEqual({ total: 12.5 });
    expect(fields[0]?.values[0]?.evidence?.start).toBe(text.indexOf("12.50"));
  });

  it("is refused where no window could fill it", async () => {
    await expect(run(FILLER, total, [["- total:", " null\n"]]).extraction).rejects.toMatchObject({ code: "nothing-to-answer", place: "/properties/total" });
  });

  it("holds for the number of items over all windows", async () => {
    const text = `${FILLER}item pens\n${FILLER}item ink\n`;
    const items = (minItems: number): JsonSchema => ({ items: { type: "array", minItems, items: { type: "string" } } });
    const say: Answer = ["- items:", (read) => ` ${JSON.stringify([...read.matchAll(/item (\w+)/gu)].map((match) => match[1]))}\n`];
    expect((await run(text, items(2), [say]).extraction).output).toEqual({ items: ["pens", "ink"] });
    const more = await run(text, items(4), [say]).extraction;
    expect((more.output.items as string[]).length).toBeGreaterThanOrEqual(4);
  });
});

describe("a cancel", () => {
  it("ends the reading between two forwards", async () => {
    const { extraction, events } = run(FILLER, OPTIONAL, [says("code", "Zebra")], (event, abort) => {
      if (event.stage === "window" && event.done === 2) abort.abort();
    });
    await expect(extraction).rejects.toMatchObject({ kind: "cancelled" });
    expect(events.filter(({ stage }) => stage === "window")).toHaveLength(3);
  });
});
