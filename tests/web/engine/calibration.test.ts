import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerFor } from "../../../web/src/engine/answer.js";
import { askAll, type Written } from "../../../web/src/engine/branches.js";
import { beginsAbsence, calibrate, calibrated, calibratedKind, chooseFirst, UNCALIBRATED } from "../../../web/src/engine/calibration.js";
import { Findings } from "../../../web/src/engine/findings.js";
import { choose } from "../../../web/src/engine/model.js";
import { compile } from "../../../web/src/engine/plan.js";
import { SourceText } from "../../../web/src/engine/source.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";
import { ByteTokenizer, HashModel, toolsFor } from "./fakes.js";

const NULL = 0;
const EMPTY = 1;
const isAbsent = (id: number): boolean => id <= EMPTY;
/** Two absent tokens with 0.3 and 0.25 together 0.55; of the filled ones the second is likeliest. */
const LOGITS = Float32Array.from([0.3, 0.25, 0.05, 0.4].map(Math.log));
const ALL = [0, 1, 2, 3];

const logits = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 2, maxLength: 12 }).map((values) => Float32Array.from(values));
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe("the first choice", () => {
  it("adds up what is absent and takes the best on the side decided for", () => {
    const low = chooseFirst(LOGITS, ALL, isAbsent, 0.5);
    expect(low.id).toBe(NULL);
    expect(low.absence).toBeCloseTo(0.55, 6);
    expect(low.probability).toBeCloseTo(0.3, 6);
    const high = chooseFirst(LOGITS, ALL, isAbsent, 0.6);
    expect(high.id).toBe(3);
    expect(high.absence).toBe(low.absence);
    expect(high.probability).toBeCloseTo(0.4, 6);
  });

  it("says nothing of absence where there is nothing to decide", () => {
    expect(chooseFirst(LOGITS, [2, 3], isAbsent, 0)).toEqual({ ...choose(LOGITS, [2, 3]), absence: null });
    expect(chooseFirst(LOGITS, [0, 1], isAbsent, 2)).toEqual({ ...choose(LOGITS, [0, 1]), absence: null });
  });

  it("is absent exactly where the probability reaches the threshold, and its probability is the whole mask's", () => {
    fc.assert(
      fc.property(logits, fc.double({ min: 0, max: 1.1, noNaN: true }), (values, threshold) => {
        const allowed = Array.from(values, (_, id) => id);
        const first = chooseFirst(values, allowed, (id) => id === 0, threshold);
        expect(first.id === 0).toBe((first.absence ?? NaN) >= threshold);
        const best = choose(values, allowed);
        expect(first.probability).toBeLessThanOrEqual(best.probability + 1e-12);
        if (first.id === best.id) expect(first.probability).toBe(best.probability);
      }),
    );
  });

  it("never is absent above 1 and always at 0", () => {
    const sure = Float32Array.from([500, 0, 1]);
    expect(chooseFirst(sure, [0, 1], isAbsent, 1.1).id).toBe(0);
    expect(chooseFirst(sure, [0, 2], (id) => id === 0, 1.1)).toMatchObject({ absence: 1, id: 2 });
    expect(chooseFirst(Float32Array.from([-500, 0, 1]), [0, 2], (id) => id === 0, 0).id).toBe(0);
  });
});

describe("an absent answer", () => {
  const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];

  it("shows in its first bytes", () => {
    expect([" n", " null", " null\n", " []", " []\n"].filter((text) => !beginsAbsence(bytes(text)))).toEqual([]);
  });

  it("is not mistaken for another", () => {
    expect(["", " ", ' "', ' "n', ' "null', " [", ' ["', " nullable", " true", " 0"].filter((text) => beginsAbsence(bytes(text)))).toEqual([]);
  });
});

describe("a confidence", () => {
  it("stays as it is without a fit", () => {
    fc.assert(
      fc.property(share, (raw) => {
        expect(calibrated(raw, UNCALIBRATED.confidence.string.filled)).toBeCloseTo(raw, 5);
      }),
    );
  });

  it("keeps its order under any map that may stand in a manifest", () => {
    fc.assert(
      fc.property(share, share, fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ min: -100, max: 100, noNaN: true }), (a, b, slope, offset) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((raw) => calibrated(raw, { slope, offset }));
        expect(low).toBeLessThanOrEqual(high ?? NaN);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("is mapped by the side that the answer is on, with the model's own beside it", () => {
    const half = { slope: 0, offset: 0 };
    const fit = { ...UNCALIBRATED, confidence: { ...UNCALIBRATED.confidence, list: { filled: { slope: 1, offset: 0 }, absent: half } } };
    const uncalibrated = { kind: "list", absence: 0.9, confidence: 0.8 } as const;
    expect(calibrate({ text: " []\n", confidence: 0.8, absence: 0.9 }, "list", fit)).toMatchObject({ confidence: 0.5, uncalibrated });
    expect(calibrate({ text: ' ["n"]\n', confidence: 0.8, absence: 0.9 }, "list", fit)).toMatchObject({ confidence: 0.8, uncalibrated });
  });

  it("follows the line on the log-odds", () => {
    expect(calibrated(0.5, { slope: 2, offset: Math.log(3) })).toBeCloseTo(0.75, 9);
    expect(calibrated(0.8, { slope: 0.5, offset: 0 })).toBeCloseTo(2 / 3, 9);
  });
});

it("knows the kind of every field", () => {
  const schema = {
    type: "object",
    properties: {
      a: { type: "string" }, b: { type: "integer" }, c: { type: "string", format: "date" }, d: { type: "boolean" }, e: { type: "array", items: { type: "string" } },
    },
  };
  expect(compile(schema).fields.map(({ kind }) => calibratedKind(kind))).toEqual(["string", "number", "date", "choice", "list"]);
});

describe("a branch", () => {
  const tokenizer = new ByteTokenizer([' "', " n", " null", " [", ' ["', " []", '"]', "Acme", " Ltd"]);
  const schemas: JsonSchema[] = [{ type: ["string", "null"] }, { type: "array", items: { type: "string" } }, { enum: ["paid", "open", null] }, { type: "string" }];

  /** What any model writes for one field under a threshold. */
  async function ask(schema: JsonSchema, seed: number, threshold: number, drafts = true): Promise<Written> {
    const text = "Acme Ltd paid twice";
    const { string, list, choice } = { string: threshold, list: threshold, choice: threshold };
    const calibration = { ...UNCALIBRATED, null_threshold: { ...UNCALIBRATED.null_threshold, string, list, choice } };
    const tools = { ...toolsFor(new HashModel(tokenizer.tokens.length, seed), tokenizer, drafts), calibration };
    await tools.context.read(tokenizer.encode(text), tools.signal);
    const findings = new Findings(new SourceText(text));
    const { fields } = compile({ type: "object", properties: { f: schema }, required: ["f"] });
    const { written } = await askAll(fields.map((field) => ({ field, answer: answerFor(field, findings) })), tools);
    if (written[0] === undefined) throw new Error("no answer");
    return written[0];
  }

  it("is absent where its probability reaches the threshold, whatever the model", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...schemas.slice(0, 3)), fc.nat(), async (schema, seed) => {
        const never = await ask(schema, seed, 1.1);
        const { absence, confidence } = never.uncalibrated;
        if (absence === null) throw new Error("there was a choice");
        const just = await ask(schema, seed, absence);
        const above = await ask(schema, seed, absence + 1e-9);
        expect(["null", "[]"]).toContain(just.text.trim());
        expect(above.text).toBe(never.text);
        expect(never.text.trim()).not.toBe("null");
        expect([just.uncalibrated.absence, above.uncalibrated.absence]).toEqual([absence, absence]);
        expect(above.uncalibrated.confidence).toBe(confidence);
        expect(confidence).toBeLessThanOrEqual(1 - absence + 1e-9);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it("has the same absence with drafts and without", async () => {
    for (const [seed, schema] of schemas.entries()) {
      const [fast, plain] = [await ask(schema, seed, 0.5), await ask(schema, seed, 0.5, false)];
      expect(fast.uncalibrated).toEqual(plain.uncalibrated);
    }
  });

  it("says nothing of absence where a field has to be filled", async () => {
    const written = await ask({ type: "string" }, 1, 0);
    expect(written.uncalibrated).toMatchObject({ kind: "string", absence: null });
    expect(written.text).toMatch(/^ "/u);
  });
});
