import { describe, expect, it } from "vitest";
import type { SavedSchema } from "../../../web/src/app/schema/saved.js";
import { newDraft } from "../../../web/src/app/schema/kinds.js";
import { PRESETS } from "../../../web/src/app/schema/presets.js";
import { allFields } from "../../../web/src/app/schema/tree.js";
import { FieldEditing } from "../../../web/src/app/state/field-editing.js";
import { SavedSchemas } from "../../../web/src/app/state/saved-schemas.js";
import { OWN, SchemaState } from "../../../web/src/app/state/schema-state.js";
import { type KeyValueStore, memoryStore } from "../../../web/src/app/state/storage.js";
import { MemoryTable } from "../../../web/src/app/store/memory-table.js";

const NESTED = JSON.stringify({ type: "object", properties: { who: { type: "object", properties: { name: { type: "string", minLength: 2 } } } } });

interface Started {
  readonly state: SchemaState;
  readonly editing: FieldEditing;
  readonly store: KeyValueStore;
  readonly keeper: SavedKeeper;
}

/** As store/schemas.ts has them, in memory. */
class SavedKeeper {
  readonly table = new MemoryTable<SavedSchema>();
  refuses = false;

  all(): Promise<SavedSchema[]> {
    return this.table.all();
  }

  async put(schema: SavedSchema): Promise<void> {
    if (this.refuses) throw new Error("full");
    await this.table.put(schema);
  }

  async change(id: string, change: Partial<SavedSchema>): Promise<void> {
    await this.table.change(id, (one) => (one === undefined ? undefined : { ...one, ...change }));
  }

  delete(id: string): Promise<void> {
    return this.table.delete([id]);
  }
}

function start(store = memoryStore(), keeper = new SavedKeeper()): Started {
  let ids = keeper.table.size;
  const saved = new SavedSchemas(keeper, { now: () => 7, newId: () => `saved-${String((ids += 1))}` });
  const state = new SchemaState(store, saved);
  return { state, editing: new FieldEditing(state), store, keeper };
}

function names({ root }: SchemaState): string[] {
  return root.value === null ? [] : allFields(root.value).map(({ field }) => field.name);
}

function keyOf({ root }: SchemaState, name: string): number {
  const found = root.value === null ? undefined : allFields(root.value).find(({ field }) => field.name === name);
  if (found === undefined) throw new Error(`There is no field ${name}.`);
  return found.field.key;
}

describe("presets", () => {
  it("begins with the first one, as it stands in the file", () => {
    const { state } = start();
    expect(state.choice.value).toBe(PRESETS[0]?.id);
    expect(JSON.stringify(state.schema.value)).toBe(JSON.stringify(PRESETS[0]?.schema));
  });

  it("becomes one's own by a change, which a preset does not lose", () => {
    const { state, editing } = start();
    editing.rename(keyOf(state, "company"), "shop");
    expect(state.choice.value).toBe(OWN);
    state.choose("meeting");
    expect(names(state)).toContain("attendees");
    state.choose(OWN);
    expect(names(state)[0]).toBe("shop");
  });

  it("is remembered over a reload", () => {
    const { state, editing, store } = start();
    editing.remove(keyOf(state, "company"));
    expect(names(start(store).state)).toEqual(names(state));
    state.choose("meeting");
    const again = start(store).state;
    expect(again.choice.value).toBe("meeting");
    expect(again.own.value).not.toBe("");
  });

  it("does without what was remembered where it makes no sense", () => {
    const store = memoryStore();
    store.setItem("excerpt.schema", '{"choice":"gone","own":7}');
    expect(start(store).state.choice.value).toBe(PRESETS[0]?.id);
  });
});

describe("fields", () => {
  it("are added, moved and removed, and each of these is undone", () => {
    const { state, editing } = start();
    const before = names(state);
    const [first = "", second = ""] = before;
    editing.move(keyOf(state, first), "down");
    expect(names(state).slice(0, 2)).toEqual([second, first]);
    editing.add(0);
    expect(names(state).at(-1)).toBe("");
    expect(editing.open.value).toBe(keyOf(state, ""));
    editing.remove(keyOf(state, second));
    expect(names(state)[0]).toBe(first);
    for (let step = 0; step < 3; step += 1) editing.undo();
    expect(names(state)).toEqual(before);
    expect(state.choice.value).toBe(PRESETS[0]?.id);
    editing.redo();
    expect(names(state).slice(0, 2)).toEqual([second, first]);
  });

  it("stay where they are at the ends, and then there is nothing to undo", () => {
    const { state, editing } = start();
    const before = names(state);
    editing.move(keyOf(state, before[0] ?? ""), "up");
    editing.move(keyOf(state, before.at(-1) ?? ""), "down");
    editing.move(keyOf(state, before[0] ?? ""), "in");
    expect(names(state)).toEqual(before);
    expect(state.canUndo.value).toBe(false);
  });

  it("go into a group before them and out of it", () => {
    const { state, editing } = start();
    state.editSource(NESTED);
    state.change("", (root) => root);
    editing.add(0);
    const key = editing.open.value ?? -1;
    editing.rename(key, "when");
    editing.move(key, "in");
    expect(state.schema.value).toMatchObject({ properties: { who: { properties: { name: { minLength: 2 }, when: {} }, required: ["when"] } } });
    editing.move(key, "out");
    expect(Object.keys(state.schema.value?.properties ?? {})).toEqual(["who", "when"]);
  });

  it("are undone word by word of the form, not letter by letter", () => {
    const { state, editing } = start();
    const key = keyOf(state, "company");
    for (const name of ["c", "cl", "clu", "club"]) editing.rename(key, name);
    editing.undo();
    expect(names(state)[0]).toBe("company");
  });

  it("are no schema while one of them is incomplete", () => {
    const { state, editing } = start();
    editing.add(0);
    expect(state.schema.value).toBeNull();
    expect(state.problemAt(editing.open.value ?? -1)).toMatch("name");
    expect(state.problem()).toMatchObject({ code: "schema-incomplete" });
  });

  it("show what the engine refuses at their place", () => {
    const { state } = start();
    state.refusal.value = { kind: "input", code: "schema-refused", message: "No.", advice: "Mend it.", place: "/properties/date/format" };
    expect(state.problemAt(keyOf(state, "date"))).toBe("No. Mend it.");
    expect(state.problemAt(keyOf(state, "company"))).toBeNull();
    state.refusal.value = { kind: "input", code: "schema-refused", message: "No.", advice: "Mend it." };
    expect(state.problemAt(0)).toBe("No. Mend it.");
  });

  it("keep the JSON of what the form has no words for, and say it plainer when asked", () => {
    const { state, editing } = start();
    state.editSource(JSON.stringify({ type: "object", properties: { a: { anyOf: [{ type: "number" }, { type: "null" }], title: "A" } }, required: ["a"] }));
    const key = keyOf(state, "a");
    expect(editing.setJson(key, "{")).toBe(false);
    editing.makePlain(key);
    expect(state.schema.value).toMatchObject({ properties: { a: { type: ["number", "null"], title: "A" } } });
    expect(editing.setJson(key, '{"type": "integer"}')).toBe(true);
    expect(state.schema.value).toMatchObject({ properties: { a: { type: "integer" } }, required: ["a"] });
  });
});

describe("JSON", () => {
  it("is the fields' schema, and a change in it changes them", () => {
    const { state } = start();
    expect(JSON.parse(state.source.value)).toEqual(PRESETS[0]?.schema);
    state.editSource(NESTED);
    expect(names(state)).toEqual(["who", "name"]);
    expect(state.source.value).toBe(NESTED);
  });

  it("that is no list of fields is used as it is", () => {
    const { state } = start();
    state.editSource('{"allOf": [{"properties": {"a": {"type": "string"}}}]}');
    expect(state.root.value).toBeNull();
    expect(state.schema.value).toEqual({ allOf: [{ properties: { a: { type: "string" } } }] });
  });

  it("comes back as it was typed, after a preset and after a reload", () => {
    const { state, store } = start();
    state.editSource("{ ");
    state.choose("meeting");
    state.choose(OWN);
    expect(state.source.value).toBe("{ ");
    expect(start(store).state.source.value).toBe("{ ");
    expect(state.problem()).toMatchObject({ code: "schema-not-json" });
  });
});

describe("saved schemas", () => {
  it("have a name of their own, keep each change, and are there after a reload", async () => {
    const { state, editing, store, keeper } = start();
    editing.remove(keyOf(state, "company"));
    state.saveAs("Petrol");
    expect(state.name.value).toBe("Petrol");
    expect(state.own.value).toBe("");
    editing.rename(keyOf(state, "total"), "sum");
    await state.saved.kept();
    const again = start(store, keeper).state;
    expect(names(again)).toContain("sum");
    await again.start();
    expect(again.name.value).toBe("Petrol");
    again.saveAs("Petrol");
    expect(again.name.value).toBe("Petrol 2");
  });

  it("are renamed and deleted", async () => {
    const { state, keeper } = start();
    state.saveAs("One");
    state.saved.change(state.choice.value, { name: "Two" });
    expect(state.name.value).toBe("Two");
    state.deleteSaved();
    expect(state.choice.value).toBe(PRESETS[0]?.id);
    await state.saved.kept();
    expect(await keeper.all()).toEqual([]);
  });

  it("stay on the page as one's own where another tab has deleted them", async () => {
    const { state, store, keeper } = start();
    state.editSource(NESTED);
    state.saveAs("One");
    await state.saved.kept();
    await keeper.delete(state.choice.value);
    const again = start(store, keeper).state;
    await again.start();
    expect(again.choice.value).toBe(OWN);
    expect(again.own.value).toBe(NESTED);
  });

  it("say where they could not be kept", async () => {
    const { state, keeper } = start();
    keeper.refuses = true;
    state.saveAs("One");
    await state.saved.kept();
    expect(state.saved.failed.value).toBe(true);
  });

  it("give way to a schema that is brought along, and come back by undo", () => {
    const { state, editing } = start();
    state.saveAs("One");
    const id = state.choice.value;
    state.replace({ type: "object", properties: { a: { type: "string" } } }, "brought");
    expect(state.choice.value).toBe(OWN);
    expect(state.givenName.value).toBe("brought");
    editing.undo();
    expect(state.choice.value).toBe(id);
    expect(state.saved.get(id)?.source).toContain("company");
  });

  it("begin empty when asked", () => {
    const { state, editing } = start();
    state.replace(null);
    expect(state.schema.value).toBeNull();
    editing.addFields([{ key: state.keys.next(), name: "a", draft: newDraft("date") }]);
    expect(state.schema.value).toEqual({
      type: "object", properties: { a: { type: ["string", "null"], format: "date" } }, required: ["a"], additionalProperties: false,
    });
  });
});
