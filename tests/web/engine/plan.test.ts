import { describe, expect, it } from "vitest";
import { compile } from "../../../web/src/engine/plan.js";
import { ExcerptError } from "../../../web/src/shared/errors.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";

const object = (properties: JsonSchema, rest: JsonSchema = {}): JsonSchema => ({ type: "object", properties, ...rest });

function refusal(schema: JsonSchema): ExcerptError {
  try {
    compile(schema);
  } catch (thrown) {
    if (thrown instanceof ExcerptError) return thrown;
    throw thrown;
  }
  throw new Error("the schema was accepted");
}

describe("a plan", () => {
  it("keeps the order of the properties and knows what may be absent", () => {
    const { fields } = compile(object({ b: { type: ["string", "null"], description: "B" }, a: { type: "string" }, c: { type: "number" } }, { required: ["a", "b"] }));
    expect(fields.map(({ name, path, absence, description }) => [name, path, absence, description])).toEqual([
      ["b", "/b", "null", "B"],
      ["a", "/a", "never", ""],
      ["c", "/c", "omit", ""],
    ]);
  });

  it.each<[string, JsonSchema, unknown]>([
    ["null among types", { type: ["integer", "null"], minimum: 1 }, { type: "number", integer: true, minimum: 1, maximum: Infinity, exclusiveMinimum: -Infinity, exclusiveMaximum: Infinity, multipleOf: null }],
    ["null as a branch", { anyOf: [{ type: "string", maxLength: 5 }, { type: "null" }] }, { type: "string", minLength: 0, maxLength: 5, patterns: [], format: null, free: false }],
    ["null among values", { enum: ["a", 1, null] }, { type: "choice", values: ["a", 1] }],
    ["a boolean", { type: ["boolean", "null"] }, { type: "choice", values: [true, false] }],
    ["a date", { type: ["string", "null"], format: "date" }, { type: "date" }],
    ["a list", { anyOf: [{ type: "array", items: { type: "string" }, maxItems: 3, uniqueItems: true }, { type: "null" }] }, { type: "list", item: { type: "string", minLength: 0, maxLength: Infinity, patterns: [], format: null, free: false }, minItems: 0, maxItems: 3, uniqueItems: true }],
  ])("reads %s", (_, schema, kind) => {
    const [field] = compile(object({ f: schema }, { required: ["f"] })).fields;
    expect(field).toMatchObject({ absence: "null", kind });
  });

  it("keeps null out where the type excludes it", () => {
    const [field] = compile(object({ f: { type: "string", enum: ["a", null] } }, { required: ["f"] })).fields;
    expect(field).toMatchObject({ absence: "never", kind: { values: ["a"] } });
  });

  it.each<[string, JsonSchema, string]>([
    ["no properties", { type: "object" }, "/properties"],
    ["another type at the top", { type: "array" }, "/type"],
    ["a required stranger", object({ a: { type: "string" } }, { required: ["b"] }), "/required"],
    ["a pattern", object({ a: { type: "string", pattern: "^x" } }), "/properties/a/pattern"],
    ["an unknown format", object({ a: { type: "string", format: "email" } }), "/properties/a/format"],
    ["an unknown keyword", object({ "a/b": { type: "string", foo: 1 } }), "/properties/a~1b/foo"],
    ["nested objects", object({ a: { type: "object", properties: {} } }), "/properties/a"],
    ["lists of numbers", object({ a: { type: "array", items: { type: "number" } } }), "/properties/a/items"],
    ["a list without items", object({ a: { type: "array" } }), "/properties/a/items"],
    ["several types", object({ a: { type: ["string", "number"] } }), "/properties/a/type"],
    ["a union of two types", object({ a: { anyOf: [{ type: "string" }, { type: "number" }] } }), "/properties/a/anyOf"],
    ["a keyword of the wrong type", object({ a: { type: "string", maxLength: -1 } }), "/properties/a/maxLength"],
    ["choices that exclude each other", object({ a: { type: "string", enum: [1] } }), "/properties/a"],
    ["properties without a name", object({ a: { type: "string" } }, { additionalProperties: { type: "string" } }), "/additionalProperties"],
    ["references", object({ a: { $ref: "#/$defs/x" } }), "/properties/a"],
  ])("refuses %s by its place", (_, schema, place) => {
    const error = refusal(schema);
    expect(error).toMatchObject({ kind: "input", code: "schema-refused", place });
    expect(error.advice.length).toBeGreaterThan(10);
  });

  it("lets annotations and x- keywords pass", () => {
    const schema = object({ a: { type: "string", title: "A", examples: ["x"], "x-note": true } }, { $schema: "https://json-schema.org/draft/2020-12/schema", title: "T" });
    expect(compile(schema).fields[0]).toMatchObject({ description: "A" });
  });
});
