import { describe, expect, it } from "vitest";
import { extract, prepareFor } from "../../../web/src/engine/extract.js";
import { headerOf } from "../../../web/src/engine/prompt.js";
import { Reader } from "../../../web/src/engine/reader.js";
import { compile } from "../../../web/src/engine/plan.js";
import type { Extraction } from "../../../web/src/shared/extraction.js";
import type { PromptParts } from "../../../web/src/shared/manifest.js";
import type { ExtractEvent } from "../../../web/src/shared/protocol.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";
import { PromptTokenizer, ScriptModel, toolsFor } from "./fakes.js";

const prompt: PromptParts = { style: "fields", before_document: "<text>", after_document: "</text>\n", field: "- {name} ({description}):", field_without_description: "- {name}:" };

const tokenizer = new PromptTokenizer([" null", ' "', " true"]);
const TEXT = "Acme Ltd\r\nDate 5 March 2021\nTotal 12.50\nItems: pens, ink";
const SCRIPT = [
  ["- company (Who):", ' "Acme Ltd"\n'],
  ["- total:", ' "12.50"\n'],
  ["- on:", ' "5 March 2021"\n'],
  ["- items:", ' ["pens","ink"]\n'],
  ["- paid:", " true\n"],
  ["- fax:", " null\n"],
  ["- note:", " null\n"],
] as const;

const schema: JsonSchema = {
  type: "object",
  properties: {
    company: { type: "string", description: "Who" },
    total: { type: "number" },
    on: { type: ["string", "null"], format: "date" },
    items: { type: "array", items: { type: "string" } },
    paid: { type: "boolean" },
    fax: { type: ["string", "null"] },
    note: { type: "string" },
  },
  required: ["company", "total", "on", "items", "paid", "fax"],
};

function run(text: string, asked: JsonSchema, events: ExtractEvent[] = []): Promise<Extraction> {
  const tools = toolsFor(new ScriptModel(tokenizer, SCRIPT), tokenizer);
  const reader = new Reader(tools.context, tokenizer, prompt, 8192);
  return extract({ id: "d", text }, asked, { ...tools, reader, prompt, onEvent: (event) => events.push(event) });
}

describe("an extraction", () => {
  it("fills every kind of field, in the order of the schema, each with its place", async () => {
    const events: ExtractEvent[] = [];
    const { output, fields, coverage } = await run(TEXT, schema, events);
    expect(coverage).toEqual({ read: [{ start: 0, end: TEXT.length }], windows: [{ start: 0, end: TEXT.length }], length: TEXT.length });
    expect(JSON.stringify(output)).toBe(
      '{"company":"Acme Ltd","total":12.5,"on":"2021-03-05","items":["pens","ink"],"paid":true,"fax":null}',
    );
    const said = fields.map(({ path, values }) => [path, values.map(({ evidence }) => evidence && TEXT.slice(evidence.start, evidence.end))]);
    expect(said).toEqual([
      ["/company", ["Acme Ltd"]], ["/total", ["12.50"]], ["/on", ["5 March 2021"]], ["/items", ["pens", "ink"]],
      ["/paid", [null]], ["/fax", [null]], ["/note", [null]],
    ]);
    expect(fields.at(-1)).toMatchObject({ omitted: true, value: null });
    const streamed = events.flatMap((event) => (event.stage === "field" ? [event.field.path] : []));
    expect(streamed).toEqual(fields.map(({ path }) => path));
  });

  it("gives a field the same value whatever stands around it in the schema", async () => {
    const alone = await run(TEXT, { type: "object", properties: { total: { type: "number" } }, required: ["total"] });
    const together = await run(TEXT, schema);
    expect(alone.fields[0]).toEqual({ ...together.fields[1], forwards: alone.fields[0]?.forwards });
  });

  it("is the same, and feeds less, where text and questions were read before", async () => {
    const model = new ScriptModel(tokenizer, SCRIPT);
    const tools = toolsFor(model, tokenizer);
    const reader = new Reader(tools.context, tokenizer, prompt, 8192);
    const all = { ...tools, reader, prompt, onEvent: () => undefined };
    const reading = reader.open({ id: "d", text: TEXT });
    await reader.fill(reading, tools.signal, () => undefined);
    await prepareFor(schema, reading, all);
    const before = model.runs.length;
    const prepared = await extract({ id: "d", text: TEXT }, schema, all);
    const cold = await run(TEXT, schema);
    expect(prepared.fields).toEqual(cold.fields);
    expect(prepared.stats.forwards).toBe(cold.stats.forwards);
    expect(prepared.stats.branchTokens).toBeLessThan(cold.stats.branchTokens / 2);
    expect(model.runs.length - before).toBe(prepared.stats.forwards);
  });

  it.each([
    ["an empty text", " \n", "empty-text"],
    ["zero bytes", "a\0b", "binary-text"],
    ["more than a megabyte", "x".repeat(1_000_001), "text-too-long"],
  ])("refuses %s", async (_, text, code) => {
    await expect(run(text, schema)).rejects.toMatchObject({ kind: "input", code });
  });
});

describe("the line that asks for a field", () => {
  it("stays one line and names the choices", () => {
    const [field] = compile({ type: "object", properties: { state: { enum: ["a", "b"], description: "How\nit stands" } } }).fields;
    expect(field && headerOf(field, prompt)).toBe('- state (How it stands; one of "a", "b"):');
  });

  it("says that there are other values beside the choices", () => {
    const [field] = compile({ type: "object", properties: { due: { anyOf: [{ enum: ["at once"] }, { type: "string", format: "date" }] } } }).fields;
    expect(field && headerOf(field, prompt)).toBe('- due (or one of "at once"):');
  });

  it("takes a description literally", () => {
    const [field] = compile({ type: "object", properties: { x: { type: "string", description: "$& {name}" } } }).fields;
    expect(field && headerOf(field, prompt)).toBe("- x ($& {name}):");
  });
});
