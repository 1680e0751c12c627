import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaOf, suggestFields } from "../../../../web/src/app/schema/suggest/suggest.js";
import { compile } from "../../../../web/src/engine/plan.js";

const FOLDER = fileURLToPath(new URL("../../../presets/", import.meta.url));
const DOCUMENTS = readdirSync(FOLDER, { recursive: true, encoding: "utf-8" }).filter((name) => name.endsWith(".txt")).sort();

function read(name: string): string {
  return readFileSync(`${FOLDER}${name}.txt`, "utf-8");
}

/** In short: `due date`, `items [description text, amount number]`. */
function told(text: string): string[] {
  return suggestFields(text).map(({ name, kind, entry, columns, format }) => {
    const inner = columns.map((column) => `${column.name} ${column.kind}`).join(", ");
    return `${name} ${kind}${entry === null || entry === "group" ? "" : ` of ${entry}`}${inner === "" ? "" : ` [${inner}]`}${format === null ? "" : ` ${format}`}`;
  });
}

describe("the fields that documents suggest", () => {
  it("are, of an invoice with a table", () => {
    expect(told(read("invoice/agency"))).toEqual([
      "invoice text",
      "purchase_order text",
      "issued date",
      "due date",
      "items list [description text, hours integer, rate number, amount number]",
      "subtotal number",
      "total number",
    ]);
  });

  it("are, of a freight bill with labels and lines", () => {
    expect(told(read("invoice/freight"))).toEqual([
      "invoice text",
      "order text",
      "invoice_date date",
      "loading_date date",
      "payment_terms date",
      "customer text",
      "consignee text",
      "items list [name text, amount number]",
      "total number",
      "iban text",
    ]);
  });

  it("are, of a receipt from a till", () => {
    expect(told(read("receipt/diner"))).toEqual([
      "server text", "guests integer", "date date", "items list [name text, amount number]", "subtotal number", "sales_tax number", "tip number", "total_due number",
    ]);
  });

  it("are, of the foot of a letter in German", () => {
    expect(told(read("contact/kanzlei"))).toEqual(["telefon text", "telefax text", "email text email", "website text"]);
  });

  it("are, of minutes", () => {
    expect(told(read("meeting/minutes"))).toEqual(["date date", "present list of text", "apologies text", "to_do list of text"]);
  });

  it("come from a table in Markdown too", () => {
    expect(told("| Part | Count | Price |\n|---|---:|---:|\n| Bolt | 12 | 3.50 |\n| Nut | 8 | 1.20 |\n")).toEqual(["items list [part text, count integer, price number]"]);
  });

  it("leave what only stands beside each other, and do not take a part of an IBAN for a number to call", () => {
    expect(told(read("invoice/traductrice"))).toEqual(["date date", "echeance date", "client text", "montant_total number", "iban text"]);
    expect(told("Served by Nadia      Table 4\nSort code 20-45-81   Account 73310942\nCab no. 0417   Driver 88213\n")).toEqual([]);
    expect(told("Time: 07.45\nDistance   9.6 mi\n")).toEqual(["time text", "distance text"]);
  });

  it("make a list of a label that comes again", () => {
    expect(told("Witness: Ada Byron\nWitness: Mary Gray\n")).toEqual(["witness list of text"]);
  });

  it("are none where there is nothing of the kind", () => {
    expect(told("It rained for days, and nobody came at 10:30 to look.\n")).toEqual([]);
    expect(told("")).toEqual([]);
  });
});

describe.each(DOCUMENTS.map((name) => name.replace(/\.txt$/u, "")))("%s", (name) => {
  const text = read(name);
  const found = suggestFields(text);

  it("suggests each name once, with what stands in the document", () => {
    expect(new Set(found.map((one) => one.name)).size).toBe(found.length);
    for (const { sample, start, columns } of found) {
      if (columns.length === 0) expect(text.slice(start, start + sample.length)).toBe(sample);
      else for (const cell of sample.split("  ")) expect(text).toContain(cell);
    }
  });

  it("suggests a schema that the engine takes", () => {
    if (found.length > 0) expect(compile(schemaOf(found)).fields.length).toBeGreaterThan(0);
  });
});

describe("suggestFields", () => {
  it("finds something in nearly every example", () => {
    const empty = DOCUMENTS.filter((name) => suggestFields(read(name.replace(/\.txt$/u, ""))).length === 0);
    expect(empty.length).toBeLessThanOrEqual(2);
  });

  it("takes any text, always with the same answer", () => {
    const line = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom("A: b", "x   1.00", "a\tb\tc", "| a | b |", "Total  EUR  5,00", "a@b.org"));
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const text = lines.join("\n");
      const found = suggestFields(text);
      expect(suggestFields(text)).toEqual(found);
      expect(found.every(({ name }) => /^[a-z0-9_]+$/.test(name))).toBe(true);
    }), { numRuns: 60 });
  });
});
