import { describe, expect, it } from "vitest";
import { findDates } from "../../../web/src/engine/normalize/date.js";
import { findNumbers } from "../../../web/src/engine/normalize/number.js";

function numbers(text: string): [string, number][] {
  return findNumbers(text).map(({ span, value }) => [text.slice(span.start, span.end), value]);
}

function dates(text: string): [string, string][] {
  return findDates(text).map(({ span, value }) => [text.slice(span.start, span.end), value]);
}

describe("numbers", () => {
  it.each<[string, [string, number][]]>([
    ["Total RM404.40", [["404.40", 404.4]]],
    ["1,234.50 and 7", [["1,234.50", 1234.5], ["7", 7]]],
    ["Summe 1.234,50 EUR", [["1.234,50", 1234.5]]],
    ["2,50 and 1.234", [["2,50", 2.5], ["1.234", 1234]]],
    ["2.50 and 1,234", [["2.50", 2.5], ["1,234", 1234]]],
    ["1.234 alone", [["1.234", 1.234]]],
    ["CHF 1'234'567.80", [["1'234'567.80", 1234567.8], ["1", 1], ["234", 234], ["567.80", 567.8]]],
    ["6 108.12", [["6 108.12", 6108.12], ["6", 6], ["108.12", 108.12]]],
    ["-5 °C, −7 °C, A-5", [["-5", -5], ["−7", -7], ["5", 5]]],
    ["v1.2.3 and 12,34,5", []],
    ["0.125 share", [["0.125", 0.125]]],
  ])("in “%s”", (text, expected) => {
    expect(numbers(text)).toEqual(expected);
  });
});

describe("dates", () => {
  it.each<[string, [string, string][]]>([
    ["Date: 30/04/2018 13:01", [["30/04/2018", "2018-04-30"]]],
    ["due 2024-02-29", [["2024-02-29", "2024-02-29"]]],
    ["on March 5, 2021", [["March 5, 2021", "2021-03-05"]]],
    ["am 5. März 2021", [["5. März 2021", "2021-03-05"]]],
    ["le 14 juillet 1999", [["14 juillet 1999", "1999-07-14"]]],
    ["03/04/2019", [["03/04/2019", "2019-04-03"]]],
    ["03/04/2019 to 03/28/2019", [["03/04/2019", "2019-03-04"], ["03/28/2019", "2019-03-28"]]],
    ["next Friday, or in May", []],
    ["31/02/2020", []],
  ])("in “%s”", (text, expected) => {
    const found = dates(text);
    for (const entry of expected) expect(found).toContainEqual(entry);
    if (expected.length === 0) expect(found).toEqual([]);
    expect(new Set(found.map(([, value]) => value))).toEqual(new Set(expected.map(([, value]) => value)));
  });
});
