import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerFor } from "../../../web/src/engine/answer.js";
import { askAll } from "../../../web/src/engine/branches.js";
import type { Written } from "../../../web/src/engine/decode.js";
import { Findings } from "../../../web/src/engine/findings.js";
import { compile, type Field } from "../../../web/src/engine/plan.js";
import { SourceText } from "../../../web/src/engine/source.js";
import type { JsonSchema, JsonValue } from "../../../web/src/shared/schema.js";
import { ByteTokenizer, HashModel, ScriptModel, toolsFor } from "./fakes.js";

const MERGED = [' "', " null", ' ["', " []", '","', '"]', "Total", "tal", " due", "12", "2.5", "ne", "Acme", " Ltd", "\n", "é", "ü"];
const tokenizer = new ByteTokenizer(MERGED);

function fieldOf(schema: JsonSchema): Field {
  const [field] = compile({ type: "object", properties: { f: schema }, required: ["f"] }).fields;
  if (field === undefined) throw new Error("no field");
  return field;
}

async function askEach(fields: readonly Field[], text: string, model: HashModel | ScriptModel, drafts: boolean): Promise<readonly Written[]> {
  const tools = toolsFor(model, tokenizer, drafts);
  await tools.context.read(tokenizer.encode(text), tools.signal);
  const findings = new Findings(new SourceText(text));
  const { written } = await askAll(fields.map((field) => ({ field, answer: answerFor(field, findings) })), tools);
  return written;
}

async function ask(field: Field, text: string, model: HashModel | ScriptModel, drafts: boolean): Promise<Written> {
  const [written] = await askEach([field], text, model, drafts);
  if (written === undefined) throw new Error("no answer");
  return written;
}

const schemas: JsonSchema[] = [
  { type: ["string", "null"] },
  { type: "string" },
  { type: ["number", "null"] },
  { type: "array", items: { type: "string" } },
  { type: "array", items: { type: "string" }, minItems: 1, maxItems: 3, uniqueItems: true },
  { enum: ["paid", "open", null] },
  { type: "boolean" },
  { type: ["string", "null"], minLength: 3, maxLength: 9 },
];

const texts = fc
  .array(fc.constantFrom("Acme Ltd", "Total due", "12.50", "né", "日本", "a\"b", "x\\y", "one", "\n", "  ", "🙂", "Total", "12", "٣"), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(" "))
  .filter((text) => text.trim() !== "");

describe("a branch", () => {
  it("is the same with drafts and without, for any model", async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.constantFrom(...schemas), fc.nat(), async (text, schema, seed) => {
        const field = fieldOf(schema);
        const written = [];
        for (const drafts of [true, false]) {
          written.push(await ask(field, text, new HashModel(tokenizer.tokens.length, seed), drafts));
        }
        const [fast, plain] = written;
        expect(fast?.text).toBe(plain?.text);
        expect(fast?.confidence).toBeCloseTo(plain?.confidence ?? -1, 12);
        expect(fast?.forwards ?? 99).toBeLessThanOrEqual(plain?.forwards ?? 0);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it("is the same beside others as alone, for any model and any drafts", async () => {
    const names = ["f", "due date", "g", "h", "i", "total", "k", "l", "m", "n"];
    const fields = fc.array(fc.constantFrom(...schemas), { minLength: 2, maxLength: names.length });
    await fc.assert(
      fc.asyncProperty(texts, fields, fc.nat(), fc.boolean(), async (text, asked, seed, drafts) => {
        const questions = asked.map((schema, i) => ({ ...fieldOf(schema), name: names[i] ?? "" }));
        const model = (): HashModel => new HashModel(tokenizer.tokens.length, seed);
        const together = await askEach(questions, text, model(), drafts);
        for (const [i, field] of questions.entries()) {
          const alone = await ask(field, text, model(), !drafts);
          expect(together[i]?.text).toBe(alone.text);
          expect(together[i]?.confidence).toBe(alone.confidence);
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it("writes only what stands in the document, for any model", async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(), fc.constantFrom<JsonSchema>(...schemas.slice(0, 2), ...schemas.slice(3, 5)), async (text, seed, schema) => {
        const field = fieldOf(schema);
        const { text: written } = await ask(field, text, new HashModel(tokenizer.tokens.length, seed), true);
        const found = answerFor(field, new Findings(new SourceText(text))).read(written);
        for (const { value, evidence } of found.values) {
          if (value === null || evidence === null) continue;
          expect(text.slice(evidence.start, evidence.end)).toBe(value);
          expect(text.slice(evidence.start, evidence.end)).toMatch(/^\S(?:.*\S)?$/su);
        }
      }),
      { numRuns: 150, seed: 11 },
    );
  });

  it("copies what the model wants where the document has it", async () => {
    const text = "Acme Ltd\nTotal due 12.50";
    const model = new ScriptModel(tokenizer, [["- f:", ' "Acme Ltd"\n']]);
    const written = await ask(fieldOf({ type: ["string", "null"] }), text, model, true);
    expect(written.text).toBe(' "Acme Ltd"\n');
  });

  it("spends one forward on null and two on a value that a draft foresaw", async () => {
    const text = "Acme Ltd\nTotal due 12.50";
    const absent = new ScriptModel(tokenizer, [["- f:", " null\n"]]);
    expect((await ask(fieldOf({ type: ["string", "null"] }), text, absent, true)).forwards).toBe(1);
    const present = new ScriptModel(tokenizer, [["- f:", ' "Acme Ltd"\n']]);
    expect((await ask(fieldOf({ type: ["string", "null"] }), text, present, true)).forwards).toBe(2);
  });

  it("gives lists whose items do not share a place", async () => {
    const model = new ScriptModel(tokenizer, [["- f:", ' ["one","one","Acme"]\n']]);
    const field = fieldOf({ type: "array", items: { type: "string" } });
    const text = "one Acme one";
    const written = await ask(field, text, model, true);
    const found = answerFor(field, new Findings(new SourceText(text))).read(written.text);
    expect(found.value).toEqual(["one", "one", "Acme"]);
    expect(found.values.map(({ evidence }) => evidence?.start)).toEqual([0, 9, 4]);
  });

  it("normalises a number and keeps the place that it came from", async () => {
    const model = new ScriptModel(tokenizer, [["- f:", ' "1.234,50"\n']]);
    const field = fieldOf({ type: "number" });
    const text = "Summe 1.234,50 EUR am 3.4.2020";
    const written = await ask(field, text, model, true);
    const found = answerFor(field, new Findings(new SourceText(text))).read(written.text);
    expect(found.values).toEqual([{ value: 1234.5, origin: "normalised", rule: "number", evidence: { start: 6, end: 14 } }]);
  });

  it("chooses among the schema's own values", async () => {
    const model = new ScriptModel(tokenizer, [['- f (one of "open", "paid"):', ' "paid"\n']]);
    const written = await ask(fieldOf({ enum: ["open", "paid"] }), "Nothing of the kind. PAID in full", model, true);
    const found = answerFor(fieldOf({ enum: ["open", "paid"] }), new Findings(new SourceText("PAID in full"))).read(written.text);
    expect(found.values).toEqual([{ value: "paid", origin: "inferred", evidence: { start: 0, end: 4 } }]);
  });

  it("refuses a field that may not be empty where nothing could fill it", () => {
    const findings = new Findings(new SourceText("no digits here"));
    expect(() => answerFor(fieldOf({ type: "number" }), findings)).toThrow(/nothing that could fill “f”/u);
    expect(answerFor(fieldOf({ type: ["number", "null"] }), findings).read(" null").value satisfies JsonValue).toBeNull();
  });
});
