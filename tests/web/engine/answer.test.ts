import { describe, expect, it } from "vitest";
import { answerFor, type Found } from "../../../web/src/engine/answer.js";
import type { AnyMachine } from "../../../web/src/engine/constraint/machine.js";
import { Findings } from "../../../web/src/engine/findings.js";
import type { FieldKind, Format, LeafKind, ListKind, NumberKind, StringKind, UnionKind } from "../../../web/src/engine/plan.js";
import { SourceText } from "../../../web/src/engine/source.js";
import type { Span } from "../../../web/src/shared/document.js";

const NUMBER: NumberKind = { type: "number", integer: false, minimum: -Infinity, maximum: Infinity, exclusiveMinimum: -Infinity, exclusiveMaximum: Infinity, multipleOf: null };
const STRING: StringKind = { type: "string", minLength: 0, maxLength: Infinity, patterns: [], format: null, free: false };
const string = (kind: Partial<StringKind>): StringKind => ({ ...STRING, ...kind });
const list = (item: LeafKind, bounds: Partial<ListKind> = {}): ListKind => ({ type: "list", item, minItems: 0, maxItems: 200, uniqueItems: false, ...bounds });

function reads(machine: AnyMachine, text: string): boolean {
  let state = machine.initial();
  for (const byte of new TextEncoder().encode(text)) {
    state = machine.transition(state, byte);
    if (!machine.viable(state)) return false;
  }
  return machine.accepting(state);
}

/** What a field's answer makes of a written text; null where the machine does not let it through. */
function found(text: string, kind: FieldKind, written: string, part: Span | null = null): Found | null {
  const field = { name: "f", path: "/f", description: "", absence: "null", kind } as const;
  const answer = answerFor(field, new Findings(new SourceText(text)), part);
  return reads(answer.machine, ` ${written}\n`) ? answer.read(` ${written}\n`) : null;
}

/** The value with the text that it came from and the rule that made it. */
function one(text: string, kind: FieldKind, written: string, part: Span | null = null): unknown {
  const [first] = found(text, kind, written, part)?.values ?? [];
  if (first === undefined) return null;
  const { value, origin, evidence, rule } = first;
  return [value, rule ?? origin, evidence && text.slice(evidence.start, evidence.end)];
}

describe("a text of a format", () => {
  it.each<[Format, string, string, unknown]>([
    ["email", "Write to <bob.b@mail.example.org>.", "bob.b@mail.example.org", ["bob.b@mail.example.org", "verbatim", "bob.b@mail.example.org"]],
    ["email", "bob.b@mail.example.org", "b@mail.example.org", null],
    ["uri", "see (https://a.example/x_(y)?q=1#z), or not", "https://a.example/x_(y)?q=1#z", ["https://a.example/x_(y)?q=1#z", "verbatim", "https://a.example/x_(y)?q=1#z"]],
    ["uri", "https://a.example/x.", "https://a.example/x.", null],
    ["uuid", "id 123e4567-e89b-12d3-a456-426614174000;", "123e4567-e89b-12d3-a456-426614174000", ["123e4567-e89b-12d3-a456-426614174000", "verbatim", "123e4567-e89b-12d3-a456-426614174000"]],
    ["ipv4", "from 192.168.0.1:80", "192.168.0.1", ["192.168.0.1", "verbatim", "192.168.0.1"]],
    ["ipv4", "v 1.2.3.400 and 1.2.3.4.5", "1.2.3.4", null],
    ["ipv6", "addr [2001:db8::1], at 12:30:45", "2001:db8::1", ["2001:db8::1", "verbatim", "2001:db8::1"]],
    ["ipv6", "addr [2001:db8::1], at 12:30:45", "12:30:45", null],
    ["hostname", "at https://www.a-b.example/x", "www.a-b.example", ["www.a-b.example", "verbatim", "www.a-b.example"]],
    ["date", "due 2024-02-29", "2024-02-29", ["2024-02-29", "verbatim", "2024-02-29"]],
    ["date", "am 5. März 2021", "5. März 2021", ["2021-03-05", "date", "5. März 2021"]],
    ["time", "at 1:05 pm", "1:05 pm", ["13:05:00-00:00", "time", "1:05 pm"]],
    ["time", "at 13:01:22Z", "13:01:22Z", ["13:01:22Z", "verbatim", "13:01:22Z"]],
    ["time", "costs 12.50", "12.50", null],
    ["date-time", "Date: 30/04/2018 13:01", "30/04/2018 13:01", ["2018-04-30T13:01:00-00:00", "date-time", "30/04/2018 13:01"]],
    ["date-time", "2024-02-29T12:01:02+02:00", "2024-02-29T12:01:02+02:00", ["2024-02-29T12:01:02+02:00", "verbatim", "2024-02-29T12:01:02+02:00"]],
    ["duration", "took P3DT4H in all", "P3DT4H", ["P3DT4H", "verbatim", "P3DT4H"]],
  ])("%s in “%s”", (format, text, written, expected) => {
    expect(one(text, string({ format }), JSON.stringify(written))).toEqual(expected);
  });
});

describe("a text with patterns", () => {
  it("is any span of words that all of them read", () => {
    const kind = string({ patterns: ["^[A-Z]{2}-\\d{4}$", "7"] });
    const text = "Invoices RE-2041, RE-2047 and XRE-2047.";
    expect(one(text, kind, '"RE-2047"')).toEqual(["RE-2047", "verbatim", "RE-2047"]);
    expect(one(text, kind, '"RE-2041"')).toBeNull();
    expect(one(text, kind, '"RE-20"')).toBeNull();
  });

  it("meets the pattern as it stands in the text, line breaks included", () => {
    expect(one("12 Main St\nSpringfield", string({ patterns: ["St\\nS"] }), '"12 Main St Springfield"')).toEqual(["12 Main St\nSpringfield", "verbatim", "12 Main St\nSpringfield"]);
    expect(one("12 Main St\nSpringfield", string({ patterns: ["St S"] }), '"12 Main St Springfield"')).toBeNull();
  });

  it("holds what a date is turned into to them", () => {
    const text = "from 1 May 2020 to 2 May 2021";
    const kind = string({ format: "date", patterns: ["^2021"] });
    expect(one(text, kind, '"2 May 2021"')).toEqual(["2021-05-02", "date", "2 May 2021"]);
    expect(one(text, kind, '"1 May 2020"')).toBeNull();
  });
});

describe("a number", () => {
  const share = { ...NUMBER, minimum: 0, maximum: 1 };
  it.each<[string, NumberKind, string, unknown]>([
    ["tax 19 % of 100", NUMBER, "19", [19, "number", "19"]],
    ["tax 19 % of 100", share, "19 %", [0.19, "percent", "19 %"]],
    ["tax 19 % of 100", share, "19", null],
    ["rate 7% or .5", share, "7%", [0.07, "percent", "7%"]],
    ["refund -$5.00", NUMBER, "-$5.00", [-5, "negative", "-$5.00"]],
    ["refund -$5.00", NUMBER, "5.00", null],
    ["0.3 or 0.35", { ...NUMBER, multipleOf: 0.1 }, "0.3", [0.3, "number", "0.3"]],
    ["0.3 or 0.35", { ...NUMBER, multipleOf: 0.1 }, "0.35", null],
  ])("in “%s”", (text, kind, written, expected) => {
    expect(one(text, kind, JSON.stringify(written))).toEqual(expected);
  });
});

describe("a list", () => {
  it("holds values of any kind, each at a place of its own", () => {
    const text = "3, 4 and 3.0";
    expect(found(text, list(NUMBER), '["3","4","3.0"]')?.value).toEqual([3, 4, 3]);
    expect(found(text, list(NUMBER), '["3","3"]')).toBeNull();
    expect(found("1 May 2020, 2020-05-01", list(string({ format: "date" })), '["1 May 2020","2020-05-01"]')?.value).toEqual(["2020-05-01", "2020-05-01"]);
    expect(found("AB-12 CD-34", list(string({ patterns: ["^[A-Z]+-\\d+$"] })), '["AB-12","CD-34"]')?.value).toEqual(["AB-12", "CD-34"]);
    expect(found("PAID, then open, then Paid", list({ type: "choice", values: ["paid", "open", 12, 1] }), '["paid","open","paid",1,12]')?.values.map(({ evidence }) => evidence?.start ?? null)).toEqual([0, 11, 22, null, null]);
  });

  it("compares values where none may come twice", () => {
    expect(found("3, 4 and 3.0", list(NUMBER, { uniqueItems: true }), '["3","3.0"]')).toBeNull();
    expect(found("1 May 2020, 2020-05-01", list(string({ format: "date" }), { uniqueItems: true }), '["1 May 2020","2020-05-01"]')).toBeNull();
    expect(found("pens\tink pens ink", list(STRING, { uniqueItems: true }), '["pens ink","pens ink"]')).toBeNull();
    expect(found("a, b", list({ type: "choice", values: [true, false] }, { uniqueItems: true }), "[true,true]")).toBeNull();
    expect(found("x", list(string({ free: true }), { uniqueItems: true }), '["a","a"]')).toBeNull();
  });

  it("gives items the first free places, in their order, as the document has them", () => {
    const values = found("b a b a", list(STRING), '["b","b","a"]')?.values ?? [];
    expect(values.map(({ evidence }) => evidence?.start)).toEqual([0, 4, 2]);
  });

  it("keeps to its bounds", () => {
    expect(found("a b c", list(STRING, { minItems: 2 }), '["a"]')).toBeNull();
    expect(found("a b c", list(STRING, { minItems: 2 }), "[]")).toBeNull();
    expect(found("a b c", list(STRING, { maxItems: 2 }), '["a","b","c"]')).toBeNull();
    expect(found("a b c", list(STRING), "[]")).toEqual({ value: [], values: [] });
  });

  it("does not go on for ever where the schema's own values are its items", () => {
    expect(found("open", list({ type: "choice", values: ["open", "paid"] }), '["open","open"]')).toBeNull();
    expect(found("open", list({ type: "choice", values: ["open", "paid"] }, { minItems: 3 }), '["open","open","open"]')?.value).toEqual(["open", "open", "open"]);
  });
});

describe("a value of any of several types", () => {
  const kind: UnionKind = { type: "union", members: [STRING, NUMBER, { type: "date" }, { type: "choice", values: [true, "open"] }] };
  it.each<[string, string, unknown]>([
    ["12.50", '"12.50"', [12.5, "number", "12.50"]],
    ["12.50 EUR", '"12.50 EUR"', ["12.50 EUR", "verbatim", "12.50 EUR"]],
    ["agent 007", '"007"', ["007", "verbatim", "007"]],
    ["no 12345678901234567890", '"12345678901234567890"', ["12345678901234567890", "verbatim", "12345678901234567890"]],
    ["on 5.3.2021", '"5.3.2021"', ["2021-03-05", "date", "5.3.2021"]],
    ["is open", '"open"', ["open", "inferred", "open"]],
    ["is open", "true", [true, "inferred", null]],
    ["is open", "false", null],
  ])("in “%s”, written %s", (text, written, expected) => {
    expect(one(text, kind, written)).toEqual(expected);
  });

  it("may be an item of a list", () => {
    expect(found("a 3 a 3.0", list(kind, { uniqueItems: true }), '["a","3",true]')?.value).toEqual(["a", 3, true]);
    expect(found("a 3 a 3.0", list(kind, { uniqueItems: true }), '["a","a"]')).toBeNull();
  });
});

describe("free text", () => {
  it("is written in the model's own words and said to be so", () => {
    expect(one("x", string({ free: true }), '"A \\"new\\" é"')).toEqual(['A "new" é', "free", null]);
    expect(one("x", string({ free: true, maxLength: 2 }), '"abc"')).toBeNull();
    expect(one("x", string({ free: true, patterns: ["^a+$"], format: "hostname" }), '"aa"')).toEqual(["aa", "free", null]);
    expect(one("x", string({ free: true, patterns: ["^a+$"] }), '"ab"')).toBeNull();
  });
});

describe("a word cut at a line end", () => {
  const text = "Die Rech-\nnung vom well-\r\n known Re-\nfund-\nOrder 20-\n24 a - b";
  it.each([
    ["Rechnung", ["Rechnung", "hyphenation", "Rech-\nnung"]],
    ["Rech- nung", ["Rech-\nnung", "verbatim", "Rech-\nnung"]],
    ["Die Rechnung vom", ["Die Rechnung vom", "hyphenation", "Die Rech-\nnung vom"]],
    ["wellknown", ["wellknown", "hyphenation", "well-\r\n known"]],
    ["well-known", ["well-known", "hyphenation", "well-\r\n known"]],
    ["fund-Order 20-24", ["fund-Order 20-24", "hyphenation", "fund-\nOrder 20-\n24"]],
    ["Die", ["Die", "verbatim", "Die"]],
    ["fundOrder", null],
    ["a-b", null],
    ["nung", ["nung", "verbatim", "nung"]],
  ])("is read as “%s”", (written, expected) => {
    expect(one(text, STRING, JSON.stringify(written))).toEqual(expected);
  });

  it("is taken once in a list, however it is read", () => {
    expect(found("Rech-\nnung", list(STRING), '["Rechnung","Rech"]')).toBeNull();
    expect(found("Rech-\nnung", list(STRING), '["Rech","nung"]')?.value).toEqual(["Rech", "nung"]);
  });

  it("counts only what the value holds", () => {
    expect(one("Rech-\nnung", string({ maxLength: 8 }), '"Rechnung"')).toEqual(["Rechnung", "hyphenation", "Rech-\nnung"]);
    expect(one("Rech-\nnung", string({ maxLength: 8 }), '"Rech- nung"')).toBeNull();
    expect(one("Rech-\nnung", string({ patterns: ["^Rechnung$"] }), '"Rechnung"')).toEqual(["Rechnung", "hyphenation", "Rech-\nnung"]);
  });
});

describe("a part of the text", () => {
  const text = "pens 2 paid\nink 2 paid\npens 7 open";
  const row = { start: 12, end: 22 };
  it("holds every kind of value to itself", () => {
    expect(one(text, NUMBER, '"2"', row)).toEqual([2, "number", "2"]);
    expect(found(text, NUMBER, '"2"', row)?.values[0]?.evidence).toEqual({ start: 16, end: 17 });
    expect(one(text, NUMBER, '"7"', row)).toBeNull();
    expect(one(text, STRING, '"pens"', row)).toBeNull();
    expect(one(text, STRING, '"paid pens"', row)).toBeNull();
    expect(found(text, STRING, '"ink 2 paid"', row)?.values[0]?.evidence).toEqual(row);
    expect(one(text, string({ maxLength: 3 }), '"paid"', row)).toBeNull();
    expect(found(text, { type: "choice", values: ["paid", "open"] }, '"paid"', row)?.values[0]?.evidence).toEqual({ start: 18, end: 22 });
    expect(found(text, { type: "choice", values: ["paid", "open"] }, '"open"', row)?.values[0]?.evidence).toBeNull();
    expect(found(text, list(STRING), '["ink","2"]', row)?.value).toEqual(["ink", "2"]);
    expect(found(text, list(STRING), '["ink","pens"]', row)).toBeNull();
  });
});
