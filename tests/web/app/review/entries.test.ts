import { describe, expect, it } from "vitest";
import { entriesOf, type Entry, leavesOf, openPlaces, type Result } from "../../../../web/src/app/review/entries.js";
import type { FieldResult, FieldValue } from "../../../../web/src/shared/extraction.js";
import type { Review } from "../../../../web/src/shared/record.js";
import type { JsonSchema, JsonValue } from "../../../../web/src/shared/schema.js";

const text = { type: ["string", "null"] };
const SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    seller: { type: "object", properties: { name: text, city: text } },
    lines: { type: "array", items: { $ref: "#/$defs/line" } },
    tags: { type: "array", items: { type: "string" } },
    total: { type: ["number", "null"] },
  },
  $defs: { line: { type: "object", properties: { what: text, price: { type: "number" } } } },
};

function found(value: JsonValue, start: number): FieldValue {
  return { value, origin: "verbatim", evidence: { start, end: start + 2 }, confidence: 0.7 };
}

function result(path: string, ...values: readonly FieldValue[]): FieldResult {
  return { path, values, value: values[0]?.value ?? null, omitted: false, confidence: 0.7, forwards: 1 };
}

function review(status: Review["status"], value: JsonValue): Review {
  return { status, value, span: null, at: 1 };
}

/** `seller(name=… city=…)`, with `…` for what is looked for and `-` for what is absent. */
function drawn(entries: readonly Entry[]): string {
  return entries.map((entry) => {
    if (entry.kind !== "leaf") return `${entry.name}(${drawn(entry.entries)})`;
    const value = entry.state === "pending" ? "…" : entry.value === null ? "-" : JSON.stringify(entry.value);
    return `${entry.name}=${value}`;
  }).join(" ");
}

function draw(given: Partial<Result>): string {
  return drawn(entriesOf({ schema: SCHEMA, fields: [], reviews: {}, active: false, ...given }));
}

const ALL = [
  result("/seller/name", found("Acme", 0)), result("/seller/city", { value: null, origin: "absent", evidence: null, confidence: 0.9 }),
  result("/lines", found("pens 7", 5), found("ink 12", 15)),
  result("/lines/0/what", found("pens", 5)), result("/lines/0/price", found(7, 9)),
  result("/lines/1/what", found("ink", 15)), result("/lines/1/price", found(12, 19)),
  result("/tags", found("new", 30), found("paid", 40)),
  result("/total", found(19, 50)),
];

describe("the tree of a result", () => {
  it("shows what is looked for before it is found", () => {
    expect(draw({ active: true })).toBe("seller(name=… city=…) lines(lines=…) tags(tags=…) total=…");
    expect(draw({ active: true, fields: ALL.slice(0, 1) })).toBe('seller(name="Acme" city=…) lines(lines=…) tags(tags=…) total=…');
  });

  it("has groups, rows and items in the schema's order", () => {
    expect(draw({ fields: ALL })).toBe('seller(name="Acme" city=-) lines(1(what="pens" price=7) 2(what="ink" price=12)) tags(1="new" 2="paid") total=19');
    expect(leavesOf(entriesOf({ schema: SCHEMA, fields: ALL, reviews: {}, active: false })).map(({ pointer }) => pointer)).toEqual([
      "/seller/name", "/seller/city", "/lines/0/what", "/lines/0/price", "/lines/1/what", "/lines/1/price", "/tags/0", "/tags/1", "/total",
    ]);
  });

  it("shows an empty list as one answer", () => {
    expect(draw({ fields: [{ ...result("/tags"), value: [] }] })).toContain("tags(tags=[])");
  });

  it("shows what an open schema turned out to be", () => {
    const schema = { type: "object", properties: { party: { oneOf: [{ type: "object", properties: { surname: text } }, { type: "object", properties: { firm: text } }] } } };
    expect(draw({ schema, fields: [result("/party/firm", found("Acme", 0))] })).toBe('party(firm="Acme")');
  });

  it("lets a person's word count before the model's, and keeps both", () => {
    const reviews = { "/total": review("corrected", 91), "/seller/name": review("cleared", null), "/seller/city": { ...review("corrected", "Oslo"), span: { start: 3, end: 7 } } };
    expect(draw({ fields: ALL, reviews })).toContain('seller(name=- city="Oslo")');
    const leaves = leavesOf(entriesOf({ schema: SCHEMA, fields: ALL, reviews, active: false }));
    expect(leaves.find(({ pointer }) => pointer === "/total")).toMatchObject({ value: 91, found: { value: 19 }, span: null, review: { status: "corrected" } });
    expect(leaves.find(({ pointer }) => pointer === "/seller/city")?.span).toEqual({ start: 3, end: 7 });
  });

  it("shows items that a person added", () => {
    expect(draw({ fields: ALL, reviews: { "/tags/2": review("corrected", "late") } })).toContain('tags(1="new" 2="paid" 3="late")');
    expect(draw({ fields: ALL, reviews: { "/lines/2/what": review("corrected", "paper") } })).toContain('3(what="paper" price=-)');
  });

  it("leaves out the values of a row that a person has removed", () => {
    const entries = entriesOf({ schema: SCHEMA, fields: ALL, reviews: { "/lines/0": review("cleared", null) }, active: false });
    expect(leavesOf(entries).map(({ pointer }) => pointer).filter((pointer) => pointer.startsWith("/lines"))).toEqual(["/lines/1/what", "/lines/1/price"]);
  });

  it("names the places that more values may be added to", () => {
    const entries = entriesOf({ schema: SCHEMA, fields: ALL, reviews: {}, active: false });
    expect(openPlaces(entries, SCHEMA)).toEqual(["/lines/2/what", "/lines/2/price", "/tags/2"]);
    expect(openPlaces(entriesOf({ schema: SCHEMA, fields: [], reviews: {}, active: false }), SCHEMA)).toEqual(["/lines/0/what", "/lines/0/price", "/tags/0"]);
  });
});
