import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EXPORT_FORMS, exported, exportName } from "../../../../web/src/app/schema/exporting.js";
import { recognise } from "../../../../web/src/app/schema/importing.js";
import { canBePlain, plain } from "../../../../web/src/app/schema/plain.js";
import { PRESETS } from "../../../../web/src/app/schema/presets.js";
import type { JsonValue } from "../../../../web/src/shared/schema.js";

const SCHEMA = { type: "object", properties: { total: { type: "number" } }, required: ["total"], additionalProperties: false };

describe("recognise", () => {
  it.each([
    ["a JSON Schema", { title: "Bill", ...SCHEMA }, "Bill"],
    ["a response_format", { type: "json_schema", json_schema: { name: "bill", strict: true, schema: SCHEMA } }, "bill"],
    ["a request with one", { model: "m", messages: [], response_format: { type: "json_schema", json_schema: { name: "bill", schema: SCHEMA } } }, "bill"],
    ["a format of the newer kind", { text: { format: { type: "json_schema", name: "bill", schema: SCHEMA } } }, "bill"],
    ["a tool", { type: "function", function: { name: "bill", description: "Reads a bill", parameters: SCHEMA } }, "bill"],
    ["a tool of the flat kind", { type: "function", name: "bill", parameters: SCHEMA }, "bill"],
    ["a tool with an input schema", { name: "bill", input_schema: SCHEMA }, "bill"],
    ["a list of one tool", [{ name: "bill", inputSchema: SCHEMA }], "bill"],
    ["tools in a request", { tools: [{ type: "function", function: { name: "bill", parameters: SCHEMA } }] }, "bill"],
  ])("finds the schema of %s", (_, given, name) => {
    expect(recognise(JSON.stringify(given))).toEqual([{ name, schema: name === "Bill" ? given : SCHEMA }]);
  });

  it("finds each of several", () => {
    const found = recognise(JSON.stringify([{ name: "one", parameters: SCHEMA }, { name: "two", parameters: SCHEMA }]));
    expect(found).toMatchObject([{ name: "one" }, { name: "two" }]);
  });

  it("takes a schema whose fields are called like the parts of a tool", () => {
    const schema = { type: "object", properties: { parameters: { type: "object", properties: {} }, schema: { type: "string" }, format: { type: "string" } } };
    expect(recognise(JSON.stringify(schema))).toEqual([{ name: "", schema }]);
  });

  it("reads what comes between ticks", () => {
    expect(recognise(`\`\`\`json\n${JSON.stringify(SCHEMA)}\n\`\`\`\n`)).toEqual([{ name: "", schema: SCHEMA }]);
  });

  it.each([["{", "not-json"], ["", "not-json"], ["[]", "no-schema"], ['{"name": "Ada"}', "no-schema"], ["7", "no-schema"]])("of %j says %s", (text, problem) => {
    expect(recognise(text)).toBe(problem);
  });
});

describe("exported", () => {
  it.each(PRESETS.flatMap(({ id, schema }) => EXPORT_FORMS.map((form) => ({ id, schema, form }))))("$id as $form is recognised as it was", ({ id, schema, form }) => {
    expect(recognise(exported(schema, id, form))).toEqual([{ name: form === "schema" ? "" : id, schema }]);
  });

  it("claims to be strict only where every object requires all and allows no other", () => {
    const strict = (schema: object): unknown => (JSON.parse(exported(schema as never, "a", "response-format")) as { json_schema: { strict: boolean } }).json_schema.strict;
    expect(strict(SCHEMA)).toBe(true);
    expect(strict({ ...SCHEMA, required: [] })).toBe(false);
    expect(strict({ ...SCHEMA, properties: { total: { type: "object", properties: { net: { type: "number" } } } } })).toBe(false);
  });

  it("goes by a name that other programs take", () => {
    fc.assert(fc.property(fc.string(), (name) => { expect(exportName(name, "schema")).toMatch(/^[a-zA-Z0-9_-]{1,64}\.schema\.json$/); }));
    expect(exportName("Rechnung für März", "tool")).toBe("Rechnung_fur_Marz.tool.json");
  });
});

describe("plain", () => {
  const address = { type: "object", properties: { street: { type: "string" } }, required: ["street"] };

  it.each([
    ["anyOf with null", { anyOf: [{ type: "string", format: "date" }, { type: "null" }], default: null, description: "Day" }, { type: ["string", "null"], format: "date", default: null, description: "Day" }],
    ["a choice or null", { anyOf: [{ type: "null" }, { type: "string", enum: ["a"] }] }, { type: ["string", "null"], enum: ["a", null] }],
    ["a reference", { $ref: "#/$defs/Address", description: "Where" }, { ...address, description: "Where" }],
    ["a list of references", { type: "array", items: { $ref: "#/$defs/Address" } }, { type: "array", items: address }],
  ] as [string, JsonValue, JsonValue][])("says %s in plainer words", (_, given, wanted) => {
    const whole = { type: "object", properties: { a: given }, $defs: { Address: address } };
    expect(plain(given, whole)).toEqual(wanted);
    expect(canBePlain(given, whole)).toBe(true);
  });

  it("fills in a reference at the top and keeps what stands beside it", () => {
    const whole = { $ref: "#/definitions/Bill", $schema: "http://json-schema.org/draft-07/schema#", definitions: { Bill: SCHEMA } };
    expect(plain(whole, whole)).toEqual({ ...SCHEMA, $schema: whole.$schema, definitions: whole.definitions });
  });

  it.each([
    ["refers to itself", { $ref: "#/$defs/Node" }],
    ["has rules beside the reference", { $ref: "#/$defs/Address", required: ["zip"] }],
    ["refers to nothing", { $ref: "#/$defs/Gone" }],
    ["is any of two kinds", { anyOf: [{ type: "string" }, { type: "number" }] }],
    ["is plain", address],
  ] as [string, JsonValue][])("leaves what %s", (_, given) => {
    const whole = { properties: { a: given }, $defs: { Address: address, Node: { type: "object", properties: { next: { $ref: "#/$defs/Node" } } } } };
    expect(plain(given, whole)).toBe(given);
  });
});
