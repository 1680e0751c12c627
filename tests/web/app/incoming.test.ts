import { describe, expect, it } from "vitest";
import { sharedFiles } from "../../../web/src/app/incoming.js";

function form(parts: Readonly<Record<string, string | File>>): FormData {
  const made = new FormData();
  for (const [name, part] of Object.entries(parts)) made.append(name, part);
  return made;
}

describe("what is shared", () => {
  it("is its files and its words, each of them once", async () => {
    const files = sharedFiles(form({ title: "Note", text: "Total 12.50", url: "Note", files: new File(["%PDF"], "a.pdf") }), "Shared");
    expect(files.map(({ name }) => name)).toEqual(["a.pdf", "Shared.txt"]);
    expect(await files[1]?.text()).toBe("Note\nTotal 12.50");
  });

  it("is nothing where the form holds nothing", () => {
    expect(sharedFiles(form({ title: " ", files: new File([], "") }), "Shared")).toEqual([]);
  });
});
