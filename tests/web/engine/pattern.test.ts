/** Patterns and formats as automata, against the runtime's own regular expressions and against the calendar. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CharMachine } from "../../../web/src/engine/constraint/chars.js";
import { compileFormat, type Format } from "../../../web/src/engine/constraint/formats.js";
import { compilePattern, PatternError } from "../../../web/src/engine/constraint/pattern.js";

function stateAfter(machine: CharMachine, text: string): number {
  return Array.from(text).reduce((state, character) => machine.step(state, character.codePointAt(0) ?? 0), machine.initial);
}

function matches(machine: CharMachine, text: string): boolean {
  return machine.accepting(stateAfter(machine, text));
}

const PATTERNS = [
  "", ".", "^.$", "ab", "^ab", "ab$", "^ab$", "^a|b$", "a{2,3}", "^a{2}$", "^(?:ab?){2,}$", "^[a-c]+$", "^[^a-c]*$", "[\\w-]+-\\d", "^\\s*$",
  "\\bab\\b", "\\Ba", "^(a|(b|1)*)$", "^$|^(\\d+)$", "^(?=a)(?!ab).*$", "^(?!.*--)[a-b-]+$", "\\p{Lu}", "^\\u0061\\x62$", "a.*b", "(?:a$|b)1", "^\\P{L}+$", "a??b", "^(?:\\S+\\s+){0,3}\\S+$",
];

const characters = fc.constantFrom("a", "b", "c", "-", "1", " ", "\n", "_", "é", "Ä", "🙂", ".");
const texts = fc.array(characters, { maxLength: 7 }).map((parts) => parts.join(""));

describe("a pattern", () => {
  it.each(PATTERNS)("%s finds what the runtime's expression finds, and knows what can still become a match", (source) => {
    const machine = compilePattern(source);
    const expression = new RegExp(source, "u");
    fc.assert(
      fc.property(texts, texts, (text, rest) => {
        expect(matches(machine, text)).toBe(expression.test(text));
        if (expression.test(text + rest)) expect(machine.viable(stateAfter(machine, text))).toBe(true);
      }),
    );
  });

  it.each(PATTERNS)("%s: from every viable state a match is reached", (source) => {
    const machine = compilePattern(source);
    const seen = new Set([machine.initial]);
    for (const state of seen) {
      if (!machine.accepting(state)) expect(machine.leads(state, [0, 0x10ffff], () => true)).toBe(true);
      for (const point of machine.alphabet.representatives()) if (machine.viable(machine.step(state, point))) seen.add(machine.step(state, point));
    }
    expect(seen.size).toBeLessThanOrEqual(machine.size);
  });

  it.each(["(a)\\1", "a(?=b)", "(?<=a)b", "(?i:a)", "(", "(?:a{1,300}){1,300}", "^[ab]*a[ab]{14}$"])("refuses %s", (source) => {
    expect(() => compilePattern(source)).toThrow(PatternError);
  });

  it("reads what only the older syntax allows", () => {
    expect(matches(compilePattern("^[\\w-.]+\\-$"), "a-.-")).toBe(true);
  });

  it("is nothing at all where nothing can match", () => {
    const machine = compilePattern("a^b");
    expect(machine.viable(machine.initial)).toBe(false);
  });
});

describe("a format", () => {
  it("date knows the calendar, leap years included", () => {
    const machine = compileFormat("date");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }), (year, month, day) => {
        const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        const date = new Date(`${text}T00:00:00Z`);
        const real = !Number.isNaN(date.getTime()) && date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
        expect(matches(machine, text)).toBe(real);
      }),
      { numRuns: 2000 },
    );
    expect(["1900-02-29", "2000-02-29", "2023-02-29", "2024-02-29"].map((text) => matches(machine, text))).toEqual([false, true, false, true]);
  });

  it.each<[Format, readonly string[], readonly string[]]>([
    ["date-time", ["2024-02-29T23:59:59Z", "1990-12-31t15:59:60.5z".replace("15", "23"), "2020-01-01T00:00:00.123+05:30"], ["2024-02-30T00:00:00Z", "2024-01-01 00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:00:00", "2020-01-01T10:00:60Z"]],
    ["time", ["08:30:06Z", "08:30:06.283185-00:20"], ["08:30:06", "24:00:00Z", "08:30Z"]],
    ["email", ["joe.bloggs@example.com", "a+b@x-y.org", '"joe bloggs"@example.com', "joe@[127.0.0.1]"], ["joe", "@x.org", "a..b@x.org", ".a@x.org", "a b@x.org", "joe@-x.org"]],
    ["uri", ["http://foo.bar/?baz=qux#quux", "urn:oasis:names", "mailto:a@b.org", "ftp://[2001:db8::1]/x", "http://a/%20"], ["//foo.bar", "foo", "http://foo bar", "http://a/%2", ":abc", "http://[::1"]],
    ["uri-reference", ["", "/abc", "//foo/bar", "#f", "a/b:c", "http://x"], ["\\\\x", "#a#b", "a b"]],
    ["uuid", ["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"], ["2eb8aa08aa9811eab4aa73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638"]],
    ["ipv4", ["192.168.0.1", "0.0.0.0", "255.255.255.255"], ["256.0.0.1", "1.2.3", "01.2.3.4", "1.2.3.4.5"]],
    ["ipv6", ["::1", "::", "1:2:3:4:5:6:7:8", "::ffff:192.168.0.1", "12:34::89"], ["1:2:3:4:5:6:7", ":1", "1::2::3", "12345::", "::1%eth0"]],
    ["hostname", ["www.example.com", "a", "xn--4gbwdl.xn--wgbh1c"], ["-a.b", "a-.b", "a..b", "a_b", "a".repeat(64)]],
    ["duration", ["P4DT12H30M5S", "PT1D".replace("D", "H"), "P1W"], ["P", "PT", "P1Y2W", "4D"]],
    ["json-pointer", ["", "/a~1b/0"], ["a", "/~2"]],
  ])("%s takes and leaves what its standard does", (format, good, bad) => {
    const machine = compileFormat(format);
    expect(good.filter((text) => !matches(machine, text))).toEqual([]);
    expect(bad.filter((text) => matches(machine, text))).toEqual([]);
  });
});
