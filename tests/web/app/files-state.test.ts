import { describe, expect, it } from "vitest";
import { DocumentState } from "../../../web/src/app/state/document-state.js";
import { FilesState, type ReadFile } from "../../../web/src/app/state/files-state.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import type { SourceFile } from "../../../web/src/readers/source.js";
import type { Attachment, Reading } from "../../../web/src/shared/document.js";
import { CancelledError, InputError } from "../../../web/src/shared/errors.js";
import { settled } from "./fake-worker.js";

function file(name: string): SourceFile {
  return { name, size: 1, type: "", arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)) };
}

function reading(text: string, attachments: Attachment[] = []): Reading {
  return { text, parts: [], warnings: [], attachments };
}

/** Reads "x.txt" as "x", refuses what is called bad, asks for the password "open" of what is called locked. */
const read: ReadFile = ({ name }, { password }) => {
  if (name.startsWith("bad")) return Promise.reject(new InputError("damaged-file", name, ""));
  if (!name.startsWith("locked") || password === "open") return Promise.resolve(reading(name.replace(".txt", "")));
  return Promise.reject(new InputError(password === undefined ? "password-needed" : "wrong-password", name, ""));
};

function opened({ reader = read, busy = () => false }: { reader?: ReadFile; busy?: () => boolean } = {}) {
  const source = new DocumentState(memoryStore());
  const files = new FilesState(source, { read: reader, busy });
  const states = (): string[] => files.documents.value.map(({ name, status }) => `${name} ${status.state}`);
  const idOf = (name: string): number => files.documents.value.find((document) => document.name === name)?.id ?? -1;
  return { source, files, states, idOf };
}

describe("opened files", () => {
  it("are read in order, and the first that can be shown is", async () => {
    const { source, files, states } = opened();
    files.open([file("bad.txt"), file("b.txt"), file("c.txt")]);
    await settled();
    expect(states()).toEqual(["bad.txt failed", "b.txt ready", "c.txt ready"]);
    expect(source.text.value).toBe("b");
    expect(files.chosen.value?.name).toBe("b.txt");
  });

  it("leave the box alone while the engine is at work", async () => {
    const { source, files, states } = opened({ busy: () => true });
    files.open([file("a.txt")]);
    await settled();
    expect(states()).toEqual(["a.txt ready"]);
    expect(source.text.value).toBe("");
  });

  it("make room for themselves without losing what was typed, or edited", async () => {
    const { source, files, states, idOf } = opened();
    source.setText("typed");
    files.open([file("a.txt"), file("b.txt")]);
    await settled();
    expect(states()).toEqual(["a.txt ready", "b.txt ready", "Typed text ready"]);
    source.setText("a, edited");
    files.choose(idOf("b.txt"));
    files.choose(idOf("a.txt"));
    expect(source.text.value).toBe("a, edited");
    files.choose(idOf("Typed text"));
    expect(source.text.value).toBe("typed");
  });

  it("bring what is attached to them, right after them", async () => {
    const attached: Attachment = { name: "inner.txt", type: "text/plain", bytes: new Uint8Array(3) };
    const reader: ReadFile = (given, options) => (given.name === "mail.eml" ? Promise.resolve(reading("mail", [attached])) : read(given, options));
    const { source, files, states } = opened({ reader });
    files.open([file("mail.eml"), file("z.txt")]);
    await settled();
    expect(states()).toEqual(["mail.eml ready", "inner.txt ready", "z.txt ready"]);
    expect(files.documents.value[1]?.within).toBe("mail.eml");
    expect(source.text.value).toBe("mail");
  });

  it("ask for their password until it is right", async () => {
    const { source, files, idOf } = opened();
    files.open([file("locked.txt")]);
    await settled();
    expect(files.documents.value[0]?.status).toMatchObject({ state: "locked", wrong: false });
    files.unlock(idOf("locked.txt"), "sesame");
    await settled();
    expect(files.documents.value[0]?.status).toMatchObject({ state: "locked", wrong: true });
    files.unlock(idOf("locked.txt"), "open");
    await settled();
    expect(source.text.value).toBe("locked");
  });
});

describe("taking a document off the list", () => {
  it("shows another one in its place", async () => {
    const { source, files, idOf } = opened();
    files.open([file("a.txt"), file("b.txt")]);
    await settled();
    files.remove(idOf("a.txt"));
    expect(source.text.value).toBe("b");
    files.remove(idOf("b.txt"));
    expect(source.text.value).toBe("");
  });

  it("stops its reading, and the next one is read", async () => {
    const endless: ReadFile = (given, options) => {
      if (given.name !== "endless.txt") return read(given, options);
      return new Promise((_, reject) => { options.signal?.addEventListener("abort", () => { reject(new CancelledError()); }); });
    };
    const { source, files, states, idOf } = opened({ reader: endless });
    files.open([file("endless.txt"), file("b.txt")]);
    await settled();
    expect(states()).toEqual(["endless.txt reading", "b.txt waiting"]);
    files.remove(idOf("endless.txt"));
    await settled();
    expect(states()).toEqual(["b.txt ready"]);
    expect(source.text.value).toBe("b");
  });
});

describe("a pasted text", () => {
  it("goes into an empty box, and else becomes a document of its own", () => {
    const { source, files, states } = opened();
    files.openText("one", "Pasted text");
    expect([source.text.value, states()]).toEqual(["one", []]);
    files.openText("two", "Pasted text");
    expect([source.text.value, states()]).toEqual(["two", ["Pasted text ready", "Typed text ready"]]);
  });
});
