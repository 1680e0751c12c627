import { describe, expect, it } from "vitest";
import { Pace } from "../../../web/src/app/state/batch/pace.js";
import { HEAD } from "./record-samples.js";

function head(id: string, characters: number) {
  return { ...HEAD, id, status: { state: "ready" as const, characters, parts: 0, firstPart: "", warnings: [] } };
}

describe("the pace of a batch", () => {
  it("is not known before a document was read", () => {
    expect(new Pace().remaining([{ documentId: "a", left: 1 }])).toBeNull();
  });

  it("says that a long document takes longer, and what is left of one less", () => {
    const pace = new Pace();
    for (const one of [head("a", 500), head("long", 9500)]) pace.weigh(one);
    pace.took("a", 1000);
    expect(pace.remaining([{ documentId: "long", left: 1 }])).toBe(10_000);
    expect(pace.remaining([{ documentId: "long", left: 0.5 }, { documentId: "a", left: 1 }])).toBe(6000);
    expect(pace.remaining([])).toBe(0);
  });
});
