/** The machines of whole values: nothing written under one is invalid, and nothing valid is out of its reach. */

import { Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accepts as acceptsText, viableBytes, type AnyMachine } from "../../../web/src/engine/constraint/machine.js";
import { decimal, JsonNumber } from "../../../web/src/engine/constraint/number.js";
import { ANY_NUMBER } from "../../../web/src/engine/plan/nodes.js";
import { accepts, machineOf } from "../../../web/src/engine/plan/machines.js";
import { SchemaRefused } from "../../../web/src/engine/plan/refusal.js";
import { compileSchema, type Compiled } from "../../../web/src/engine/plan/schema.js";
import type { JsonSchema, JsonValue } from "../../../web/src/shared/schema.js";
import { instances, schemas } from "./schemas.js";

function compiled(schema: JsonSchema): Compiled | null {
  try {
    return compileSchema(schema);
  } catch (thrown) {
    if (thrown instanceof SchemaRefused) return null;
    throw thrown;
  }
}

function isValid(schema: JsonSchema, value: JsonValue): boolean {
  return new Validator(schema, "2020-12", true).validate(value).valid;
}

const CLOSING = Array.from('"}],:e.0123456789', (character) => character.charCodeAt(0));

/** Writes something under the machine, as the choices say, and after a while whatever ends soonest. */
function write(machine: AnyMachine, choices: readonly number[], most = 400): string | null {
  const bytes: number[] = [];
  let state = machine.initial();
  while (!(machine.accepting(state) && (bytes.length >= choices.length || viableBytes(machine, state).length === 0))) {
    if (bytes.length > most) return null;
    const options = viableBytes(machine, state);
    expect(options.length, "a viable state leads nowhere").toBeGreaterThan(0);
    const closing = CLOSING.find((byte) => options.includes(byte)) ?? options[0];
    const choice = choices[bytes.length];
    const byte = choice === undefined ? closing : choice % 3 === 0 ? closing : options[choice % options.length];
    bytes.push(byte ?? 0);
    state = machine.transition(state, byte ?? 0);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
}

describe("the machine of a schema", () => {
  it("takes exactly the instances that a validator takes", () => {
    let taken = 0;
    fc.assert(
      fc.property(schemas, fc.array(instances, { minLength: 1, maxLength: 12 }), (schema, values) => {
        const plan = compiled(schema);
        fc.pre(plan !== null);
        for (const value of values) {
          const valid = isValid(schema, value);
          if (valid) taken += 1;
          expect([value, accepts(plan, value)]).toEqual([value, valid]);
        }
      }),
      { numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(200);
  }, 30_000);

  it("lets nothing be written that is invalid, and never leads into a dead end", () => {
    let written = 0;
    fc.assert(
      fc.property(schemas, fc.array(fc.nat(999), { maxLength: 60 }), (schema, choices) => {
        const plan = compiled(schema);
        fc.pre(plan !== null);
        const machine = machineOf(plan);
        fc.pre(machine.viable(machine.initial()));
        const text = write(machine, choices);
        if (text === null) return;
        written += 1;
        const value = JSON.parse(text) as JsonValue;
        expect([text, isValid(schema, value)]).toEqual([text, true]);
        expect(accepts(plan, value)).toBe(true);
      }),
      { numRuns: 120 },
    );
    expect(written).toBeGreaterThan(50);
  }, 30_000);
});

describe("the machine of a schema, where it is easily wrong", () => {
  const tree = { $ref: "#/$defs/t", $defs: { t: { type: "object", properties: { left: { $ref: "#/$defs/t" }, v: { type: "integer" } }, required: ["v"], additionalProperties: false } } };

  it.each<[string, JsonSchema, readonly JsonValue[], readonly JsonValue[]]>([
    ["equal items with their keys in another order", { type: "array", uniqueItems: true, items: { type: "object" } }, [[{ a: 1 }, { a: 2 }]], [[{ a: 1, b: 2 }, { b: 2, a: 1 }]]],
    ["more different items than there are", { type: "array", uniqueItems: true, items: { type: "boolean" }, minItems: 3 }, [], [[true, false], [true, false, true]]],
    ["a schema within itself", tree, [{ v: 1, left: { v: 2, left: { v: 3 } } }], [{ v: 1, left: {} }, { left: { v: 1 } }]],
    ["numbers at the edges of doubles", { type: "number" }, [1.7976931348623157e308, 5e-324, -0, 0.1 + 0.2], ["1"]],
    ["that a decimal just below a bound is read as the bound", { type: "number", exclusiveMaximum: 0.3 }, [0.29999999999999993], [0.3]],
    ["bounds of draft 4", { $schema: "http://json-schema.org/draft-04/schema#", type: "number", minimum: 0, exclusiveMinimum: true }, [0.1], [0]],
    ["what stands beside a reference in draft 7", { $schema: "http://json-schema.org/draft-07/schema#", properties: { a: { $ref: "#/definitions/t", maxLength: 1 } }, definitions: { t: { type: "string" } } }, [{ a: "long" }], [{ a: 1 }]],
    ["what stands beside a reference since", { properties: { a: { $ref: "#/$defs/t", maxLength: 1 } }, $defs: { t: { type: "string" } } }, [{ a: "x" }], [{ a: "long" }]],
    ["names of parts", { $id: "https://example.org/a", properties: { b: { $ref: "#part" }, c: { $ref: "inner#/$defs/x" } }, $defs: { p: { $anchor: "part", type: "string" }, i: { $id: "inner", $defs: { x: { type: "null" } } } } }, [{ b: "x", c: null }], [{ b: 1 }, { c: 1 }]],
    ["what nothing evaluates", { type: "object", properties: { a: {} }, unevaluatedProperties: { type: "number" } }, [{ a: "x", b: 1 }], [{ b: "x" }]],
    ["names of keys", { type: "object", propertyNames: { enum: ["a", "b"] } }, [{ b: 1, a: 2 }], [{ c: 1 }]],
    ["keys that only look like the language's own", JSON.parse('{"properties":{"__proto__":{"type":"number"},"constructor":false}}') as JsonSchema, [JSON.parse('{"__proto__":1}') as JsonValue], [JSON.parse('{"__proto__":"x"}') as JsonValue, { constructor: 1 }]],
    ["characters that JSON escapes", { type: "string", maxLength: 4 }, ["\u2028\u0000\"🙂", "\\\n\t\u001f"], ["\u0000\u0000\u0000\u0000\u0000"]],
    ["exactly one of closed objects", { oneOf: [{ type: "object", properties: { a: {} }, additionalProperties: false }, { type: "object", properties: { b: {} }, additionalProperties: false }] }, [{ a: 1 }, { b: 1 }], [{}, { a: 1, b: 1 }]],
  ])("knows %s", (_, schema, good, bad) => {
    const plan = compileSchema(schema);
    expect(good.filter((value) => !accepts(plan, value))).toEqual([]);
    expect(bad.filter((value) => accepts(plan, value))).toEqual([]);
  });
});

describe("the machine of a number", () => {
  const rules = fc.record({
    integer: fc.boolean(),
    minimum: fc.constantFrom(Number.NEGATIVE_INFINITY, -120, -0.75, 0, 5),
    maximum: fc.constantFrom(Number.POSITIVE_INFINITY, 130, 7.25, 0.5, -0.25),
    exclusiveMinimum: fc.constantFrom(Number.NEGATIVE_INFINITY, -1, 0),
    exclusiveMaximum: fc.constantFrom(Number.POSITIVE_INFINITY, 99, 0.125),
    multiples: fc.subarray([0.25, 3, 10]),
  });

  it("takes a number exactly if arithmetic does", () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: -2000, max: 2000 }), (rule, quarters) => {
        const value = quarters / 16;
        const fits =
          (!rule.integer || Number.isInteger(value)) && value >= rule.minimum && value <= rule.maximum &&
          value > rule.exclusiveMinimum && value < rule.exclusiveMaximum && rule.multiples.every((multiple) => Number.isInteger(value / multiple));
        expect(acceptsText(new JsonNumber(rule), decimal(value))).toBe(fits);
      }),
      { numRuns: 3000 },
    );
  });

  it("offers a digit exactly if some number begins so", () => {
    const numbers = Array.from({ length: 4001 }, (_, i) => decimal((i - 2000) / 4));
    fc.assert(
      fc.property(rules, fc.constantFrom("", "-", "1", "-1", "0", "0.", "-0.", "10", "5.", "5.2", "7.2", "99", "12", "-0.7", "100."), (rule, prefix) => {
        const machine = new JsonNumber({ ...rule, multiples: [...rule.multiples, 0.25], minimum: Math.max(rule.minimum, -500), maximum: Math.min(rule.maximum, 500) });
        const state = Array.from(prefix).reduce((at, character) => machine.transition(at, character.charCodeAt(0)), machine.initial());
        const some = numbers.some((text) => text.startsWith(prefix) && acceptsText(machine, text));
        expect(machine.viable(state)).toBe(some);
      }),
      { numRuns: 60 },
    );
  });

  it.each([[0.1, "0.1"], [1e21, "1000000000000000000000"], [-1.5e-7, "-0.00000015"], [-0, "0"], [123.456, "123.456"]])("writes %d as %s", (value, text) => {
    expect(decimal(value)).toBe(text);
    expect(acceptsText(new JsonNumber(ANY_NUMBER), text)).toBe(true);
  });

  it.each(["1.0", "01", "-0", "+1", "1e3", ".5", "1.", "-", ""])("has no second way to write a number: %s", (text) => {
    expect(acceptsText(new JsonNumber(ANY_NUMBER), text)).toBe(false);
  });
});
