import { describe, expect, it } from "vitest";
import { Keys, readDraft } from "../../../web/src/app/schema/draft.js";
import { EXAMPLES } from "../../../web/src/app/schema/examples.js";
import { descriptionOf, isNullable, kindOf } from "../../../web/src/app/schema/kinds.js";
import { PRESETS } from "../../../web/src/app/schema/presets.js";
import { draftProblems } from "../../../web/src/app/schema/problems.js";
import { allFields } from "../../../web/src/app/schema/tree.js";

describe.each(PRESETS)("$label", ({ id, schema }) => {
  const draft = readDraft(schema, new Keys());
  const fields = allFields(draft);

  it("is a list of described fields that the editor has words for", () => {
    expect(draftProblems(draft)).toEqual([]);
    expect(fields.filter(({ field }) => descriptionOf(field.draft) === "" || kindOf(field.draft) === "other")).toEqual([]);
  });

  it("makes nothing up: every field may be absent", () => {
    expect(fields.filter(({ field }) => kindOf(field.draft) !== "list" && !isNullable(field.draft))).toEqual([]);
  });

  it("has an example of some lines", () => {
    expect(EXAMPLES[id]?.split("\n").length).toBeGreaterThan(5);
  });
});
