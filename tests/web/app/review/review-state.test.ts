import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Result } from "../../../../web/src/app/review/entries.js";
import { LinkState } from "../../../../web/src/app/state/review/link-state.js";
import { ReviewState } from "../../../../web/src/app/state/review/review-state.js";
import { SelectionState } from "../../../../web/src/app/state/review/selection-state.js";
import { type ResultRecord, type Review, reviewedOutput } from "../../../../web/src/shared/record.js";
import type { Extraction, FieldResult } from "../../../../web/src/shared/extraction.js";
import type { JsonSchema, JsonValue } from "../../../../web/src/shared/schema.js";
import { EXTRACTION } from "../samples.js";

const TEXT = "Ada Lovelace paid 1.234,50 on 3 May 2026, and 7,25 before. Code AB12.";
const SCHEMA: JsonSchema = {
  type: "object",
  properties: {
    who: { type: ["string", "null"] }, paid: { type: ["number", "null"] }, when: { type: ["string", "null"], format: "date" },
    code: { type: "string", pattern: "^[A-Z0-9]+$" }, tags: { type: "array", items: { type: "string" } },
  },
  required: ["who", "paid", "when", "code", "tags"],
};

function at(words: string): { start: number; end: number } {
  return { start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length };
}

function field(path: string, value: JsonValue, words: string | null, confidence: number): FieldResult {
  const origin = words === null ? "absent" : "verbatim";
  return { path, value, values: [{ value, origin, evidence: words === null ? null : at(words), confidence }], omitted: false, confidence, forwards: 1 };
}

const FIELDS = [field("/who", "Ada", "Ada", 0.9), field("/paid", 7.25, "7,25", 0.4), field("/when", null, null, 0.8), field("/code", "AB12", "AB12", 0.99), { ...field("/tags", [], null, 0.6), values: [] }];
const OUTPUT: Extraction["output"] = { who: "Ada", paid: 7.25, when: null, code: "AB12", tags: [] };
const EXTRACTED: Extraction = { ...EXTRACTION, output: OUTPUT, fields: FIELDS };

/** A review of one result, whose words go where they are kept. */
function begin() {
  const record = signal<ResultRecord | null>({
    id: "r1", documentId: "d1", documentName: "d", batchId: null, schemaName: "s", schema: SCHEMA, status: "done", extraction: EXTRACTED,
    error: null, tier: "", why: "", model: "", startedAt: 0, ms: 1, attempts: 1, reviews: {},
  });
  const result = signal<Result | null>(null);
  const show = (active = false): void => { result.value = { schema: SCHEMA, fields: FIELDS, reviews: record.value?.reviews ?? {}, active }; };
  const write = (name: string, review: Review | null): void => {
    if (record.value === null) return;
    const others = Object.entries(record.value.reviews).filter(([one]) => one !== name);
    record.value = { ...record.value, reviews: Object.fromEntries(review === null ? others : [...others, [name, review]]) };
    show();
  };
  show();
  const link = new LinkState();
  const review = new ReviewState({ result, record, text: signal(TEXT), link, write, now: () => 42 });
  const output = (): JsonValue => (record.value === null ? null : reviewedOutput(record.value));
  return { review, link, record, result, show, output };
}

describe("going through the fields", () => {
  it("leads from one to the next and back, and stops at the ends", () => {
    const { review, link } = begin();
    expect([review.step(1), review.step(1), review.step(-1), review.step(-1)]).toEqual(["/who", "/paid", "/who", "/who"]);
    expect(link.target.value).toBe("/who");
    review.choose(null);
    expect(review.step(-1)).toBe("/tags");
  });

  it("begins with what the checks doubt and the least sure, when that is asked for", () => {
    const { review } = begin();
    review.order.value = "doubtful";
    expect(review.leaves.value.map(({ pointer }) => pointer)).toEqual(["/paid", "/tags", "/when", "/who", "/code"]);
    review.findings.value = [{ rule: "iban", ok: false, fields: ["/code"], fault: "digits" }];
    expect(review.leaves.value[0]?.pointer).toBe("/code");
  });
});

describe("a person's word", () => {
  it("accepts, and does so once", () => {
    const { review, record } = begin();
    review.choose("/who");
    expect([review.accept(), review.accept()]).toEqual([true, true]);
    expect(record.value?.reviews).toEqual({ "/who": { status: "accepted", value: "Ada", span: { start: 0, end: 3 }, at: 42 } });
    expect(review.reviewed.value).toBe(1);
    review.undo();
    expect(review.canUndo.value).toBe(false);
  });

  it("accepts that something is absent", () => {
    const { review, record } = begin();
    review.choose("/when");
    review.accept();
    expect(record.value?.reviews["/when"]).toMatchObject({ status: "accepted", value: null });
  });

  it("clears, and each word is taken back in turn", () => {
    const { review, record, output } = begin();
    review.choose("/who");
    review.accept();
    review.clear();
    expect(output()).toMatchObject({ who: null });
    expect(review.done.value).toEqual({ what: "cleared", pointer: "/who" });
    expect(review.undo()).toBe("/who");
    expect(record.value?.reviews["/who"]?.status).toBe("accepted");
    expect(review.undo()).toBe("/who");
    expect(record.value?.reviews).toEqual({});
    expect(review.undo()).toBeNull();
  });

  it("is brought back after it was taken back, until another one is said", () => {
    const { review, record } = begin();
    review.choose("/who");
    review.accept();
    review.clear();
    review.undo();
    review.undo();
    expect(review.redo()).toBe("/who");
    expect(record.value?.reviews["/who"]?.status).toBe("accepted");
    expect(review.done.value).toEqual({ what: "redone", pointer: "/who" });
    expect(review.redo()).toBe("/who");
    expect(record.value?.reviews["/who"]?.status).toBe("cleared");
    expect(review.canRedo.value).toBe(false);
    review.undo();
    review.choose("/when");
    review.accept();
    expect(review.canRedo.value).toBe(false);
    expect(review.redo()).toBeNull();
  });

  it("is not taken before there is a result to write it to", () => {
    const { review, show, record } = begin();
    show(true);
    review.choose("/who");
    expect(review.accept()).toBe(false);
    review.edit("x");
    expect(review.editing.value).toBeNull();
    expect(record.value?.reviews).toEqual({});
  });
});

describe("what is typed", () => {
  it("is read as the document writes it, and keeps the model's value beside it", async () => {
    const { review, output, record } = begin();
    review.choose("/paid");
    review.edit("7.25");
    review.type("1.234,50");
    expect(await review.save()).toBe(true);
    expect(output()).toMatchObject({ paid: 1234.5 });
    expect(record.value?.extraction?.output.paid).toBe(7.25);
    expect(review.editing.value).toBeNull();
  });

  it("finds its place in the document where its words stand there", async () => {
    const { review, record } = begin();
    review.choose("/who");
    review.edit("Ada");
    review.type("Ada Lovelace");
    await review.save();
    expect(record.value?.reviews["/who"]).toMatchObject({ status: "corrected", span: { start: 0, end: 12 } });
  });

  it("is the model's value accepted where it says the same", async () => {
    const { review, record } = begin();
    review.choose("/who");
    review.edit("Ada");
    await review.save();
    expect(record.value?.reviews["/who"]?.status).toBe("accepted");
  });

  it("stays in the field with the reason where it is not of its kind, or breaks the schema", async () => {
    const { review, record } = begin();
    review.choose("/when");
    review.edit("soon");
    expect(await review.save()).toBe(false);
    expect(review.editing.value).toMatchObject({ typed: "soon", problem: { wanted: "date" } });
    review.choose("/code");
    expect(review.editing.value).toBeNull();
    review.edit("ab 12");
    expect(await review.save()).toBe(false);
    expect(review.editing.value?.problem).toEqual({ fault: { keyword: "pattern", argument: "^[A-Z0-9]+$" } });
    expect(record.value?.reviews).toEqual({});
  });
});

describe("selected words", () => {
  it("become the field's value, with their place", async () => {
    const { review, record } = begin();
    expect(await review.assign("/when", at("on 3 May 2026,"))).toBe(true);
    expect(record.value?.reviews["/when"]).toEqual({ status: "corrected", value: "2026-05-03", span: at("on 3 May 2026,"), at: 42 });
  });

  it("become one more value of a list, and clearing takes it away again", async () => {
    const { review, output } = begin();
    await review.assign("/tags/0", at("Code"));
    await review.assign("/tags/1", at("Ada"));
    expect(output()).toMatchObject({ tags: ["Code", "Ada"] });
    review.choose("/tags/1");
    review.clear();
    expect(output()).toMatchObject({ tags: ["Code"] });
  });

  it("that are not of the field's kind are left to be changed by hand", async () => {
    const { review } = begin();
    expect(await review.assign("/paid", at("Lovelace"))).toBe(false);
    expect(review.editing.value).toMatchObject({ pointer: "/paid", typed: "Lovelace", problem: { wanted: "number" } });
  });
});

describe("selecting", () => {
  const begun = (text = TEXT) => {
    const source = signal(text);
    return { source, selection: new SelectionState(source) };
  };

  it("takes letters by mouse, without the blanks around them", () => {
    const { selection } = begun();
    selection.take({ start: 3, end: 9 });
    expect(selection.words.value).toBe("Lovel");
    selection.take({ start: 3, end: 4 });
    expect(selection.span.value).toBeNull();
  });

  it("goes by words with keys, and on from what the mouse took", () => {
    const { selection } = begun();
    selection.step("right", false, 18);
    expect(selection.words.value).toBe("1.234,50");
    selection.step("left", true);
    expect(selection.words.value).toBe("paid 1.234,50");
    selection.take({ start: 0, end: 3 });
    selection.step("right", true);
    expect(selection.words.value).toBe("Ada Lovelace");
  });

  it("goes from the first word pointed at to the last, and begins anew without that", () => {
    const { selection } = begun();
    selection.point(0);
    selection.point(20, true);
    expect(selection.words.value).toBe("Ada Lovelace paid 1.234,50");
    selection.point(5);
    expect(selection.words.value).toBe("Lovelace");
  });

  it("ends with its text", () => {
    const { selection, source } = begun();
    selection.point(0);
    source.value = "Another text.";
    expect(selection.span.value).toBeNull();
    selection.step("right", true, 8);
    expect(selection.words.value).toBe("text.");
  });
});
