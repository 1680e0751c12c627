import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markText, type Piece, type Place, placesOf } from "../../../../web/src/app/review/marks.js";
import { entriesOf } from "../../../../web/src/app/review/entries.js";
import { EXTRACTION, SCHEMA, WHO } from "../samples.js";

function place(pointer: string, start: number, end: number): Place {
  return { pointer, field: pointer, row: false, span: { start, end } };
}

/** `[a text]`, nested as the marks are; a second part of a cut place is `[…a text]`. */
function drawn(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => (typeof piece === "string" ? piece : `[${piece.first ? "" : "…"}${piece.place.pointer} ${drawn(piece.pieces)}]`))
    .join("");
}

describe("markText", () => {
  it.each<[string, Place[], string]>([
    ["nothing to mark", [], "one two three"],
    ["places side by side", [place("b", 4, 7), place("a", 0, 3)], "[a one] [b two] three"],
    ["a place that touches the next", [place("a", 0, 3), place("b", 3, 7)], "[a one][b  two] three"],
    ["a place within a place", [place("in", 4, 7), place("out", 0, 7)], "[out one [in two]] three"],
    ["the same place twice", [place("a", 4, 7), place("b", 4, 7)], "one [a [b two]] three"],
    ["places that cross", [place("a", 0, 7), place("b", 4, 13)], "[a one [b two]][…b  three]"],
    ["a place at the end", [place("a", 8, 13)], "one two [a three]"],
  ])("draws %s", (_, places, expected) => {
    expect(drawn(markText("one two three", places))).toBe(expected);
  });

  const TEXT = "0123456789";
  const span = fc.tuple(fc.nat(9), fc.nat(9)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const);
  const places = fc.array(span, { maxLength: 6 }).map((spans) => spans.map(([start, end], index) => place(`${index}`, start, end)));

  it("keeps the text and marks each place once and wholly, in whatever way places lie", () => {
    fc.assert(fc.property(places, (given) => {
      const covered = new Map<string, string>();
      const firsts = new Map<string, number>();
      const read = (pieces: readonly Piece[]): string => pieces.map((piece) => {
        if (typeof piece === "string") return piece;
        const inner = read(piece.pieces);
        covered.set(piece.place.pointer, (covered.get(piece.place.pointer) ?? "") + inner);
        firsts.set(piece.place.pointer, (firsts.get(piece.place.pointer) ?? 0) + Number(piece.first));
        return inner;
      }).join("");
      expect(read(markText(TEXT, given))).toBe(TEXT);
      for (const { pointer, span: { start, end } } of given) {
        expect(covered.get(pointer)).toBe(TEXT.slice(start, end));
        expect(firsts.get(pointer)).toBe(1);
      }
    }));
  });
});

describe("placesOf", () => {
  const result = { schema: SCHEMA, reviews: {}, active: false };

  it("takes values with evidence and leaves the others", () => {
    expect(placesOf(entriesOf({ ...result, fields: EXTRACTION.fields }))).toEqual([{ pointer: "/who", field: "/who", row: false, span: { start: 0, end: 3 } }]);
  });

  it("counts the items of a list, and knows rows", () => {
    const [value] = WHO.values;
    if (value === undefined) throw new Error("The sample has no value.");
    const schema = { type: "object", properties: { who: { type: "array", items: { type: "string" } }, rows: { type: "array", items: { type: "object", properties: { a: {} } } } } };
    const who = { ...WHO, values: [value, { ...value, evidence: null }, { ...value, evidence: { start: 4, end: 8 } }] };
    const fields = [who, { ...WHO, path: "/rows" }, { ...WHO, path: "/rows/0/a" }];
    expect(placesOf(entriesOf({ ...result, schema, fields })).map(({ pointer, field, row }) => [pointer, field, row])).toEqual([
      ["/who/0", "/who", false], ["/who/2", "/who", false], ["/rows/0", "/rows", true], ["/rows/0/a", "/rows/0/a", false],
    ]);
  });
});
