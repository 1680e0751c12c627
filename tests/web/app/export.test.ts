import { readSheet } from "read-excel-file/node";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Entry, Wanted } from "../../../web/src/app/export/entry.js";
import { exportFile, exportText, type ExportOf, type Format } from "../../../web/src/app/export/export.js";
import { toCsv } from "../../../web/src/app/export/csv.js";
import { baseName } from "../../../web/src/app/export/names.js";
import type { Titles } from "../../../web/src/app/export/sheets.js";
import { type FieldResult, serialise } from "../../../web/src/shared/extraction.js";
import type { ResultRecord, Review } from "../../../web/src/shared/record.js";
import type { JsonObject, JsonSchema } from "../../../web/src/shared/schema.js";
import { RESULT } from "./record-samples.js";
import { EXTRACTION, WHO } from "./samples.js";

const TITLES: Titles = {
  document: "Document", documents: "Documents", row: "Row", reviewed: "Reviewed",
  evidence: (field) => `${field} (evidence)`, confidence: (field) => `${field} (confidence)`,
};
const PLAIN: Wanted = { evidence: false, confidence: false };
const FULL: Wanted = { evidence: true, confidence: true };

const ORDER: JsonSchema = {
  type: "object",
  properties: {
    seller: { type: "object", properties: { city: { type: "string" } } },
    paid: { type: "boolean" },
    tags: { type: "array", items: { type: "string" } },
    items: { type: "array", items: { type: "object", properties: { what: { type: "string" }, price: { type: "number" } } } },
  },
};
const TEXT = "Leeds a b lamp 49.9 bulb 3";

function field(path: string, start: number, end: number): FieldResult {
  return { ...WHO, path, values: [{ value: null, origin: "verbatim", evidence: { start, end }, confidence: 0.5 }], confidence: 0.51234567 };
}

function order(output: JsonObject, reviews: Record<string, Review> = {}): Entry {
  const [one, two] = [field("/tags", 6, 7), field("/tags", 8, 9)];
  const tags = { ...one, values: [...one.values, ...two.values] };
  const fields = [field("/seller/city", 0, 5), tags, field("/items/0/what", 10, 14), field("/items/0/price", 15, 19), field("/items/1/what", 20, 24)];
  const record: ResultRecord = { ...RESULT, documentName: "order.txt", schema: ORDER, extraction: { ...EXTRACTION, output, fields }, reviews };
  return { record, text: TEXT };
}

const OUTPUT = { seller: { city: "Leeds" }, paid: true, tags: ["a", "b"], items: [{ what: "lamp", price: 49.9 }, { what: "bulb", price: 3 }] };

function given(entries: readonly Entry[], wanted: Wanted, schema: JsonSchema = ORDER): ExportOf {
  return { entries: stream(entries), schema, wanted, titles: TITLES, alone: false };
}

async function* stream(entries: readonly Entry[]): AsyncGenerator<Entry> {
  for (const entry of entries) yield await Promise.resolve(entry);
}

async function bytes(format: Format, what: ExportOf): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await exportFile(format, what)).blob.arrayBuffer());
}

async function text(format: Format, what: ExportOf): Promise<string> {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await bytes(format, what));
}

describe("a workbook", () => {
  it("has a sheet of documents and one for each list of rows, read back as they were", async () => {
    const file = Buffer.from(await bytes("xlsx", given([order(OUTPUT)], PLAIN)));
    expect(await readSheet(file, "Documents")).toEqual([
      ["Document", "seller.city", "paid", "tags", "items"],
      ["order.txt", "Leeds", true, "a; b", 2],
    ]);
    expect(await readSheet(file, "items")).toEqual([
      ["Document", "Row", "what", "price"],
      ["order.txt", 1, "lamp", 49.9],
      ["order.txt", 2, "bulb", 3],
    ]);
  });

  it("has evidence and confidence beside the value where they are asked for", async () => {
    const file = Buffer.from(await bytes("xlsx", given([order(OUTPUT)], FULL)));
    const [head, row] = await readSheet(file, "Documents");
    expect(head?.slice(0, 4)).toEqual(["Document", "seller.city", "seller.city (evidence)", "seller.city (confidence)"]);
    expect(row?.slice(0, 4)).toEqual(["order.txt", "Leeds", "Leeds", 0.5123]);
    expect(row?.[head?.indexOf("tags (evidence)") ?? 0]).toBe("a; b");
  });

  it("takes a formula for what it is, a text, and loses what XML cannot say", async () => {
    const file = Buffer.from(await bytes("xlsx", given([order({ seller: { city: "=1+1\u0000<&>" } })], PLAIN)));
    expect((await readSheet(file, "Documents"))[1]?.[1]).toBe("=1+1 <&>");
  });

  it("takes fields whose names Excel does not take for a sheet, and such as differ in their case alone", async () => {
    const items = { type: "array", items: { type: "object", properties: { a: { type: "number" } } } };
    const schema: JsonSchema = { type: "object", properties: { "a/b:c": items, "A B C": items } };
    const file = Buffer.from(await bytes("xlsx", given([order({ "a/b:c": [{ a: 1 }], "A B C": [{ a: 2 }] })], PLAIN, schema)));
    expect((await readSheet(file, 2))[1]).toEqual(["order.txt", 1, 1]);
    expect((await readSheet(file, 3))[1]).toEqual(["order.txt", 1, 2]);
  });
});

describe("CSV", () => {
  it("is one file for each table, in one archive where there are several", async () => {
    const files = unzipSync(await bytes("csv", given([order(OUTPUT)], PLAIN)));
    expect(Object.keys(files)).toEqual(["1 Documents.csv", "2 items.csv"]);
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(files["2 items.csv"])).toBe("\ufeffDocument,Row,what,price\r\norder.txt,1,lamp,49.9\r\norder.txt,2,bulb,3\r\n");
  });

  it("quotes what has commas, quotation marks or line ends", async () => {
    const schema: JsonSchema = { type: "object", properties: { a: { type: "string" } } };
    expect(await text("csv", given([order({ a: 'x, "y"\nz' })], PLAIN, schema))).toBe('\ufeffDocument,a\r\norder.txt,"x, ""y""\nz"\r\n');
  });

  it.each(["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "+44 113 496", "-"])("makes a plain text of %j", (value) => {
    expect(toCsv({ name: "", head: ["a"], rows: [[value]] })).toContain(`'${value}`);
  });

  it.each([["-12.50", "-12.50"], ["+3", "+3"], [-7.5, "-7.5"], ["a=b", "a=b"], ["1-2", "1-2"]])("leaves %j as it is", (value, written) => {
    expect(toCsv({ name: "", head: ["a"], rows: [[value]] })).toBe(`\ufeffa\r\n${written}\r\n`);
  });
});

describe("JSON", () => {
  it("has the person's values over the model's, in one array or line by line", async () => {
    const review: Review = { status: "corrected", value: "York", span: { start: 20, end: 24 }, at: 1 };
    const entries = [order(OUTPUT, { "/seller/city": review }), order(OUTPUT)];
    const all = JSON.parse(await text("json", given(entries, PLAIN))) as JsonObject[];
    expect(all.map(({ values }) => (values as typeof OUTPUT).seller.city)).toEqual(["York", "Leeds"]);
    expect(Object.keys(all[0] ?? {})).toEqual(["document", "schema", "values"]);
    const lines = (await text("jsonl", given(entries, PLAIN))).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as JsonObject)).toEqual(all);
  });

  it("tells on request where each value stands, how sure the model was, and what was reviewed", async () => {
    const review: Review = { status: "corrected", value: "York", span: { start: 20, end: 24 }, at: 1 };
    const [one] = JSON.parse(await text("json", given([order(OUTPUT, { "/seller/city": review })], FULL))) as JsonObject[];
    expect(one).toMatchObject({
      evidence: { "/seller/city": [{ start: 20, end: 24, text: "bulb" }], "/items/0/price": [{ start: 15, end: 19, text: "49.9" }] },
      confidence: { "/seller/city": 0.5123 },
      reviewed: { "/seller/city": "corrected" },
      model: "small 1",
    });
  });

  it("says nothing of words where the document is gone", async () => {
    const [one] = JSON.parse(await text("json", given([{ ...order(OUTPUT), text: null }], FULL))) as { evidence: Record<string, unknown> }[];
    expect(one?.evidence["/seller/city"]).toEqual([{ start: 0, end: 5, text: null }]);
  });
});

describe("a result by itself", () => {
  const review: Review = { status: "corrected", value: "York", span: { start: 20, end: 24 }, at: 1 };
  const alone = (wanted: Wanted): ExportOf => ({ ...given([order(OUTPUT, { "/seller/city": review })], wanted), alone: true });

  it("is its values as JSON, as the page shows them", async () => {
    expect(await text("json", alone(PLAIN))).toBe(serialise({ ...OUTPUT, seller: { city: "York" } }));
  });

  it("is no list of one where more is asked for", async () => {
    expect(JSON.parse(await text("json", alone({ ...PLAIN, evidence: true })))).toMatchObject({
      document: "order.txt", values: { seller: { city: "York" } }, evidence: { "/seller/city": [{ start: 20, end: 24, text: "bulb" }] },
    });
  });

  it("is one line, one row, like that of many", async () => {
    const many = given([order(OUTPUT, { "/seller/city": review })], PLAIN);
    expect(await text("jsonl", alone(PLAIN))).toBe(await text("jsonl", many));
    expect(await exportText("csv", alone(PLAIN))).toContain("order.txt\tYork\t");
  });
});

describe("on the clipboard", () => {
  it.each(["json", "jsonl"] as const)("%s is as it is in the file", async (format) => {
    expect(await exportText(format, given([order(OUTPUT)], FULL))).toBe(await text(format, given([order(OUTPUT)], FULL)));
  });
});

describe("the file of a document", () => {
  it.each([["letter.docx", "letter"], ["a.b.tar", "a.b"], ["Typed text", "Typed text"], ["Version 2. Entwurf", "Version 2. Entwurf"], [".pdf", ".pdf"], ["a/b?.txt", "a b"], ["???", "export"]])(
    "%s is called %s", (name, called) => { expect(baseName(name)).toBe(called); },
  );
});

describe("what is pasted into a spreadsheet", () => {
  it("is the table of documents, with tabs, and no formula either", async () => {
    expect(await exportText("xlsx", given([order({ seller: { city: "=cmd" }, paid: false })], PLAIN))).toBe(
      "Document\tseller.city\tpaid\ttags\titems\r\norder.txt\t\"'=cmd\"\tfalse\t\t",
    );
  });
});
