import { describe, expect, it } from "vitest";
import { DocumentState } from "../../../web/src/app/state/document-state.js";
import { type KeyValueStore, memoryStore } from "../../../web/src/app/state/storage.js";

const LONGEST = 1_000_000;

function fullStore(): KeyValueStore {
  const store = memoryStore();
  return { ...store, setItem: () => { throw new DOMException("full", "QuotaExceededError"); } };
}

describe("the text", () => {
  it("is taken up to the longest length and refused beyond, with what was there kept", () => {
    const source = new DocumentState(memoryStore());
    expect(source.setText("a".repeat(LONGEST))).toBe(true);
    expect(source.setText("b".repeat(LONGEST + 1))).toBe(false);
    expect(source.text.value[0]).toBe("a");
    expect(source.problem.value).toMatchObject({ code: "text-too-long", message: expect.stringContaining("1,000,001") as string });
  });

  it("has one id for as long as it stays the same", () => {
    const source = new DocumentState(memoryStore());
    source.setText("one");
    const first = source.document.value;
    expect(source.document.value).toBe(first);
    source.setText("two");
    expect(source.document.value.id).not.toBe(first.id);
    source.setText("one");
    expect(source.document.value.id).not.toBe(first.id);
  });

});

describe("the draft", () => {
  it("survives a reload until it is cleared", () => {
    const store = memoryStore();
    const source = new DocumentState(store);
    source.setText("kept");
    source.save();
    expect(new DocumentState(store).text.value).toBe("kept");
    source.clear();
    expect(new DocumentState(store).text.value).toBe("");
  });

  it("says so where the store is full", () => {
    const source = new DocumentState(fullStore());
    source.setText("too much");
    source.save();
    expect(source.kept.value).toBe(false);
  });
});
