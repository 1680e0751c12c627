import { describe, expect, it } from "vitest";
import { compile } from "../../../web/src/engine/plan.js";
import { ExcerptError } from "../../../web/src/shared/errors.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";

const object = (properties: JsonSchema, rest: JsonSchema = {}): JsonSchema => ({ type: "object", properties, ...rest });

const text = { type: "string" };

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
    const [field] = compile(object({ f: { type: "string", enum: ["a", "b", null] } }, { required: ["f"] })).fields;
    expect(field).toMatchObject({ absence: "never", kind: { values: ["a", "b"] } });
  });

  it.each<[string, JsonSchema, unknown]>([
    ["a pattern", { type: "string", pattern: "^x" }, { type: "string", patterns: ["^x"] }],
    ["a format", { type: "string", format: "email" }, { type: "string", format: "email" }],
    ["free text", { type: "string", "x-excerpt": "free" }, { type: "string", free: true }],
    ["a list of numbers", { type: "array", items: { type: "number" } }, { type: "list", item: { type: "number" } }],
    ["a list that does not say of what", { type: "array" }, { type: "list", item: { type: "string" } }],
    ["anything at all", {}, { type: "string", patterns: [] }],
    ["what is excluded", { type: "string", not: { enum: ["x"] } }, { type: "string", patterns: ["^(?![^]*(?:^(?:x)$))"] }],
    ["what several schemas say together", { allOf: [{ type: "number", minimum: 1 }, { maximum: 2 }] }, { type: "number", minimum: 1, maximum: 2 }],
  ])("asks for %s", (_, schema, kind) => {
    expect(compile(object({ f: schema })).fields[0]).toMatchObject({ kind });
  });

  it("asks for the values of inner objects by the words of their keys", () => {
    const address = { type: "object", properties: { city: { type: "string" }, zip: { type: "string" } }, required: ["zip"] };
    const plan = compile(object({ customer: object({ name: { type: "string" }, address }, { required: ["name"] }), id: { type: "string" } }, { required: ["customer"] }));
    expect(plan.fields.map(({ name, path, absence }) => [name, path, absence])).toEqual([
      ["customer name", "/customer/name", "never"],
      ["customer address city", "/customer/address/city", "omit"],
      ["customer address zip", "/customer/address/zip", "null"],
      ["id", "/id", "omit"],
    ]);
  });

  it("asks for the rows of an array of objects once, and for their columns later", () => {
    const item = object({ what: { type: "string" }, price: { type: "number" } });
    const plan = compile(object({ items: { type: "array", items: item, maxItems: 9 } }));
    expect(plan.fields).toEqual([expect.objectContaining({ path: "/items", kind: expect.objectContaining({ type: "list", maxItems: 9 }) as unknown })]);
    expect(plan.tree).toMatchObject({ members: [{ key: "items", node: { at: "rows", item: { at: "object" } } }] });
  });

  it("leaves out or empty what no document can fill", () => {
    const lists = { type: "array", items: { type: "array" } };
    const plan = compile(object({ a: text, map: { type: "object" }, list: lists, empty: { type: "object" }, none: lists, null: { type: ["object", "null"] } }, { required: ["empty", "none"] }));
    expect(plan.tree).toMatchObject({ members: [{ key: "a" }, { key: "empty", node: { value: {} } }, { key: "none", node: { value: [] } }, { key: "null", node: { value: null } }] });
  });

  it("follows a schema into itself so far and no further", () => {
    const schema = object({ root: { $ref: "#/$defs/part" } }, { $defs: { part: object({ name: { type: "string" }, inner: { $ref: "#/$defs/part" } }) } });
    expect(compile(schema).fields.map(({ path }) => path)).toEqual(["", "/inner", "/inner/inner", "/inner/inner/inner"].map((path) => `/root${path}/name`));
    expect(refusal(object({ root: { $ref: "#/$defs/part" } }, { required: ["root"], $defs: { part: object({ part: { $ref: "#/$defs/part" } }, { required: ["part"] }) } }))).toMatchObject({ code: "schema-refused" });
  });

  it.each<[string, JsonSchema, string]>([
    ["no properties", { type: "object" }, "/properties"],
    ["another type at the top", { type: "array" }, "/type"],
    ["a look ahead in the middle of a pattern", object({ a: { type: "string", pattern: "a(?=b)" } }), "/properties/a/pattern"],
    ["a format without a grammar", object({ a: { type: "string", format: "regex" } }), "/properties/a/format"],
    ["a slip of the pen", object({ "a/b": { type: "string", minlength: 1 } }), "/properties/a~1b/minlength"],
    ["an object without keys that may not be empty", object({ a: { type: "object", minProperties: 1 } }, { required: ["a"] }), "/properties/a/properties"],
    ["lists of lists that may not be empty", object({ a: { type: "array", items: { type: "array", items: { type: "number" } }, minItems: 1 } }, { required: ["a"] }), "/properties/a/items"],
    ["items by their place", object({ a: { type: "array", prefixItems: [{ type: "number" }], minItems: 1 } }, { required: ["a"] }), "/properties/a/prefixItems"],
    ["a keyword of the wrong type", object({ a: { type: "string", maxLength: -1 } }), "/properties/a/maxLength"],
    ["choices that exclude each other", object({ a: { type: "string", enum: [1] } }), "/properties/a"],
    ["a choice among objects", object({ a: { enum: [{ b: 1 }, { b: 2 }] } }), "/properties/a/enum"],
    ["references to elsewhere", object({ a: { $ref: "https://example.org/x.json" } }), "/properties/a/$ref"],
    ["references in a circle", object({ a: { $ref: "#/$defs/x" } }, { $defs: { x: { $ref: "#/$defs/x" } } }), "/$defs/x"],
    ["no text that is short enough", object({ a: { type: "string", maxLength: 0 } }), "/properties/a/maxLength"],
    ["contains", object({ a: { type: "array", contains: { type: "number" } } }), "/properties/a/contains"],
  ])("refuses %s by its place", (_, schema, place) => {
    const error = refusal(schema);
    expect(error).toMatchObject({ kind: "input", code: "schema-refused", place });
    expect(error.advice.length).toBeGreaterThan(10);
  });

  it("lets annotations, x- keywords and words that no standard knows pass", () => {
    const schema = object({ a: { type: "string", title: "A", examples: ["x"], "x-note": true, foo: 1 } }, { $schema: "https://json-schema.org/draft/2020-12/schema", title: "T" });
    expect(compile(schema).fields[0]).toMatchObject({ description: "A" });
  });
});
