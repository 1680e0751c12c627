/** From nested schemas to questions and back: what is found stands in its place, and the whole fits the schema. */

import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extract } from "../../../web/src/engine/extract.js";
import type { Model } from "../../../web/src/engine/model.js";
import { Reader } from "../../../web/src/engine/reader.js";
import { ExcerptError } from "../../../web/src/shared/errors.js";
import type { Extraction } from "../../../web/src/shared/extraction.js";
import type { ExtractEvent } from "../../../web/src/shared/protocol.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";
import { HashModel, PLAIN_PROMPT, PromptTokenizer, ScriptModel, toolsFor } from "./fakes.js";

const tokenizer = new PromptTokenizer([" null", ' "', '","', " true"]);

function run(text: string, schema: JsonSchema, model: Model, events: ExtractEvent[] = []): Promise<Extraction> {
  const tools = toolsFor(model, tokenizer);
  const reader = new Reader(tools.context, tokenizer, PLAIN_PROMPT, 8192);
  return extract({ id: "d", text }, schema, { ...tools, reader, onEvent: (event) => events.push(event) });
}

function said(text: string, schema: JsonSchema, script: readonly (readonly [string, string])[], events: ExtractEvent[] = []): Promise<Extraction> {
  return run(text, schema, new ScriptModel(tokenizer, script), events);
}

const object = (properties: JsonSchema, required: readonly string[] = Object.keys(properties)): JsonSchema => ({ type: "object", properties, required });
const text = { type: "string" } as const;
const INVOICE = "Acme Ltd, Oslo\npens 2 x 3.50\nink 1 x 12.00\nTotal 19.00";

describe("a walk", () => {
  const line = object({ what: text, price: { type: "number" } });

  it("fills inner objects, and rows each from its own part of the text", async () => {
    const events: ExtractEvent[] = [];
    const schema = object({ seller: object({ name: text, city: text }), lines: { type: "array", items: line }, total: { type: "number" } });
    const { output, fields } = await said(INVOICE, schema, [
      ["- seller name:", ' "Acme Ltd"\n'], ["- seller city:", ' "Oslo"\n'], ["- total:", ' "19.00"\n'],
      ["- lines (each with what, price):", ' ["pens 2 x 3.50","ink 1 x 12.00"]\n'],
      ["- lines what (of “pens 2 x 3.50”):", ' "pens"\n'], ["- lines price (of “pens 2 x 3.50”):", ' "3.50"\n'],
      ["- lines what (of “ink 1 x 12.00”):", ' "ink"\n'], ["- lines price (of “ink 1 x 12.00”):", ' "12.00"\n'],
    ], events);
    expect(JSON.stringify(output)).toBe('{"seller":{"name":"Acme Ltd","city":"Oslo"},"lines":[{"what":"pens","price":3.5},{"what":"ink","price":12}],"total":19}');
    expect(fields.map(({ path }) => path)).toEqual([
      "/seller/name", "/seller/city", "/lines", "/lines/0/what", "/lines/0/price", "/lines/1/what", "/lines/1/price", "/total",
    ]);
    for (const { path, values } of fields) {
      const { evidence, value } = values[0] ?? { evidence: null, value: null };
      if (typeof value === "string") expect([path, INVOICE.slice(evidence?.start, evidence?.end)]).toEqual([path, value]);
    }
    const counts = events.flatMap((event) => (event.stage === "field" ? [event.done] : []));
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("holds a column to its row, and looks around it only for what it must not leave empty", async () => {
    const schema = object({ lines: { type: "array", items: object({ what: text, price: { type: "number" } }, ["price"]) } });
    const rows: readonly (readonly [string, string])[] = [["- lines (each with what, price):", ' ["pens","ink 1 x 12.00"]\n'], ["- lines what (of “pens”):", ' "pens"\n'], ["- lines price (of “pens”):", ' "3.50"\n'], ["- lines what (of “ink 1 x 12.00”):", " null\n"], ["- lines price (of “ink 1 x 12.00”):", ' "19.00"\n']];
    const { output } = await said(INVOICE, schema, rows);
    expect(output).toEqual({ lines: [{ what: "pens", price: 3.5 }, { price: expect.any(Number) as number }] });
    expect([1, 12]).toContain((output.lines as readonly { price: number }[])[1]?.price);
  });

  it("asks for rows with one column by that column", async () => {
    const { output, fields } = await said(INVOICE, object({ goods: { type: "array", items: object({ name: text, kind: { const: "ware" } }) } }), [["- goods (each with name):", ' ["pens","ink"]\n']]);
    expect(output).toEqual({ goods: [{ name: "pens", kind: "ware" }, { name: "ink", kind: "ware" }] });
    expect(fields.find(({ path }) => path === "/goods/1/name")?.values[0]?.evidence).toEqual({ start: INVOICE.indexOf("ink"), end: INVOICE.indexOf("ink") + 3 });
  });

  it("leaves an object out of which nothing is found, and asks again for what one requires that is there", async () => {
    const schema = object({ buyer: object({ name: text, city: text }, ["name"]), seller: object({ name: text, city: text }, ["name"]) }, []);
    const { output, fields } = await said(INVOICE, schema, [["- buyer name:", " null\n"], ["- buyer city:", " null\n"], ["- seller name:", " null\n"], ["- seller city:", ' "Oslo"\n']]);
    expect(output).toEqual({ seller: { name: expect.any(String) as string, city: "Oslo" } });
    expect(fields.filter(({ omitted }) => omitted).map(({ path }) => path)).toEqual(["/buyer/name", "/buyer/city"]);
  });

  it("keeps the alternative with the most found", async () => {
    const options = [object({ kind: { const: "person" }, surname: text }), object({ kind: { const: "firm" }, firm: text, seat: text })];
    const { output } = await said(INVOICE, object({ party: { oneOf: options } }), [["- party surname:", " null\n"], ["- party firm:", ' "Acme Ltd"\n'], ["- party seat:", ' "Oslo"\n']]);
    expect(output).toEqual({ party: { kind: "firm", firm: "Acme Ltd", seat: "Oslo" } });
  });

  it("takes the first kind that is found of a value of several", async () => {
    const schema = object({ total: { type: ["number", "string"] }, terms: { type: ["number", "string", "null"] } });
    const { output } = await said(INVOICE, schema, [["- total:", ' "19.00"\n'], ["- terms:", " null\n"]]);
    expect(output).toEqual({ total: 19, terms: null });
  });

  it("finds the rows of a long document in all of its windows, and their columns with them", async () => {
    const filler = Array.from({ length: 16 }, (_, i) => `Nothing is said in line ${String(i)}.\n`).join("");
    const long = `${filler}pens 2 x 3.50\n${filler}${filler}ink 1 x 12.00\n${filler}`;
    const tools = toolsFor(new ScriptModel(tokenizer, [
      ["- lines (each with what, price):", (read) => ` ${JSON.stringify([...read.matchAll(/\n(\w+ \d x [\d.]+)/gu)].map((match) => match[1]))}\n`],
      ["- lines what (of “pens 2 x 3.50”):", ' "pens"\n'], ["- lines price (of “pens 2 x 3.50”):", ' "3.50"\n'],
      ["- lines what (of “ink 1 x 12.00”):", ' "ink"\n'], ["- lines price (of “ink 1 x 12.00”):", ' "12.00"\n'],
    ]), tokenizer);
    const reader = new Reader(tools.context, tokenizer, PLAIN_PROMPT, 1112);
    const { output, fields, coverage } = await extract({ id: "d", text: long }, object({ lines: { type: "array", items: line, minItems: 2 } }), { ...tools, reader, onEvent: () => undefined });
    expect(coverage.windows.length).toBeGreaterThan(2);
    expect(output).toEqual({ lines: [{ what: "pens", price: 3.5 }, { what: "ink", price: 12 }] });
    const ink = fields.find(({ path }) => path === "/lines/1/what")?.values[0]?.evidence;
    expect(ink?.start).toBe(long.indexOf("ink"));
  });

  it("says so where the document cannot fill what is required", async () => {
    const schema = object({ lines: { type: "array", items: line, minItems: 1 }, due: object({ on: { type: "string", format: "date" } }) });
    await expect(said("nothing", schema, [])).rejects.toMatchObject({ kind: "input", code: "nothing-to-answer" });
  });
});

describe("whatever a model answers", () => {
  const leaf = fc.constantFrom<JsonSchema>(
    text, { type: ["string", "null"] }, { type: "number" }, { type: "integer", minimum: 2 }, { type: "boolean" }, { enum: ["pens", "ink", 7] }, { const: "x" },
    { type: "string", pattern: "^\\w+$" }, { type: "array", items: text, maxItems: 3, uniqueItems: true }, { type: ["number", "boolean"] }, { type: "array", items: { type: "integer" }, minItems: 1 },
    { type: "string", not: { enum: ["pens"] } }, { anyOf: [{ type: "string", maxLength: 3 }, { type: "number", minimum: 10 }] },
  );
  const keys = fc.constantFrom("a", "b", "c");
  const { node } = fc.letrec<{ node: JsonSchema; object: JsonSchema }>((tie) => ({
    object: fc.tuple(fc.dictionary(keys, tie("node"), { minKeys: 1, maxKeys: 3, noNullPrototype: true }), fc.subarray(["a", "b", "c"])).map(([properties, required]) => ({
      ...object(properties, required.filter((key) => Object.hasOwn(properties, key))),
      additionalProperties: false,
    })),
    node: fc.oneof(
      { maxDepth: 2 },
      leaf, leaf, tie("object"),
      fc.tuple(tie("object"), fc.nat(1), fc.boolean()).map(([items, minItems, uniqueItems]) => ({ type: "array", items, minItems, maxItems: 3, uniqueItems })),
      fc.tuple(tie("object"), tie("object")).map((anyOf) => ({ anyOf })),
      tie("object").map((one) => ({ anyOf: [one, { type: "null" }] })),
    ),
  }));
  const schemas = fc.dictionary(keys, node, { minKeys: 1, maxKeys: 3, noNullPrototype: true }).chain((properties) => fc.subarray(Object.keys(properties)).map((required) => object(properties, required)));

  it("the output fits the schema, each result stands at its path, and the same answers give the same bytes", async () => {
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(schemas, fc.nat(), async (schema, seed) => {
        const attempt = (): Promise<Extraction | ExcerptError> => run("pens 2 x 3.50, ink 12", schema, new HashModel(tokenizer.tokens.length, seed)).catch((thrown: unknown) => {
          if (thrown instanceof ExcerptError && ["nothing-to-answer", "schema-refused"].includes(thrown.code)) return thrown;
          throw thrown;
        });
        const one = await attempt();
        if (one instanceof ExcerptError) return;
        filled += 1;
        expect(new Validator(schema, "2020-12").validate(one.output)).toMatchObject({ valid: true });
        for (const { path, value, omitted, values } of one.fields) {
          const there = path.split("/").slice(1).reduce<unknown>((at, key) => (at as { [key: string]: unknown } | null | undefined)?.[key], one.output);
          const isHead = Array.isArray(there) && there.some((item) => typeof item === "object");
          if (!isHead && !omitted && values.length > 0) expect([path, there]).toEqual([path, value]);
        }
        const again = await attempt();
        expect(again instanceof ExcerptError ? null : JSON.stringify(again.output)).toBe(JSON.stringify(one.output));
      }),
      { numRuns: 60 },
    );
    expect(filled).toBeGreaterThan(20);
  }, 60_000);
});
