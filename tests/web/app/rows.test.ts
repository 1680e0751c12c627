import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FIELD_TYPES, fromSchema, type Row, rowAt, rowProblems, toSchema } from "../../../web/src/app/schema/rows.js";

const ROW: Row = { name: "total", type: "number", description: "", optional: true, options: [] };

const word = fc.stringMatching(/^[a-zé_/~][a-z0-9 _/~]{0,8}[a-z]$/u);

const row: fc.Arbitrary<Row> = fc
  .record({
    name: word,
    type: fc.constantFrom(...FIELD_TYPES),
    description: fc.oneof(fc.constant(""), word),
    optional: fc.boolean(),
    options: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
  })
  .map((made) => ({ ...made, optional: made.type === "list" || made.optional, options: made.type === "choice" ? made.options : [] }));

const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 6, selector: ({ name }) => name });

describe("toSchema", () => {
  it.each([
    [{ ...ROW, type: "text" }, { type: ["string", "null"] }],
    [{ ...ROW, optional: false }, { type: "number" }],
    [{ ...ROW, type: "integer", description: " How many " }, { type: ["integer", "null"], description: "How many" }],
    [{ ...ROW, type: "date" }, { type: ["string", "null"], format: "date" }],
    [{ ...ROW, type: "boolean", optional: false }, { type: "boolean" }],
    [{ ...ROW, type: "choice", options: ["a", "b"] }, { type: ["string", "null"], enum: ["a", "b", null] }],
    [{ ...ROW, type: "list" }, { type: "array", items: { type: "string" } }],
  ] as [Row, object][])("writes %o as %o", (given, property) => {
    expect(toSchema([given])).toEqual({
      type: "object",
      properties: { total: property },
      required: ["total"],
      additionalProperties: false,
    });
  });
});

describe("fromSchema", () => {
  it("reads back what toSchema writes", () => {
    fc.assert(fc.property(rows, (given) => { expect(fromSchema(toSchema(given))).toEqual(given); }));
  });

  it.each([
    ["a key it does not know", { ...toSchema([ROW]), title: "Receipt" }],
    ["a field that is not required", { ...toSchema([ROW]), required: [] }],
    ["other keys allowed", { ...toSchema([ROW]), additionalProperties: true }],
    ["a bound", { ...toSchema([ROW]), properties: { total: { type: "number", minimum: 0 } } }],
    ["a nested object", { ...toSchema([ROW]), properties: { total: { type: "object", properties: {} } } }],
    ["a list of numbers", { ...toSchema([ROW]), properties: { total: { type: "array", items: { type: "number" } } } }],
    ["no properties", { type: "object" }],
  ])("refuses %s", (_, schema) => {
    expect(fromSchema(schema)).toBeNull();
  });
});

describe("rowProblems", () => {
  it("finds nothing wrong with rows that make a schema", () => {
    fc.assert(fc.property(rows, (given) => { expect(rowProblems(given)).toEqual([]); }));
  });

  it.each([
    [[], -1, "no field"],
    [[{ ...ROW, name: " " }], 0, "name"],
    [[ROW, { ...ROW, name: " total" }], 1, "“total”"],
    [[{ ...ROW, type: "choice" }], 0, "at least one"],
    [[{ ...ROW, type: "choice", options: ["a", ""] }], 0, "empty"],
    [[{ ...ROW, type: "choice", options: ["a", "a "] }], 0, "twice"],
  ] as [Row[], number, string][])("says what is wrong with %o", (given, at, word) => {
    expect(rowProblems(given)).toEqual([{ row: at, message: expect.stringContaining(word) as string }]);
  });
});

describe("rowAt", () => {
  const given = [ROW, { ...ROW, name: "a/b~c" }];
  it.each([
    ["/properties/total", 0],
    ["/properties/total/type", 0],
    ["#/properties/a~1b~0c/enum/1", 1],
    ["/properties/other", -1],
    ["/required", -1],
    ["", -1],
  ])("%s belongs to row %i", (place, index) => {
    expect(rowAt(place, given)).toBe(index);
  });
});
