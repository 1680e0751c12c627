import { describe, expect, it } from "vitest";
import { EXAMPLES } from "../../../web/src/app/schema/examples.js";
import { PRESETS } from "../../../web/src/app/schema/presets.js";
import { fromSchema, rowProblems, toSchema } from "../../../web/src/app/schema/rows.js";

describe.each(PRESETS)("$label", ({ id, rows }) => {
  it("is a flat schema of described fields", () => {
    expect(rowProblems(rows)).toEqual([]);
    expect(fromSchema(toSchema(rows))).toEqual(rows);
    expect(rows.filter(({ description }) => description === "")).toEqual([]);
  });

  it("makes nothing up: every field may be absent", () => {
    expect(rows.filter(({ optional }) => !optional)).toEqual([]);
  });

  it("has an example of some lines", () => {
    expect(EXAMPLES[id]?.split("\n").length).toBeGreaterThan(5);
  });
});
