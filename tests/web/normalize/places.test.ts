import { describe, expect, it } from "vitest";
import { findDates } from "../../../web/src/normalize/date.js";
import { findNumbers } from "../../../web/src/normalize/number.js";
import { findMoments, findTimes } from "../../../web/src/normalize/time.js";

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
    ["₹ 12,34,567.50", [["12,34,567.50", 1234567.5]]],
    ["1\u2009234,50 €", [["1\u2009234,50", 1234.5], ["1", 1], ["234,50", 234.5]]],
    ["١٬٢٣٤٫٥٠ ر.س", [["١٬٢٣٤٫٥٠", 1234.5]]],
    ["合計１，２３４円", [["１，２３４", 1234]]],
    ["-$5.00, −€ 7, -CHF 9.50, $-3", [["-$5.00", -5], ["−€ 7", -7], ["-CHF 9.50", -9.5], ["-3", -3]]],
    ["-0.00 and (0.00)", [["-0.00", 0], ["0.00", 0], ["(0.00)", 0]]],
    ["less -GST 5.00", [["5.00", 5]]],
    ["3-$5.00", [["3", 3], ["5.00", 5]]],
    ["loss (1,234.50)", [["1,234.50", 1234.5], ["(1,234.50)", -1234.5]]],
    ["loss ($ 12) or (12 EUR)", [["12", 12], ["($ 12)", -12], ["12", 12], ["(12 EUR)", -12]]],
    ["see (2) and (2021)", [["2", 2], ["2021", 2021]]],
    ["5.00- and 10-12.50-", [["5.00", 5], ["5.00-", -5], ["10", 10], ["12.50", 12.5], ["12.50-", -12.5]]],
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
    ["now, today at 16:00, tonight, yesterday, tomorrow at 5, last week, in 2 days, 5 minutes ago", []],
    ["today, 16 June 2011", [["16 June 2011", "2011-06-16"]]],
  ])("in “%s”", (text, expected) => {
    const found = dates(text);
    for (const entry of expected) expect(found).toContainEqual(entry);
    if (expected.length === 0) expect(found).toEqual([]);
    expect(new Set(found.map(([, value]) => value))).toEqual(new Set(expected.map(([, value]) => value)));
  });
});

describe("times", () => {
  const times = (text: string): [string, string][] => findTimes(text).map(({ span, value }) => [text.slice(span.start, span.end), value]);
  const moments = (text: string): [string, string][] =>
    findMoments(text, findDates(text)).map(({ span, value }) => [text.slice(span.start, span.end), value]);

  it.each<[string, [string, string][]]>([
    ["at 13:01, not 5", [["13:01", "13:01:00-00:00"]]],
    ["5 pm to 12:15 a.m.", [["5 pm", "17:00:00-00:00"], ["12:15 a.m.", "00:15:00-00:00"]]],
    ["um 17.30 Uhr, vers 14h30", [["17.30 Uhr", "17:30:00-00:00"], ["14h30", "14:30:00-00:00"]]],
    ["9:05:07.25+0530 or 09:05 UTC", [["9:05:07.25+0530", "09:05:07.25+05:30"], ["09:05 UTC", "09:05:00Z"]]],
    ["costs 12.50, ratio 1:2, mac 12:34:56:78, 24:10, 13 am", []],
  ])("in “%s”", (text, expected) => {
    expect(times(text)).toEqual(expected);
  });

  it.each<[string, [string, string][]]>([
    ["on 5 March 2021 at 6 pm", [["5 March 2021 at 6 pm", "2021-03-05T18:00:00-00:00"]]],
    ["30.04.2018, 13:01 Uhr", [["30.04.2018, 13:01 Uhr", "2018-04-30T13:01:00-00:00"]]],
    ["18:30 UTC on 5 March 2021", [["18:30 UTC on 5 March 2021", "2021-03-05T18:30:00Z"]]],
    ["2020-01-01T00:00:00.5Z.", [["2020-01-01T00:00:00.5Z", "2020-01-01T00:00:00.5Z"]]],
    ["5 March 2021 for 12.50, then 13:01", []],
  ])("beside a date in “%s”", (text, expected) => {
    expect(moments(text)).toEqual(expected);
  });
});
