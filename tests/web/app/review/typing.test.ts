import { describe, expect, it } from "vitest";
import { type Form, formAt } from "../../../../web/src/app/review/form.js";
import { readTyped, readWords } from "../../../../web/src/app/review/typing.js";
import { faultAt } from "../../../../web/src/app/review/validity.js";
import type { JsonSchema, JsonValue } from "../../../../web/src/shared/schema.js";

const NUMBER: Form = { kind: "number", share: false };
const CHOICE: Form = { kind: "choice", options: ["cash", "card", "gift card", 7] };

describe("words of a document become values", () => {
  it.each<[string, Form, JsonValue | undefined]>([
    ["£ 1,234.50", NUMBER, 1234.5],
    ["(5.00)", NUMBER, -5],
    ["2 x 3.50", NUMBER, undefined],
    ["none", NUMBER, undefined],
    ["12 %", NUMBER, 12],
    ["12 %", { kind: "number", share: true }, 0.12],
    ["3 pieces", { kind: "integer" }, 3],
    ["3.5", { kind: "integer" }, undefined],
    ["Date: 3 February 2026", { kind: "date" }, "2026-02-03"],
    ["03/02/2026", { kind: "date" }, "2026-02-03"],
    ["5.3.2026 and 6.3.2026", { kind: "date" }, undefined],
    ["at 17:42", { kind: "time" }, "17:42:00-00:00"],
    ["Ja", { kind: "boolean" }, true],
    ["no", { kind: "boolean" }, false],
    ["perhaps", { kind: "boolean" }, undefined],
    ["CASH", CHOICE, "cash"],
    ["Paid by cash today", CHOICE, "cash"],
    ["gift card", CHOICE, "gift card"],
    ["paid by gift card", CHOICE, undefined],
    ["7", CHOICE, 7],
    ["  Harbour Street ", { kind: "text" }, "Harbour Street"],
    [" ", { kind: "text" }, undefined],
    ["42", { kind: "any" }, 42],
    ["42 Mill Lane", { kind: "any" }, "42 Mill Lane"],
  ])("%s as %j", (words, form, expected) => {
    expect(readWords(words, form, words)).toEqual(expected === undefined ? { wanted: form.kind } : { value: expected });
  });

  it("as the whole document writes them", () => {
    expect(readWords("1.234", NUMBER, "Summe 2,50 und 1.234")).toEqual({ value: 1234 });
    expect(readWords("1.234", NUMBER, "1.234 and 2.50")).toEqual({ value: 1.234 });
    expect(readWords("02/03/2026", { kind: "date" }, "02/03/2026 and 02/28/2026")).toEqual({ value: "2026-02-03" });
  });

  it("and what is typed may be written as in JSON all the same", () => {
    expect(readTyped("1.234", NUMBER, "Summe 2,50")).toEqual({ value: 1.234 });
    expect(readTyped("1.234,50", NUMBER, "")).toEqual({ value: 1234.5 });
    expect(readTyped("EUR 1.234,50", NUMBER, "")).toEqual({ value: 1234.5 });
    expect(readTyped("12 %", NUMBER, "")).toEqual({ value: 12 });
    expect(readTyped("12.5", { kind: "integer" }, "")).toEqual({ wanted: "integer" });
    expect(readTyped("1284.5x", NUMBER, "")).toEqual({ wanted: "number" });
    expect(readTyped("about 12", NUMBER, "")).toEqual({ wanted: "number" });
  });
});

describe("what a place takes", () => {
  const schema: JsonSchema = {
    type: "object",
    properties: {
      a: { type: ["string", "null"] }, b: { type: "string", format: "date" }, c: { anyOf: [{ type: "number", maximum: 1 }, { type: "null" }] },
      d: { enum: ["x", null] }, e: { type: ["integer", "null"] }, f: { type: ["string", "number"] }, g: { $ref: "#/$defs/yes" }, h: { const: "only" },
      i: { type: "array", items: { type: "boolean" } },
    },
    $defs: { yes: { type: "boolean" } },
  };
  it.each<[string[], Form]>([
    [["a"], { kind: "text" }], [["b"], { kind: "date" }], [["c"], { kind: "number", share: true }], [["d"], { kind: "choice", options: ["x"] }],
    [["e"], { kind: "integer" }], [["f"], { kind: "any" }], [["g"], { kind: "boolean" }], [["h"], { kind: "choice", options: ["only"] }],
    [["i", "3"], { kind: "boolean" }], [["nowhere"], { kind: "any" }],
  ])("%j", (path, expected) => {
    expect(formAt(schema, path)).toEqual(expected);
  });
});

describe("what a schema does not let stand", () => {
  const schema: JsonSchema = {
    type: "object",
    properties: {
      code: { type: "string", pattern: "^[A-Z]+$", maxLength: 4 }, share: { anyOf: [{ type: "number", maximum: 1 }, { type: "null" }] },
      tags: { type: "array", items: { type: "string", minLength: 2 } }, other: { type: "number" },
    },
    required: ["other"],
  };

  it("is told by the keyword that it breaks, at its place alone", () => {
    expect(faultAt({ code: "ab" }, schema, "/code")).toEqual({ keyword: "pattern", argument: "^[A-Z]+$" });
    expect(faultAt({ code: "ABCDE" }, schema, "/code")).toEqual({ keyword: "maxLength", argument: "4" });
    expect(faultAt({ share: 2 }, schema, "/share")).toEqual({ keyword: "maximum", argument: "1" });
    expect(faultAt({ share: "much" }, schema, "/share")?.keyword).toBe("type");
    expect(faultAt({ tags: ["ok", "x"] }, schema, "/tags/1")).toEqual({ keyword: "minLength", argument: "2" });
    expect(faultAt({ code: "AB", share: null, tags: ["ok"] }, schema, "/code")).toBeNull();
  });
});
