import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { merge, shifted, type Lists } from "../../../web/src/engine/merge.js";
import type { FieldResult, FieldValue } from "../../../web/src/shared/extraction.js";
import type { JsonValue } from "../../../web/src/shared/schema.js";

const NO_LISTS: Lists = { values: new Map(), rows: new Map() };

function said(value: JsonValue, at: number | null, confidence = 0.8): FieldValue {
  const length = typeof value === "string" ? value.length : 1;
  const evidence = at === null ? null : { start: at, end: at + length };
  return { value, origin: at === null ? "inferred" : "verbatim", evidence, confidence };
}

function single(path: string, value: JsonValue, at: number | null, confidence = 0.8): FieldResult {
  return { path, value, values: [said(value, at, confidence)], omitted: false, confidence, forwards: 2 };
}

function nothing(path: string, confidence = 0.9): FieldResult {
  const values: FieldValue[] = [{ value: null, origin: "absent", evidence: null, confidence }];
  return { path, value: null, values, omitted: false, confidence, forwards: 1 };
}

function list(path: string, values: readonly FieldValue[], confidence = 0.8): FieldResult {
  return { path, value: values.map(({ value }) => value), values, omitted: false, confidence, forwards: 3 };
}

const lists = (maxItems = 200, uniqueItems = false): Lists => ({
  values: new Map([["/items", { maxItems, uniqueItems }]]),
  rows: new Map([["/rows", { maxItems, uniqueItems }]]),
});

const read = (results: readonly FieldResult[]): [string, JsonValue][] => results.map(({ path, value }) => [path, value]);

describe("a single value", () => {
  it("is the found one, however sure the others are that there is none", () => {
    const [result] = merge([[nothing("/a", 0.99)], [single("/a", "x", 900, 0.2)], [nothing("/a", 0.99)]], NO_LISTS);
    expect(result).toMatchObject({ value: "x", confidence: 0.2, forwards: 4, values: [{ evidence: { start: 900, end: 901 } }] });
  });

  it("is the surer one, and less sure for its rival", () => {
    const [result] = merge([[single("/a", "x", 5, 0.6)], [single("/a", "y", 900, 0.7)]], NO_LISTS);
    expect(result?.value).toBe("y");
    expect(result?.confidence).toBeCloseTo((0.7 * 0.7) / 1.3);
    expect(result?.values[0]?.confidence).toBe(result?.confidence);
  });

  it("is stronger where it stands twice, not where one place was read twice", () => {
    const twice = merge([[single("/a", "x", 5, 0.6)], [single("/a", "x", 900, 0.5)], [single("/a", "y", 990, 0.7)]], NO_LISTS);
    expect(twice[0]).toMatchObject({ value: "x", values: [{ evidence: { start: 5 } }] });
    const once = merge([[single("/a", "x", 5, 0.6)], [single("/a", "x", 5, 0.5)]], NO_LISTS);
    expect(once[0]?.confidence).toBe(0.6);
    const inferred = merge([[single("/a", true, null, 0.6)], [single("/a", true, null, 0.5)]], NO_LISTS);
    expect(inferred[0]?.confidence).toBe(0.6);
  });

  it("is absent where no window has it, as sure as the least sure", () => {
    expect(merge([[nothing("/a", 0.9)], [nothing("/a", 0.4)], []], NO_LISTS)[0]).toMatchObject({ value: null, confidence: 0.4, forwards: 2 });
  });

  it("does not depend on how windows are ordered, but for where it stands", () => {
    const results = fc.array(fc.tuple(fc.constantFrom("x", "y", null), fc.integer({ min: 0, max: 3 }), fc.double({ min: 0.01, max: 0.99, noNaN: true })), { minLength: 2, maxLength: 6 });
    fc.assert(fc.property(results, (given) => {
      const windows = given.map(([value, at, p]) => [value === null ? nothing("/a", p) : single("/a", value, at * 10, p)]);
      const [forward] = merge(windows, NO_LISTS);
      const [backward] = merge([...windows].reverse(), NO_LISTS);
      expect(forward?.confidence).toBeCloseTo(backward?.confidence ?? -1);
      expect(forward?.value === null).toBe(given.every(([value]) => value === null));
      expect(forward?.confidence).toBeLessThanOrEqual(1);
    }));
  });
});

describe("a list", () => {
  it("is united in the document's order, a place only once", () => {
    const windows = [
      [list("/items", [said("ink", 50, 0.9), said("pens", 10)])],
      [list("/items", [said("blue ink", 45, 0.7), said("paper", 70)])],
      [list("/items", [])],
    ];
    expect(merge(windows, lists())[0]).toMatchObject({ value: ["pens", "ink", "paper"], forwards: 9 });
  });

  it("keeps what reads alike at two places, unless its items are to be unlike", () => {
    const windows = [[list("/items", [said("pens", 10)])], [list("/items", [said("pens", 90)])]];
    expect(merge(windows, lists())[0]?.value).toEqual(["pens", "pens"]);
    expect(merge(windows, lists(200, true))[0]?.value).toEqual(["pens"]);
  });

  it("keeps the surest where there are more than the schema allows", () => {
    const windows = [[list("/items", [said("a", 1, 0.5), said("b", 3, 0.5)])], [list("/items", [said("c", 90, 0.9)])]];
    expect(merge(windows, lists(2))[0]?.value).toEqual(["a", "c"]);
  });

  it("is empty where a window says so and none has an item, else null", () => {
    expect(merge([[nothing("/items")], [list("/items", [], 0.5)]], lists())[0]).toMatchObject({ value: [], confidence: 0.5 });
    expect(merge([[nothing("/items")], [nothing("/items")]], lists())[0]?.value).toBeNull();
  });

  it("never holds a place twice, nor leaves one out that no other takes", () => {
    const items = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.double({ min: 0.01, max: 0.99, noNaN: true })), { maxLength: 12 });
    fc.assert(fc.property(fc.array(items, { minLength: 2, maxLength: 4 }), (given) => {
      // Within a window no two items share a place: the engine sees to that.
      const windows = given.map((found) => {
        const apart = [...new Map(found.map(([at, p]) => [Math.floor(at / 3), p]))];
        return [list("/items", apart.map(([at, p]) => said("xyz", at * 3, p)))];
      });
      const spans = merge(windows, lists())[0]?.values.map(({ evidence }) => evidence?.start ?? -1) ?? [];
      const wanted = windows.flatMap(([one]) => one?.values.map(({ evidence }) => evidence?.start ?? -1) ?? []);
      expect(spans).toEqual([...new Set(wanted)].sort((a, b) => a - b));
    }));
  });
});

describe("the rows of an array of objects", () => {
  const row = (index: number, at: number, name: string, price: number | null): FieldResult[] => [
    single(`/rows/${String(index)}/name`, name, at),
    price === null ? nothing(`/rows/${String(index)}/price`) : single(`/rows/${String(index)}/price`, price, at + 20),
  ];

  it("are united in the document's order and numbered anew; of one read twice the fuller stays", () => {
    const windows = [
      [single("/a", "x", 1), ...row(0, 100, "pens", 3), ...row(1, 200, "ink", null)],
      [single("/a", "x", 1), ...row(0, 200, "ink", 4), ...row(1, 300, "paper", 5)],
    ];
    expect(read(merge(windows, lists()))).toEqual([
      ["/a", "x"],
      ["/rows/0/name", "pens"], ["/rows/0/price", 3],
      ["/rows/1/name", "ink"], ["/rows/1/price", 4],
      ["/rows/2/name", "paper"], ["/rows/2/price", 5],
    ]);
  });

  it("keep what stands below them", () => {
    const tags = (index: number, at: number): FieldResult => list(`/rows/${String(index)}/tags`, [said("new", at)]);
    const merged = merge([[...row(0, 100, "pens", 3), tags(0, 130)], [...row(0, 900, "ink", 4), tags(0, 930)]], lists());
    expect(read(merged).slice(3)).toEqual([["/rows/1/name", "ink"], ["/rows/1/price", 4], ["/rows/1/tags", ["new"]]]);
  });

  it("come behind the array's own result, which keeps the values of the rows that stay", () => {
    const head = (...ats: number[]): FieldResult => list("/rows", ats.map((at) => said("a whole line of the table", at)));
    const windows = [[head(100), ...row(0, 100, "pens", 3)], [head(100, 200), ...row(0, 101, "pen", null), ...row(1, 200, "ink", 4)]];
    const merged = merge(windows, lists());
    expect(merged[0]?.values.map(({ evidence }) => evidence?.start)).toEqual([100, 200]);
    expect(read(merged).slice(1)).toEqual([["/rows/0/name", "pens"], ["/rows/0/price", 3], ["/rows/1/name", "ink"], ["/rows/1/price", 4]]);
  });

  it("are no more than the schema allows, and unlike where it says so", () => {
    const windows = [[...row(0, 100, "pens", 3)], [...row(0, 900, "pens", 3), ...row(1, 950, "ink", null)]];
    expect(read(merge(windows, lists(2)))).toHaveLength(4);
    expect(read(merge(windows, lists(200, true))).map(([path]) => path)).toEqual(["/rows/0/name", "/rows/0/price", "/rows/1/name", "/rows/1/price"]);
  });
});

describe("places", () => {
  it("are moved by where the window begins", () => {
    const [result] = shifted([single("/a", "abc", 5)], 1000);
    expect(result?.values[0]?.evidence).toEqual({ start: 1005, end: 1008 });
    expect(shifted([nothing("/a")], 10)[0]?.values[0]?.evidence).toBeNull();
  });
});
