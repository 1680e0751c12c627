import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Draft, Keys, readDraft, writeDraft } from "../../../../web/src/app/schema/draft.js";
import { ABSENCES, setAbsence } from "../../../../web/src/app/schema/absence.js";
import { descriptionOf, isNullable, type Kind, kindOf, KINDS, withKind, withNullable, withText } from "../../../../web/src/app/schema/kinds.js";
import { allFields, changeField, moveField, removeField, setRequired } from "../../../../web/src/app/schema/tree.js";
import { PRESETS } from "../../../../web/src/app/schema/presets.js";
import type { JsonValue } from "../../../../web/src/shared/schema.js";
import { anySchema } from "./schemas.js";

function read(schema: JsonValue): Draft {
  return readDraft(schema, new Keys());
}

/** As text, so that the order of keys counts. */
function text(value: JsonValue): string {
  return JSON.stringify(value);
}

const group = anySchema.map(read).filter((draft) => allFields(draft).length > 0);

describe("a draft", () => {
  it("is the schema that it was read from, whatever that says, to the order of its keys", () => {
    fc.assert(fc.property(anySchema, (schema) => { expect(text(writeDraft(read(schema)))).toBe(text(schema)); }), { numRuns: 500 });
  });

  it.each(PRESETS)("of the preset $id is that preset", ({ schema }) => {
    expect(text(writeDraft(read(schema)))).toBe(text(schema));
  });

  it("has a key of its own for each field", () => {
    fc.assert(fc.property(group, (draft) => {
      const keys = allFields(draft).map(({ field }) => field.key);
      expect(new Set(keys).size).toBe(keys.length);
    }));
  });
});

describe("a change", () => {
  const field = group.chain((draft) => fc.tuple(fc.constant(draft), fc.constantFrom(...allFields(draft).map(({ field: { key } }) => key))));

  it("of a name leaves everything else, and what is required follows it", () => {
    const before = read({ type: "object", properties: { a: { type: "string", minLength: 3 }, b: true }, required: ["b", "gone", "a"], "x-note": 1 });
    const [first] = allFields(before);
    const after = changeField(before, first?.field.key ?? -1, (one) => ({ ...one, name: "c" }));
    expect(text(writeDraft(after))).toBe('{"type":"object","properties":{"c":{"type":"string","minLength":3},"b":true},"required":["b","gone","c"],"x-note":1}');
  });

  it("of one field's description changes that one line of the JSON", () => {
    fc.assert(fc.property(field, fc.string({ minLength: 1 }), ([draft, key], words) => {
      const after = changeField(draft, key, (one) => ({ ...one, draft: withText(one.draft, "description", words) }));
      const others = (root: Draft): string[] => allFields(removeField(root, key)).map(({ field: one }) => text(writeDraft(one.draft)));
      expect(others(after)).toEqual(others(draft));
      const changed = allFields(after).find(({ field: one }) => one.key === key);
      expect(changed === undefined ? "" : descriptionOf(changed.field.draft)).toBe(words);
    }));
  });

  it("back and forth is no change", () => {
    fc.assert(fc.property(field, ([draft, key]) => {
      const found = allFields(draft).find((one) => one.field.key === key);
      const flipped = setRequired(draft, key, !(found?.required ?? false));
      if (found?.required === false && allFields(draft).length > 0) {
        const again = setRequired(flipped, key, false);
        expect(allFields(again).map(({ required }) => required)).toEqual(allFields(draft).map(({ required }) => required));
      }
      expect(setRequired(draft, key, found?.required ?? false)).toEqual(draft);
    }));
  });

  it("of the place keeps every field, and says it of the same ones that they are required", () => {
    fc.assert(fc.property(field, fc.nat(), ([draft, key], at) => {
      const places = [0, ...allFields(draft).filter(({ field: one }) => ["group"].includes(kindOf(one.draft))).map(({ field: one }) => one.key)];
      const parent = places[at % places.length] ?? 0;
      const moved = moveField(draft, key, { parent, index: 0 });
      const facts = (root: Draft): string[] => allFields(root).map(({ field: one, required }) => `${one.key} ${one.name} ${required}`).sort();
      expect(facts(moved)).toEqual(facts(draft));
    }));
  });

  it("to what the document does not say is read as it was set", () => {
    fc.assert(fc.property(field, fc.constantFrom(...ABSENCES), ([draft, key], absence) => {
      const found = allFields(draft).find((one) => one.field.key === key);
      if (found === undefined || kindOf(found.field.draft) === "other" || !("type" in found.field.draft.keywords) || "enum" in found.field.draft.keywords) return;
      const after = allFields(setAbsence(draft, key, absence)).find((one) => one.field.key === key);
      expect(after?.required).toBe(absence === "out" ? false : absence === "always" ? true : (after?.required ?? false));
      expect(after === undefined ? null : isNullable(after.field.draft)).toBe(absence === "empty");
    }));
  });
});

describe("a kind", () => {
  it.each([
    [{ type: "string" }, "text"],
    [{ type: ["string", "null"], format: "date" }, "date"],
    [{ type: ["null", "integer"] }, "integer"],
    [{ enum: ["a", "b"] }, "choice"],
    [{ type: "string", enum: ["a", null] }, "choice"],
    [{ type: "object" }, "group"],
    [{ properties: {} }, "group"],
    [{ type: "array" }, "list"],
    [{ type: "array", items: true }, "list"],
    [{ type: "integer", enum: [1, 2] }, "integer"],
    [{ type: ["string", "number"] }, "other"],
    [{ enum: ["a", 1] }, "other"],
    [{ $ref: "#/$defs/a" }, "other"],
    [{ anyOf: [{ type: "string" }, { type: "null" }] }, "other"],
    [{}, "other"],
    [true, "other"],
  ] as [JsonValue, string][])("of %j is %s", (schema, kind) => {
    expect(kindOf(read(schema))).toBe(kind);
  });

  it("is what it was changed to, and what is said beside the rules stays", () => {
    const draft = fc.constantFrom(...KINDS).map((kind) => withText(withKind(read({ title: "T", "x-note": [1] }), kind), "description", "words"));
    fc.assert(fc.property(draft, fc.constantFrom(...KINDS), (before, kind: Kind) => {
      const after = withKind(before, kind);
      expect(kindOf(after)).toBe(kind);
      expect(writeDraft(after)).toMatchObject({ title: "T", "x-note": [1], description: "words" });
    }));
  });

  it("of a list takes what was there as its entries, and gives it back", () => {
    const address = read({ type: "object", properties: { street: { type: "string" } }, required: ["street"], description: "Where" });
    const list = withKind(address, "list");
    expect(writeDraft(list)).toMatchObject({ type: "array", items: { type: "object", properties: { street: { type: "string" } } }, description: "Where" });
    expect(writeDraft(withKind(list, "group"))).toEqual(writeDraft(address));
  });

  it("lets null be among a choice's values where it may be empty", () => {
    const choice = withNullable(read({ type: "string", enum: ["a"] }), true);
    expect(writeDraft(choice)).toEqual({ type: ["string", "null"], enum: ["a", null] });
    expect(writeDraft(withNullable(choice, false))).toEqual({ type: "string", enum: ["a"] });
  });
});
