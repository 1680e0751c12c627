import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkOutput } from "../../../../web/src/app/checks/check.js";
import type { JsonObject } from "../../../../web/src/shared/schema.js";

/** `rule ok computed/stated fields`, one for each sum that was checked. */
function said(output: JsonObject): string[] {
  return checkOutput(output, {}).flatMap((finding) => {
    if (!("computed" in finding)) return [];
    return [`${finding.rule} ${finding.ok ? "right" : "wrong"} ${finding.computed}/${finding.stated} ${finding.fields.join(" ")}`];
  });
}

describe("lines against the total", () => {
  const lines = [{ what: "pens", amount: 7 }, { what: "ink", amount: 12 }];

  it("add up, or do not", () => {
    expect(said({ lines, total: 19 })).toEqual(["lines right 19/19 /total /lines/0/amount /lines/1/amount"]);
    expect(said({ lines, total: 91 })).toEqual(["lines wrong 19/91 /total /lines/0/amount /lines/1/amount"]);
  });

  it.each<[string, JsonObject]>([
    ["are held to the net amount", { lines, subtotal: 19, tax: 3.8, total: 22.8 }],
    ["may be net where only the total is known with its tax", { lines, tax: 3.8, total: 22.8 }],
    ["may come before shipping and a discount", { lines, shipping: 5, discount: -2, total: 22 }],
    ["may have prices without tax inside", { lines, tax: 3.8, shipping: 5, total: 27.8 }],
    ["may be asked for by quantity and price", { items: [{ qty: 2, unit_price: 3.5 }, { qty: 1, unit_price: 12 }], grand_total: 19 }],
    ["may have a price for each line", { items: [{ quantity: 2, price: 7 }, { quantity: 1, price: 12 }], total: 19 }],
    ["read as other languages name them", { positionen: [{ menge: 2, einzelpreis: 3.5 }, { menge: 1, einzelpreis: 12 }], gesamtbetrag: 19 }],
  ])("%s", (_, output) => {
    expect(said(output).filter((one) => one.includes("wrong"))).toEqual([]);
    expect(said(output).some((one) => one.startsWith("lines right"))).toBe(true);
  });

  it("are not added up while one of them is missing", () => {
    expect(said({ lines: [...lines, { what: "paper", amount: null }], total: 91 })).toEqual([]);
    expect(said({ lines: ["pens", "ink"], total: 91 })).toEqual([]);
    expect(said({ lines: [], total: 91 })).toEqual([]);
    expect(said({ lines, total: null })).toEqual([]);
  });

  it("may be off by the rounding of each, and by no more", () => {
    const thirds = [{ amount: 3.33 }, { amount: 3.33 }, { amount: 3.33 }];
    expect(said({ lines: thirds, total: 10 })[0]).toContain("lines right");
    expect(said({ lines: thirds, total: 10.05 })[0]).toContain("lines wrong");
  });

  it("are right whatever the cents are", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: -99_999, max: 999_999 }), { minLength: 1, maxLength: 40 }), (cents) => {
      const total = cents.reduce((sum, one) => sum + one, 0) / 100;
      expect(said({ rows: cents.map((one) => ({ amount: one / 100 })), total })[0]).toContain("right");
    }));
  });
});

describe("net and tax against the total", () => {
  it("add up, with extras where there are some", () => {
    expect(said({ subtotal: 13.45, tax: 1.12, total: 14.57 })).toEqual(["total right 14.57/14.57 /total /subtotal /tax"]);
    expect(said({ netto: 100, mwst: 19, versand: 4.9, rabatt: 5, gesamtbetrag: 118.9 })[0]).toContain("total right");
    expect(said({ sub_total: 13.45, vat: 1.12, totalAmount: 15.47 })).toEqual(["total wrong 14.57/15.47 /totalAmount /sub_total /vat"]);
  });

  it("may have the tax inside", () => {
    expect(said({ subtotal: 14.57, tax: 1.12, total: 14.57 })[0]).toContain("total right");
  });

  it("are not compared where nothing stands between them, or where two fields could be the one", () => {
    expect(said({ subtotal: 13.45, total: 14.57 })).toEqual([]);
    expect(said({ net: 13, subtotal: 13.45, tax: 1.12, total: 99 })).toEqual([]);
  });

  it("are compared within the object that they stand in", () => {
    expect(said({ invoice: { subtotal: 1, tax: 1, total: 3 }, total: 2 })).toEqual(["total wrong 2/3 /invoice/total /invoice/subtotal /invoice/tax"]);
  });
});

describe("a line", () => {
  const line = (amount: number, quantity: number, price: number): string[] => said({ rows: [{ amount, quantity, unit_price: price }] });

  it("is quantity times price", () => {
    expect(line(7, 2, 3.5)).toEqual(["line right 7/7 /rows/0/amount /rows/0/quantity /rows/0/unit_price"]);
    expect(line(7.5, 2, 3.5)).toEqual(["line wrong 7/7.5 /rows/0/amount /rows/0/quantity /rows/0/unit_price"]);
  });

  it("may have a price that was rounded before it was multiplied", () => {
    expect(line(1000, 3000, 0.33)[0]).toContain("right");
  });
});
