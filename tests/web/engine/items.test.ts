import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerFor } from "../../../web/src/engine/answer.js";
import { askAll, type Written } from "../../../web/src/engine/branches.js";
import type { Chosen } from "../../../web/src/engine/decode.js";
import { Findings } from "../../../web/src/engine/findings.js";
import { itemProbabilities } from "../../../web/src/engine/items.js";
import { compile } from "../../../web/src/engine/plan.js";
import { SourceText } from "../../../web/src/engine/source.js";
import { ByteTokenizer, HashModel, toolsFor } from "./fakes.js";

const chosen = (...pairs: readonly (readonly [number, number])[]): Chosen[] => pairs.map(([at, probability]) => ({ at, probability }));

describe("the probability of an item", () => {
  it("is that of going on and of its words", () => {
    //             0123456789012
    const text = ' ["ab","cd"]\n';
    expect(itemProbabilities(text, chosen([0, 0.5], [3, 0.5], [6, 0.9], [8, 0.25], [11, 0.3]))).toEqual([0.25, 0.225]);
  });

  it("counts a token that ends an item and goes on with the item it ends", () => {
    expect(itemProbabilities(' ["ab","cd"]\n', chosen([3, 0.5], [5, 0.5], [8, 0.75]))).toEqual([0.25, 0.75]);
  });

  it("knows commas, brackets and quotes inside of a text", () => {
    const text = ' ["a, b]","\\"c\\",","é",12]\n';
    expect(itemProbabilities(text, chosen([3, 0.5], [11, 0.25], [19, 0.75], [24, 0.125]))).toEqual([0.5, 0.25, 0.75, 0.125]);
  });

  it("is that of no item where there is none", () => {
    expect(itemProbabilities(" []\n", chosen([0, 0.5]))).toEqual([]);
    expect(itemProbabilities(" null\n", chosen([0, 0.5]))).toEqual([]);
  });
});

describe("a list that a model wrote", () => {
  const tokenizer = new ByteTokenizer([' ["', '","', '"]', " []", "Acme", " Ltd"]);
  const text = "Acme Ltd, paid 20 of 30 twice";

  async function ask(items: { readonly type: string }, seed: number, drafts: boolean): Promise<{ readonly written: Written; readonly values: number }> {
    const tools = toolsFor(new HashModel(tokenizer.tokens.length, seed), tokenizer, drafts);
    await tools.context.read(tokenizer.encode(text), tools.signal);
    const findings = new Findings(new SourceText(text));
    const { fields } = compile({ type: "object", properties: { f: { type: "array", items, maxItems: 4 } }, required: ["f"] });
    const questions = fields.map((field) => ({ field, answer: answerFor(field, findings) }));
    const { written: [written] } = await askAll(questions, tools);
    if (written === undefined) throw new Error("no answer");
    return { written, values: questions[0]?.answer.read(written.text).values.length ?? 0 };
  }

  it("has a probability for each value, none smaller than that of the whole, with drafts and without", async () => {
    let several = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom({ type: "string" }, { type: "number" }), fc.nat(), async (items, seed) => {
        const { written, values } = await ask(items, seed, true);
        expect(written.items).toHaveLength(values);
        for (const item of written.items) expect(item).toBeGreaterThanOrEqual(written.confidence - 1e-12);
        expect(written.items.reduce((product, item) => product * item, 1)).toBeGreaterThanOrEqual(written.confidence - 1e-12);
        expect((await ask(items, seed, false)).written.items).toEqual(written.items);
        several += values > 1 ? 1 : 0;
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(several).toBeGreaterThan(5);
  });
});
