import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extract } from "../../../web/src/engine/extract.js";
import { Reader } from "../../../web/src/engine/reader.js";
import { ExcerptError } from "../../../web/src/shared/errors.js";
import type { Extraction } from "../../../web/src/shared/extraction.js";
import type { ExtractEvent } from "../../../web/src/shared/protocol.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";
import type { Model } from "../../../web/src/engine/model.js";
import { HashModel, PLAIN_PROMPT, PromptTokenizer, ScriptModel, toolsFor } from "./fakes.js";

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

type OnEvent = (event: ExtractEvent, abort: AbortController) => void;

function run(text: string, properties: JsonSchema, script: readonly Answer[], onEvent?: OnEvent): Run {
  return runModel(text, { type: "object", properties, required: Object.keys(properties) }, new ScriptModel(tokenizer, script), onEvent);
}

function runModel(text: string, schema: JsonSchema, model: Model, onEvent?: OnEvent): Run {
  const abort = new AbortController();
  const tools = { ...toolsFor(model, tokenizer), signal: abort.signal };
  const reader = new Reader(tools.context, tokenizer, PLAIN_PROMPT, POSITIONS);
  const events: ExtractEvent[] = [];
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

describe("what can be read in two ways", () => {
  it("is read as the whole document writes it, wherever it stands", async () => {
    const text = `Paid 12,50 on 12/25/2021.\n${FILLER}Total 1,234 on 03/04/2021.\n`;
    const schema: JsonSchema = { total: { type: ["number", "null"] }, on: { type: ["string", "null"], format: "date" } };
    const { output } = await run(text, schema, [says("total", "1,234"), says("on", "03/04/2021")]).extraction;
    expect(output).toEqual({ total: 1.234, on: "2021-03-04" });
  });
});

describe("an array of objects over several windows", () => {
  const rows: JsonSchema = { lines: { type: "array", items: { type: "object", properties: { what: { type: "string" }, price: { type: "number" } }, required: ["what", "price"] } } };
  const found = (read: string): string[] => [...read.matchAll(/item \w+ \d+/gu)].map(([row]) => row);
  const column = (name: string, part: number) => (row: string): Answer => [`- lines ${name} (of “${row}”):`, ` "${row.split(" ")[part] ?? ""}"\n`];

  it("has its rows in the order of the document, each once, with its columns", async () => {
    const text = `${FILLER.slice(0, 200)}\nitem pens 3\n${FILLER.slice(0, 70)}\nitem ink 12\n${FILLER.slice(0, 400)}\nitem paper 7\n`;
    const script: Answer[] = [
      ["- lines (each with what, price):", (read) => ` ${JSON.stringify(found(read))}\n`],
      ...found(text).flatMap((row) => [column("what", 1)(row), column("price", 2)(row)]),
    ];
    const { output, fields, coverage } = await run(text, rows, script).extraction;
    expect(coverage.windows.length).toBeGreaterThan(2);
    expect(output).toEqual({ lines: [{ what: "pens", price: 3 }, { what: "ink", price: 12 }, { what: "paper", price: 7 }] });
    for (const { path, values } of fields.filter((field) => field.path.endsWith("/what"))) {
      const { value, evidence } = values[0] ?? { value: path, evidence: null };
      expect(text.slice(evidence?.start, evidence?.end)).toBe(value);
    }
  });
});

describe("whatever a model answers about a long text", () => {
  const leaf = fc.constantFrom<JsonSchema>(
    { type: "string" }, { type: ["number", "null"] }, { type: "boolean" }, { enum: ["line", "words"] },
    { type: "array", items: { type: "string" }, minItems: 2, maxItems: 3, uniqueItems: true },
    { type: "array", maxItems: 2, items: { type: "object", properties: { a: { type: "string" }, b: { type: ["integer", "null"] } }, required: ["a"] } },
    { type: "object", properties: { a: { type: "string" }, b: { type: "number" } }, required: ["a"] },
  );
  const schemas = fc.tuple(fc.array(leaf, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([leaves, all]): JsonSchema => {
    const properties = Object.fromEntries(leaves.map((one, index) => [`f${String(index)}`, one]));
    return { type: "object", properties, required: all ? Object.keys(properties) : [], additionalProperties: false };
  });

  it("fits the schema, or is refused for what the text does not hold", async () => {
    const text = `Some words. Line 1 of 12\n${FILLER.slice(0, 400)}Line 7, words and lines.\n`;
    await fc.assert(fc.asyncProperty(schemas, fc.integer(), async (schema, seed) => {
      try {
        const { output, coverage } = await runModel(text, schema, new HashModel(tokenizer.tokens.length, seed)).extraction;
        expect(new Validator(schema, "2020-12").validate(output).errors).toEqual([]);
        expect(coverage.windows.length).toBeGreaterThan(1);
      } catch (thrown) {
        if (!(thrown instanceof ExcerptError)) throw thrown;
        expect(thrown.code).toBe("nothing-to-answer");
      }
    }), { numRuns: 15 });
  }, 60_000);
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
