import { describe, expect, it } from "vitest";
import { columnsOf } from "../../../web/src/app/export/columns.js";
import { rowsOf } from "../../../web/src/app/state/batch/batch-filter.js";
import { type BatchRow, rowOf } from "../../../web/src/app/state/batch/batch-row.js";
import { RESULT } from "./record-samples.js";

describe("the columns of a schema", () => {
  it("are its leaves: groups are taken apart, lists of rows are one", () => {
    const columns = columnsOf({
      type: "object",
      properties: {
        seller: { $ref: "#/$defs/party" },
        tags: { type: "array", items: { type: "string" } },
        items: { type: ["array", "null"], items: { $ref: "#/$defs/party" } },
        total: { anyOf: [{ type: "number" }, { type: "null" }] },
      },
      $defs: { party: { type: "object", properties: { name: { type: "string" }, city: { type: "string" } } } },
    });
    expect(columns.map(({ title, kind }) => `${title} ${kind}`)).toEqual(["seller.name value", "seller.city value", "tags list", "items rows", "total value"]);
  });

  it("end where a schema goes round in a circle", () => {
    const columns = columnsOf({ type: "object", properties: { next: { $ref: "#" }, name: { type: "string" } } });
    expect(columns.map(({ title }) => title)).toContain("name");
  });
});

describe("a row", () => {
  it("shows the person's value, and is as sure as its least sure open value", () => {
    expect(rowOf(RESULT)).toMatchObject({ name: "a.txt", status: "done", confidence: 0.9, cells: [{ text: "Ada", reviewed: false }, { text: "" }] });
    const reviewed = rowOf({ ...RESULT, reviews: { "/who": { status: "corrected", value: "Eve", span: null, at: 1 } } });
    expect(reviewed).toMatchObject({ confidence: 1, cells: [{ text: "Eve", reviewed: true }, { text: "" }] });
  });

  it("says where it was read, and why there", () => {
    expect(rowOf({ ...RESULT, tier: "wasm-single", why: "no-gpu not-isolated" })).toMatchObject({ tier: "wasm-single", why: "no-gpu not-isolated" });
  });

  it("has no cells before there is a result", () => {
    expect(rowOf({ ...RESULT, status: "waiting", extraction: null }).cells).toEqual([]);
  });
});

describe("the filters", () => {
  const row = (id: string, more: Partial<BatchRow>): BatchRow => ({ ...rowOf(RESULT), id, name: id, ...more });
  const rows = [row("a", {}), row("b", { confidence: 0.3 }), row("c", { status: "failed", cells: [] }), row("d", { status: "running", cells: [] })];
  const shown = (...given: [Parameters<typeof rowsOf>[1], string?]): string => rowsOf(rows, ...given).map(({ id }) => id).join("");

  it("part the rows by what is to be done about them", () => {
    expect([shown("all"), shown("open"), shown("finished"), shown("unsure"), shown("failed")]).toEqual(["abcd", "d", "ab", "b", "c"]);
  });

  it("look for names and values, capital or not", () => {
    expect([shown("all", " ADA "), shown("all", "C"), shown("open", "ada")]).toEqual(["ab", "c", ""]);
  });
});
