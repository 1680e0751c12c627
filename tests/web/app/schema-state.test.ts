import { describe, expect, it } from "vitest";
import { PRESETS } from "../../../web/src/app/schema/presets.js";
import { toSchema } from "../../../web/src/app/schema/rows.js";
import { OWN, SchemaState } from "../../../web/src/app/state/schema-state.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";

const NESTED = JSON.stringify({ type: "object", properties: { a: { type: "object" } } });

function start(): SchemaState {
  return new SchemaState(memoryStore());
}

function names({ rows }: SchemaState): string[] {
  return rows.value.map(({ name }) => name);
}

describe("presets", () => {
  it("begins with the first one", () => {
    const state = start();
    expect(state.choice.value).toBe(PRESETS[0]?.id);
    expect(state.schema.value).toEqual(toSchema(PRESETS[0]?.rows ?? []));
  });

  it("becomes one's own by a change, which a preset does not lose", () => {
    const state = start();
    state.edit(0, { name: "shop" });
    expect(state.choice.value).toBe(OWN);
    state.choose("meeting");
    expect(names(state)).toContain("attendees");
    state.choose(OWN);
    expect(names(state)[0]).toBe("shop");
  });

  it("is remembered over a reload", () => {
    const store = memoryStore();
    const state = new SchemaState(store);
    state.remove(0);
    expect(names(new SchemaState(store))).toEqual(names(state));
    state.choose("meeting");
    const again = new SchemaState(store);
    expect(again.choice.value).toBe("meeting");
    expect(again.own.value).not.toBe("");
  });

  it("does without what was remembered where it makes no sense", () => {
    const store = memoryStore();
    store.setItem("excerpt.schema", '{"choice":"gone","own":7}');
    expect(new SchemaState(store).choice.value).toBe(PRESETS[0]?.id);
  });
});

describe("rows", () => {
  it("are added, moved and removed", () => {
    const state = start();
    const [first, second] = names(state);
    state.move(0, 1);
    expect(names(state).slice(0, 2)).toEqual([second, first]);
    const key = state.add();
    expect(state.rows.value.at(-1)).toMatchObject({ key, name: "" });
    state.remove(0);
    expect(names(state)[0]).toBe(first);
  });

  it("stay where they are at the ends", () => {
    const state = start();
    const before = names(state);
    state.move(0, -1);
    state.move(before.length - 1, 1);
    expect(names(state)).toEqual(before);
  });

  it("are no schema while one of them is incomplete", () => {
    const state = start();
    state.add();
    expect(state.schema.value).toBeNull();
    expect(state.problemAt(state.rows.value.length - 1)).toMatch("name");
    expect(state.problem()).toMatchObject({ code: "schema-incomplete" });
  });

  it("show what the engine refuses at its place", () => {
    const state = start();
    const place = `/properties/${names(state)[2] ?? ""}`;
    state.refusal.value = { kind: "input", code: "schema-refused", message: "No.", advice: "Mend it.", place };
    expect(state.problemAt(2)).toBe("No. Mend it.");
    expect(state.problemAt(1)).toBeNull();
    state.refusal.value = { kind: "input", code: "schema-refused", message: "No.", advice: "Mend it." };
    expect(state.problemAt(-1)).toBe("No. Mend it.");
  });
});

describe("JSON", () => {
  it("is the rows' schema, and rows again", () => {
    const state = start();
    const before = names(state);
    state.openTab("json");
    expect(JSON.parse(state.source.value)).toEqual(toSchema(PRESETS[0]?.rows ?? []));
    state.openTab("fields");
    expect(names(state)).toEqual(before);
  });

  it("stays JSON where rows would lose something of it", () => {
    const state = start();
    state.openTab("json");
    state.editSource(NESTED);
    expect(state.schema.value).toEqual(JSON.parse(NESTED));
    state.openTab("fields");
    expect(state.tab.value).toBe("json");
    expect(state.tabProblem.value).toMatch("stays as JSON");
    expect(state.source.value).toBe(NESTED);
  });

  it("comes back as JSON after a preset and after a reload", () => {
    const store = memoryStore();
    const state = new SchemaState(store);
    state.openTab("json");
    state.editSource(NESTED);
    state.choose("meeting");
    state.openTab("fields");
    state.choose(OWN);
    expect(state.source.value).toBe(NESTED);
    expect(new SchemaState(store)).toMatchObject({ source: { value: NESTED }, tab: { value: "json" } });
  });

  it("is no schema while it is broken, and says so", () => {
    const state = start();
    state.openTab("json");
    state.editSource("{");
    expect(state.schema.value).toBeNull();
    expect(state.problem()).toMatchObject({ code: "schema-not-json" });
    state.openTab("fields");
    expect(state.tab.value).toBe("json");
  });
});
