import { describe, expect, it } from "vitest";
import { sayFinding } from "../../../../web/src/app/views/review/findings.js";
import { sayProblem } from "../../../../web/src/app/views/review/problems.js";
import { fieldOf, sayAmount, sayPath, sayValue } from "../../../../web/src/app/views/review/say.js";

describe("names and values", () => {
  it("are said as people count and read", () => {
    expect(sayPath("/lines/0/unit~1price")).toBe("lines › 1 › unit/price");
    expect(fieldOf("/a~1b~0c~01/0")).toBe("a/b~c~1/0");
    expect([sayValue(true), sayValue("as it is"), sayValue(1234.5), sayValue([])]).toEqual(["yes", "as it is", "1234.5", "[]"]);
    expect([sayAmount(1234.5), sayAmount(19)]).toEqual(["1,234.50", "19"]);
  });
});

describe("what the checks found", () => {
  it("is said with its figures and its fields", () => {
    expect(sayFinding({ rule: "lines", ok: false, fields: ["/total", "/lines/0/amount"], computed: 19, stated: 91 })).toBe("The lines add up to 19, but total says 91.");
    expect(sayFinding({ rule: "line", ok: true, fields: ["/lines/0/amount"], computed: 7, stated: 7 })).toBe("Quantity times price is 7.");
    expect(sayFinding({ rule: "dates", ok: false, fields: ["/due", "/date"], names: ["date", "due"] })).toBe("due comes before date.");
    expect(sayFinding({ rule: "iban", ok: false, fields: ["/bank/iban"], fault: "length" })).toBe("bank › iban has not as many characters as its country wants: account number (IBAN).");
  });
});

describe("what cannot stand in a field", () => {
  it("is said with what to do", () => {
    expect(sayProblem({ wanted: "number" })).toContain("Type one, such as 1,234.50.");
    expect(sayProblem({ fault: { keyword: "maximum", argument: "1" } })).toBe("The schema takes no value above 1.");
    expect(sayProblem({ fault: { keyword: "not", argument: "" } })).toContain("“not” forbids it");
  });
});
