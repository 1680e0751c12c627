import { describe, expect, it } from "vitest";
import { type Review, reviewedOutput, withReview } from "../../../web/src/shared/record.js";
import type { JsonObject, JsonSchema, JsonValue } from "../../../web/src/shared/schema.js";

const SCHEMA: JsonSchema = {
  $defs: { money: { type: ["number", "null"] } },
  type: "object",
  properties: {
    name: { type: ["string", "null"] },
    note: { type: "string" },
    total: { $ref: "#/$defs/money" },
    items: { type: "array", items: { type: "object", properties: { what: { type: "string" }, price: { $ref: "#/$defs/money" } } } },
    tags: { type: "array", items: { type: "string" } },
    seller: { type: "object", properties: { city: { type: "string" } } },
  },
  required: ["name", "total"],
};

const corrected = (value: JsonValue): Review => ({ status: "corrected", value, span: null, at: 1 });
const cleared: Review = { status: "cleared", value: null, span: null, at: 1 };

function reviewed(output: JsonObject, reviews: Record<string, Review>): JsonObject {
  const stats = { promptTokens: 0, branchTokens: 0, forwards: 0, prefillMs: 0, decodeMs: 0, maskMs: 0, prefixReused: 0, draftedTokens: 0, acceptedTokens: 0 };
  const extraction = { output, fields: [], coverage: { read: [], windows: [], length: 0 }, stats };
  return reviewedOutput({ extraction, reviews, schema: SCHEMA });
}

describe("the reviewed output", () => {
  const output = { name: "A", total: 1, items: [{ what: "x", price: 2 }, { what: "y", price: 3 }], tags: ["p", "q", "r"] };

  it("is the model's where nobody said anything, or agreed", () => {
    expect(reviewed(output, {})).toEqual(output);
    expect(reviewed(output, { "/name": { ...corrected("A"), status: "accepted" } })).toEqual(output);
  });

  it("has the person's values, also in rows and lists", () => {
    const found = reviewed(output, { "/name": corrected("B"), "/items/1/price": corrected(4), "/tags/0": corrected("o"), "/tags/3": corrected("s") });
    expect(found).toEqual({ ...output, name: "B", items: [output.items[0], { what: "y", price: 4 }], tags: ["o", "q", "r", "s"] });
    expect(output.name).toBe("A");
  });

  it("has null for what was cleared, or leaves it out where null may not stand", () => {
    expect(reviewed({ ...output, note: "n" }, { "/total": cleared, "/note": cleared })).toEqual({ ...output, total: null });
  });

  it("loses the cleared items of a list, each the one that was meant", () => {
    expect(reviewed(output, { "/tags/0": cleared, "/tags/2": cleared, "/tags/1": corrected("Q") }).tags).toEqual(["Q"]);
  });

  it("takes a key that was left out, or a group that was null, at its place in the schema", () => {
    const found = reviewed({ name: "A", total: 1 }, { "/note": corrected("new"), "/seller/city": corrected("Leeds"), "/tags/0": corrected("t") });
    expect(JSON.stringify(found)).toBe('{"name":"A","note":"new","total":1,"tags":["t"],"seller":{"city":"Leeds"}}');
  });

  it("cannot be talked into changing what all objects share", () => {
    const found = reviewed({ name: "A", total: 1 }, { "/__proto__/polluted": corrected("yes") });
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
    expect(({} as JsonObject).polluted).toBeUndefined();
  });
});

describe("a review", () => {
  it("is taken away again", () => {
    const record = withReview({ reviews: { "/a": cleared } }, "/b", corrected(1));
    expect(Object.keys(record.reviews)).toEqual(["/a", "/b"]);
    expect(withReview(record, "/a", null)).toEqual({ reviews: { "/b": corrected(1) } });
  });
});
