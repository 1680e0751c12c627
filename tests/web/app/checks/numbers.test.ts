import { describe, expect, it } from "vitest";
import { checkNumbers, ibanFault, vatFault } from "../../../../web/src/app/checks/numbers.js";
import type { JsonObject } from "../../../../web/src/shared/schema.js";

describe("an account's number", () => {
  it.each(["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "fr14 2004 1010 0505 0001 3m02 606", "NO93 8601 1117 947", "CH93-0076-2011-6238-5295-7"])("%s is right", (iban) => {
    expect(ibanFault(iban)).toBeNull();
  });

  it.each<[string, string]>([
    ["DE89 3704 0044 0532 0130 01", "digits"],
    ["DE98 3704 0044 0532 0130 00", "digits"],
    ["DE89 3704 0044 0532 0130 0", "length"],
    ["GB29 1234 6016 1331 9268 19", "form"],
    ["ZZ89 3704 0044 0532 0130 00", "country"],
    ["", "country"],
  ])("%s is wrong by its %s", (iban, fault) => {
    expect(ibanFault(iban)).toBe(fault);
  });
});

describe("a company's tax number", () => {
  it.each([
    "ATU13585627", "BE0428759497", "BG175074752", "CY10259033P", "CZ25123891", "DE136695976", "DK13585628", "EE100931558", "EL094259216", "ESA13585625",
    "FI20774740", "FR83404833048", "GB980780684", "HR33392005961", "HU12892312", "IE6433435F", "IT00743110157", "LT119511515", "LU15027442", "LV40003521600",
    "MT11679112", "NL004495445B01", "PL8567346215", "PT501964843", "RO18547290", "SE123456789701", "SI50223054", "SK2022749619", "CHE107787577", "CHE-107.787.577 MWST",
    "NO 995 525 828 MVA", "XI980780684", "DE 136 695 976", "GB 980 7806 84",
  ])("%s is right", (number) => {
    expect(vatFault(number)).toBeNull();
  });

  it.each<[string, string]>([["DE136695978", "digits"], ["DE13669597", "length"], ["GB802311781", "digits"], ["FR84404833048", "digits"], ["NL12345678B90", "digits"], ["DE13669597X", "form"]])(
    "%s is wrong by its %s",
    (number, fault) => {
      expect(vatFault(number)).toBe(fault);
    },
  );

  it("is not judged without the letters of a country", () => {
    expect([vatFault("136695976"), vatFault("ZZ136695976"), vatFault("")]).toEqual([undefined, undefined, undefined]);
  });
});

describe("the numbers of an output", () => {
  const said = (output: JsonObject, schema: JsonObject = {}): [string, string, string | null][] =>
    checkNumbers(output, schema).map(({ rule, fields, fault }) => [rule, fields[0] ?? "", fault]);

  it("are told by the names of their fields, wherever these stand", () => {
    const output = { seller: { vat_id: "DE136695976", bank: { iban: "DE89 3704 0044 0532 0130 01", bic: "COBADEFFXXX" } }, ibans: ["x"], notes: "DE136695978" };
    expect(said(output)).toEqual([["vat", "/seller/vat_id", null], ["iban", "/seller/bank/iban", "digits"], ["bic", "/seller/bank/bic", null]]);
  });

  it("are told by their form or by the description of their field", () => {
    const schema = { type: "object", properties: { number: { type: "string", description: "VAT registration number of the seller" } } };
    expect(said({ number: "GB802311781", account: "NL91ABNA0417164300" }, schema)).toEqual([["vat", "/number", "digits"], ["iban", "/account", null]]);
  });

  it("are not asked of amounts and of what is not there", () => {
    expect(said({ vat: 19, vat_rate: "19 %", iban: null, vat_id: "", tax_id: "136695978" })).toEqual([]);
  });
});
