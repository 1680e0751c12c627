import { describe, expect, it } from "vitest";
import { Keys, readDraft, ROOT } from "../../../../web/src/app/schema/draft.js";
import { draftProblems, fieldAt } from "../../../../web/src/app/schema/problems.js";
import { allFields, changeField } from "../../../../web/src/app/schema/tree.js";
import { compile } from "../../../../web/src/engine/plan.js";
import { SchemaRefused } from "../../../../web/src/engine/plan/refusal.js";
import type { JsonSchema } from "../../../../web/src/shared/schema.js";

function draftOf(schema: JsonSchema): ReturnType<typeof readDraft> {
  return readDraft(schema, new Keys());
}

/** The name of the field that the engine's refusal is shown at; empty for the whole. */
function refusedAt(properties: JsonSchema, more: JsonSchema = {}): string {
  const schema = { type: "object", properties, ...more };
  const draft = draftOf(schema);
  try {
    compile(schema);
  } catch (thrown) {
    if (!(thrown instanceof SchemaRefused)) throw thrown;
    const key = fieldAt(draft, thrown.place ?? "");
    return allFields(draft).find(({ field }) => field.key === key)?.field.name ?? "";
  }
  throw new Error("The engine did not refuse it.");
}

describe("what the engine refuses", () => {
  it.each([
    ["a pattern", { a: { type: "string" }, b: { type: "string", pattern: "(" } }, {}, "b"],
    ["a format", { a: { type: "string", format: "iri" } }, {}, "a"],
    ["a name with a slash", { "a/b~c": { type: "string", pattern: "[" } }, {}, "a/b~c"],
    ["inside a group", { who: { type: "object", properties: { mail: { type: "string", pattern: "(" } } } }, {}, "mail"],
    ["inside a list of groups", { items: { type: "array", items: { type: "object", properties: { price: { type: "number", multipleOf: 0 } } } } }, {}, "price"],
    ["a list of lists", { grid: { type: "array", items: { type: "array", items: { type: "string" } }, minItems: 1 } }, { required: ["grid"] }, "grid"],
    ["a definition, at the field that refers to it", { a: { type: "string" }, who: { $ref: "#/$defs/Who" } }, { $defs: { Who: { type: "object", properties: { mail: { type: "string", pattern: "(" } } } } }, "who"],
    ["a definition that another one refers to", { all: { type: "array", items: { $ref: "#/$defs/Both" } } }, { $defs: { Both: { type: "object", properties: { x: { $ref: "#/$defs/Bad" } } }, Bad: { type: "string", pattern: "(" } } }, "all"],
    ["the whole", {}, {}, ""],
  ] as [string, JsonSchema, JsonSchema, string][])("of %s is shown at its field", (_, properties, more, name) => {
    expect(refusedAt(properties, more)).toBe(name);
  });
});

describe("draftProblems", () => {
  const nested = draftOf({ type: "object", properties: { a: { type: "object", properties: { b: { type: "string" }, c: { type: "string" } } } } });
  const [, b, c] = allFields(nested);

  it("finds nothing wrong with fields that make a schema", () => {
    expect(draftProblems(nested)).toEqual([]);
  });

  it("asks for a field, a name, a name of its own and values", () => {
    expect(draftProblems(draftOf({ type: "object", properties: {} }))).toMatchObject([{ key: ROOT, code: "no-fields" }]);
    expect(draftProblems(draftOf({ type: "object", properties: { a: { type: "object" } } }))).toMatchObject([{ code: "no-fields", name: "a" }]);
    expect(draftProblems(draftOf({ type: "object", properties: { a: { type: "array", items: { type: "string", enum: [] } } } }))).toMatchObject([{ code: "no-options" }]);
    const renamed = (name: string): ReturnType<typeof draftProblems> => draftProblems(changeField(nested, c?.field.key ?? -1, (field) => ({ ...field, name })));
    expect(renamed(" ")).toMatchObject([{ key: c?.field.key, code: "no-name" }]);
    expect(renamed("b ")).toMatchObject([{ key: c?.field.key, code: "same-name" }]);
    expect(b?.field.name).toBe("b");
  });

  it("lets fields of different groups have one name", () => {
    expect(draftProblems(draftOf({ type: "object", properties: { a: { type: "object", properties: { a: { type: "string" } } } } }))).toEqual([]);
  });
});
