import "fake-indexeddb/auto";
import { describe, expect, it, vi } from "vitest";
import { DocumentState } from "../../../web/src/app/state/document-state.js";
import { FilesState, type ReadFile } from "../../../web/src/app/state/documents/files-state.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import type { SourceFile } from "../../../web/src/readers/source.js";
import type { Attachment, Reading } from "../../../web/src/shared/document.js";
import { CancelledError, InputError } from "../../../web/src/shared/errors.js";
import type { Database } from "../../../web/src/app/store/database.js";
import { DocumentStore } from "../../../web/src/app/store/documents.js";
import type { DeskRecord } from "../../../web/src/app/store/tables.js";
import { freshDatabase, reopened } from "./record-samples.js";

function file(name: string): SourceFile {
  return { name, size: 1, type: "", arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)) };
}

function reading(text: string, attachments: Attachment[] = []): Reading {
  return { text, parts: [], warnings: [], attachments };
}

/** Reads "x.txt" as "x", refuses what is called bad, asks for the password "open" of what is called locked. */
const read: ReadFile = ({ name }, { password }) => {
  if (name.startsWith("bad")) return Promise.reject(new InputError(["damaged-file", { name, format: "pdf" }], name, ""));
  if (!name.startsWith("locked") || password === "open") return Promise.resolve(reading(name.replace(".txt", "")));
  return Promise.reject(new InputError([password === undefined ? "password-needed" : "wrong-password", { name }], name, ""));
};

interface Given {
  readonly reader?: ReadFile;
  readonly busy?: () => boolean;
  readonly results?: ReadonlySet<string>;
}

function openedOn(database: Database, { reader = read, busy = () => false, results = new Set() }: Given = {}) {
  const source = new DocumentState(memoryStore());
  const store = new DocumentStore(database);
  const hasResults = (id: string): Promise<boolean> => Promise.resolve(results.has(id));
  const released = (ids: readonly string[]): Promise<void> => store.delete(ids);
  const files = new FilesState(source, { read: reader, busy, store, hasResults, released, typedName: () => "Typed text", now: () => 7 });
  const states = (): string[] => files.documents.value.map(({ name, status }) => `${name} ${status.state}`);
  const idOf = (name: string): string => files.documents.value.find((document) => document.name === name)?.id ?? "";
  const are = (...wanted: string[]): Promise<void> => vi.waitFor(() => { expect(states()).toEqual(wanted); });
  const shows = (text: string): Promise<void> => vi.waitFor(() => { expect(source.text.value).toBe(text); });
  return { source, store, files, states, idOf, are, shows };
}

function opened(given: Given = {}) {
  return openedOn(freshDatabase(), given);
}

function desk(files: FilesState, chosen = files.chosenId.value): DeskRecord {
  return { id: "desk", documentIds: files.documents.value.map(({ id }) => id), chosenId: chosen, batchId: null, usedAt: 0 };
}

describe("opened files", () => {
  it("are read in order, and the first that can be shown is", async () => {
    const { files, are, shows } = opened();
    files.open([file("bad.txt"), file("b.txt"), file("c.txt")]);
    await are("bad.txt failed", "b.txt ready", "c.txt ready");
    await shows("b");
    expect(files.chosen.value?.name).toBe("b.txt");
  });

  it("leave the box alone while the engine is at work", async () => {
    const { source, files, are } = opened({ busy: () => true });
    files.open([file("a.txt")]);
    await are("a.txt ready");
    expect(source.text.value).toBe("");
  });

  it("make room for themselves without losing what was typed, or edited", async () => {
    const { source, files, idOf, are, shows } = opened();
    source.setText("typed");
    files.open([file("a.txt"), file("b.txt")]);
    await are("a.txt ready", "b.txt ready", "Typed text ready");
    await shows("a");
    source.setText("a, edited");
    await files.choose(idOf("b.txt"));
    await files.choose(idOf("a.txt"));
    expect(source.text.value).toBe("a, edited");
    await files.choose(idOf("Typed text"));
    expect(source.text.value).toBe("typed");
  });

  it("bring what is attached to them, right after them", async () => {
    const attached: Attachment = { name: "inner.txt", type: "text/plain", bytes: new Uint8Array(3) };
    const reader: ReadFile = (given, options) => (given.name === "mail.eml" ? Promise.resolve(reading("mail", [attached])) : read(given, options));
    const { files, store, idOf, are, shows } = opened({ reader });
    files.open([file("mail.eml"), file("z.txt")]);
    await are("mail.eml ready", "inner.txt ready", "z.txt ready");
    await shows("mail");
    expect(files.documents.value[1]?.within).toBe("mail.eml");
    expect((await store.get(idOf("mail.eml")))?.reading.attachments).toEqual([]);
    expect((await store.get(idOf("inner.txt")))?.original?.size).toBe(3);
  });

  it("ask for their password until it is right", async () => {
    const { files, idOf, are, shows } = opened();
    files.open([file("locked.txt")]);
    await are("locked.txt locked");
    expect(files.documents.value[0]?.status).toMatchObject({ wrong: false });
    files.unlock(idOf("locked.txt"), "sesame");
    await vi.waitFor(() => { expect(files.documents.value[0]?.status).toMatchObject({ state: "locked", wrong: true }); });
    files.unlock(idOf("locked.txt"), "open");
    await shows("locked");
  });
});

describe("taking a document off the list", () => {
  it("shows another one in its place, and nothing is left of it", async () => {
    const { source, store, files, idOf, are, shows } = opened();
    files.open([file("a.txt"), file("b.txt")]);
    await are("a.txt ready", "b.txt ready");
    const a = idOf("a.txt");
    await files.remove(a);
    await shows("b");
    expect([await store.get(a), await store.head(a)]).toEqual([undefined, undefined]);
    await files.remove(idOf("b.txt"));
    expect([source.text.value, files.shown.value]).toEqual(["", null]);
  });

  it("stops its reading, and the next one is read", async () => {
    const endless: ReadFile = (given, options) => {
      if (given.name !== "endless.txt") return read(given, options);
      return new Promise((_, reject) => { options.signal?.addEventListener("abort", () => { reject(new CancelledError()); }); });
    };
    const { files, idOf, are, shows } = opened({ reader: endless });
    files.open([file("endless.txt"), file("b.txt")]);
    await are("endless.txt reading", "b.txt waiting");
    await files.remove(idOf("endless.txt"));
    await are("b.txt ready");
    await shows("b");
  });

  it("empties the box where all are taken off", async () => {
    const { source, store, files, idOf, shows } = opened();
    files.open([file("a.txt")]);
    await shows("a");
    const a = idOf("a.txt");
    await files.clear();
    expect([source.text.value, files.documents.value, await store.get(a)]).toEqual(["", [], undefined]);
  });
});

describe("a pasted text", () => {
  it("goes into an empty box, and else becomes a document of its own", async () => {
    const { source, files, states } = opened();
    await files.openText("one", "Pasted text");
    expect([source.text.value, states()]).toEqual(["one", []]);
    await files.openText("two", "Pasted text");
    expect([source.text.value, states()]).toEqual(["two", ["Pasted text ready", "Typed text ready"]]);
  });
});

describe("the text in the box", () => {
  it("becomes a document when a result is to refer to it, once", async () => {
    const { source, files, states } = opened();
    expect(await files.settle()).toBeNull();
    source.setText("typed");
    const [first, second] = await Promise.all([files.settle(), files.settle()]);
    expect([first?.name, first?.reading.text, second?.id]).toEqual(["Typed text", "typed", first?.id]);
    expect(states()).toEqual(["Typed text ready"]);
  });

  it("is known to be the same while it is kept, whatever document it becomes", async () => {
    const results = new Set<string>();
    const { source, files, idOf, shows } = opened({ results });
    const changes: [string, boolean][] = [];
    files.shown.subscribe((shown) => { changes.push([shown?.reading.text ?? "", files.keepsEdits]); });
    source.setText("typed");
    await files.settle();
    source.setText("edited");
    await files.settle();
    results.add(files.chosenId.value ?? "");
    source.setText("edited again");
    await files.settle();
    expect(files.keepsEdits).toBe(false);
    files.open([file("a.txt")]);
    await shows("a");
    await files.remove(idOf("a.txt"));
    expect(changes).toEqual([["", false], ["typed", true], ["edited", true], ["edited again", true], ["a", false], ["", false], ["edited again", false]]);
  });

  it("changes its document where no result refers to it", async () => {
    const { source, store, files, idOf, shows } = opened();
    files.open([file("a.txt")]);
    await shows("a");
    source.setText("edited");
    expect((await files.settle())?.id).toBe(idOf("a.txt"));
    expect((await store.get(idOf("a.txt")))?.reading.text).toBe("edited");
  });

  it("becomes another document where one does, and that one stays as it was", async () => {
    const results = new Set<string>();
    const { source, store, files, idOf, states, shows } = opened({ results });
    files.open([file("a.txt")]);
    await shows("a");
    const first = idOf("a.txt");
    results.add(first);
    source.setText("edited");
    const settled = await files.settle();
    expect(settled?.id).not.toBe(first);
    expect([states(), files.chosenId.value]).toEqual([["a.txt ready"], settled?.id]);
    expect((await store.get(first))?.reading.text).toBe("a");
  });
});

describe("the next visit", () => {
  it("finds the list, what was read and what was shown, and reads what had to wait", async () => {
    const database = freshDatabase();
    const stuck: ReadFile = (given, options) => (given.name === "b.txt" ? new Promise(() => undefined) : read(given, options));
    const before = openedOn(database, { reader: stuck });
    before.files.open([file("bad.txt"), file("a.txt"), new File(["b"], "b.txt")]);
    await before.are("bad.txt failed", "a.txt ready", "b.txt reading");
    await before.shows("a");
    const lay = desk(before.files);
    const after = openedOn(await reopened(database));
    await after.files.restore(lay, false);
    expect(after.source.text.value).toBe("a");
    await after.are("bad.txt failed", "a.txt ready", "b.txt ready");
    await after.files.choose(after.idOf("b.txt"));
    expect(after.source.text.value).toBe("b");
  });

  it("takes a draft of the same tab as an edit of what was shown, and of no other", async () => {
    const database = freshDatabase();
    const before = openedOn(database);
    before.files.open([file("a.txt")]);
    await before.shows("a");
    const same = openedOn(await reopened(database));
    same.source.setText("a, edited");
    await same.files.restore(desk(before.files), true);
    expect([same.source.text.value, same.files.chosen.value?.name]).toEqual(["a, edited", "a.txt"]);
    const other = openedOn(await reopened(database));
    other.source.setText("typed elsewhere");
    await other.files.restore(desk(before.files), false);
    expect([other.source.text.value, other.files.shown.value]).toEqual(["typed elsewhere", null]);
  });

  it("cannot read a file that was not kept, and does not pretend to", async () => {
    const database = freshDatabase();
    const before = openedOn(database, { reader: () => new Promise(() => undefined) });
    before.files.open([file("a.txt")]);
    await before.are("a.txt reading");
    await vi.waitFor(async () => { expect(await before.store.head(before.idOf("a.txt"))).toBeDefined(); });
    const after = openedOn(await reopened(database));
    await after.files.restore(desk(before.files), false);
    await after.are();
  });
});
