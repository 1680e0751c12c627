import "fake-indexeddb/auto";
import { gunzipSync, gzipSync, strFromU8, strToU8 } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { exportHistory } from "../../../web/src/app/history/export-history.js";
import { importHistory } from "../../../web/src/app/history/import-history.js";
import { SchemaImport } from "../../../web/src/app/history/import-schemas.js";
import type { SavedSchema } from "../../../web/src/app/schema/saved.js";
import { CHUNK_BYTES } from "../../../web/src/app/history/checks.js";
import type { Database } from "../../../web/src/app/store/database.js";
import { DocumentStore } from "../../../web/src/app/store/documents.js";
import { ResultStore } from "../../../web/src/app/store/results.js";
import { SchemaStore } from "../../../web/src/app/store/schemas.js";
import type { JsonObject } from "../../../web/src/shared/schema.js";
import type { Reading } from "../../../web/src/shared/document.js";
import { freshDatabase, HEAD, RESULT } from "./record-samples.js";

const LAYOUT = { width: 595, height: 842, words: [{ span: { start: 0, end: 3 }, left: 0.1, top: 0.1, width: 0.2, height: 0.05 }] };
const READING: Reading = {
  text: "Ada came on 3 May. 東京 🙂", parts: [{ label: "Page 1", span: { start: 0, end: 18 }, layout: LAYOUT }],
  warnings: [{ code: "recognised", message: "Page 1 was recognised." }], attachments: [],
};
const SCHEMA = { id: "s1", name: "Visit", source: '{"type":"object"}', changedAt: 4 };
const REVIEWED = { ...RESULT, reviews: { "/who": { status: "corrected", value: "Eve", span: { start: 0, end: 3 }, at: 9 } } } as const;

/** More than two lines of bytes. */
const ORIGINAL = Uint8Array.from({ length: CHUNK_BYTES * 2 + 5 }, (_, at) => at % 251);

async function filled(): Promise<Database> {
  const database = freshDatabase();
  const documents = new DocumentStore(database);
  await documents.add({ ...HEAD, status: { state: "waiting" } }, new Blob([ORIGINAL], { type: "text/plain" }));
  await documents.putReading(HEAD, READING);
  await documents.add({ ...HEAD, id: "unread", status: { state: "waiting" } }, null);
  await new ResultStore(database).put(REVIEWED);
  await new ResultStore(database).put({ ...RESULT, id: "r2", status: "failed", extraction: null, error: { kind: "input", code: "bad", message: "Bad.", advice: "" } });
  await new ResultStore(database).put({ ...RESULT, id: "open", status: "running" });
  await new SchemaStore(database).put(SCHEMA);
  return database;
}

let lines: JsonObject[] = [];

beforeAll(async () => {
  const file = await exportHistory(await filled(), 7);
  const text = strFromU8(gunzipSync(new Uint8Array(await file.arrayBuffer())));
  lines = text.trimEnd().split("\n").map((line) => JSON.parse(line) as JsonObject);
});

function file(given: readonly unknown[] = lines): Blob {
  return new Blob([gzipSync(strToU8(given.map((line) => `${JSON.stringify(line)}\n`).join("")))]);
}

const EMPTY = { documents: 0, results: 0, schemas: 0, renamed: [] };

async function counts(database: Database): Promise<unknown> {
  const ids: string[] = [];
  await new ResultStore(database).walk(({ id }) => ids.push(id) > 0);
  return [ids.sort(), await new DocumentStore(database).head("d1"), await new SchemaStore(database).all()];
}

describe("a history", () => {
  it("comes back as it was, to the last byte", async () => {
    const database = freshDatabase();
    expect(await importHistory(file(), database)).toEqual({ documents: 1, results: 2, schemas: 1, known: 0, renamed: [] });
    const document = await new DocumentStore(database).get("d1");
    expect(document?.reading).toEqual(READING);
    expect(document?.original?.type).toBe("text/plain");
    expect(Buffer.from(await (document?.original ?? new Blob()).arrayBuffer()).equals(ORIGINAL)).toBe(true);
    expect(await new ResultStore(database).get("r1")).toEqual(REVIEWED);
    expect(await counts(database)).toEqual([["r1", "r2"], HEAD, [SCHEMA]]);
  });

  it("is told from what is here already, which stays as it is", async () => {
    const database = freshDatabase();
    await new ResultStore(database).put({ ...RESULT, schemaName: "mine" });
    expect(await importHistory(file(), database)).toEqual({ documents: 1, results: 1, schemas: 1, known: 1, renamed: [] });
    expect((await new ResultStore(database).get("r1"))?.schemaName).toBe("mine");
    expect(await importHistory(file(), database)).toEqual({ ...EMPTY, known: 4 });
  });

  it("may be opened as plain lines too", async () => {
    const plain = new Blob([lines.map((line) => JSON.stringify(line)).join("\n")]);
    expect(await importHistory(plain, freshDatabase())).toMatchObject({ documents: 1, results: 2 });
  });
});

describe("a schema that was saved", () => {
  const here = async (...schemas: readonly SavedSchema[]): Promise<SchemaStore> => {
    const store = new SchemaStore(freshDatabase());
    for (const schema of schemas) await store.put(schema);
    return store;
  };
  const all = async (store: SchemaStore): Promise<unknown> => (await store.all()).map(({ name, source }) => `${name} ${source}`).sort();

  it("gets a number where another one has its name, and does so once", async () => {
    const store = await here({ ...SCHEMA, id: "other", source: "{}" });
    const first = new SchemaImport(store);
    expect([await first.take(SCHEMA), first.renamed]).toEqual([true, ["Visit 2"]]);
    const again = new SchemaImport(store);
    expect([await again.take(SCHEMA), again.renamed]).toEqual([false, []]);
    expect(await all(store)).toEqual(['Visit 2 {"type":"object"}', "Visit {}"]);
  });

  it("does not take the place of one that was changed since, but stands beside it", async () => {
    const store = await here({ ...SCHEMA, source: "{}" });
    expect(await new SchemaImport(store).take(SCHEMA)).toBe(true);
    expect(await all(store)).toEqual(['Visit 2 {"type":"object"}', "Visit {}"]);
    expect(await new SchemaImport(store).take(SCHEMA)).toBe(false);
  });

  it("is known under the name that it was given here", async () => {
    const store = await here({ ...SCHEMA, name: "Journey" });
    expect(await new SchemaImport(store).take(SCHEMA)).toBe(false);
    expect(await all(store)).toEqual(['Journey {"type":"object"}']);
  });

  it("gets a number also where the file itself has its name twice", async () => {
    const import_ = new SchemaImport(await here());
    await import_.take(SCHEMA);
    await import_.take({ ...SCHEMA, id: "s2", source: "{}" });
    expect(import_.renamed).toEqual(["Visit 2"]);
  });
});

describe("the format", () => {
  it("is the second one, and the first one is read", async () => {
    expect(lines[0]).toMatchObject({ format: "excerpt-history", version: 2 });
    const first = [{ ...lines[0], version: 1 }, ...lines.slice(1)];
    expect(await importHistory(file(first), freshDatabase())).toMatchObject({ documents: 1, results: 2, schemas: 1 });
  });

  it.each([0, 1.5, "2", null])("is refused as version %j", async (version) => {
    await expect(importHistory(file([{ ...lines[0], version }, ...lines.slice(1)]), freshDatabase())).rejects.toMatchObject({ code: "history-file" });
  });
});

describe("a file that is not right is refused, and nothing of it is written:", () => {
  const at = (kind: string): number => lines.findIndex((line) => line.kind === kind);
  const with_ = (kind: string, change: (line: JsonObject) => unknown): unknown[] => lines.map((line, index) => (index === at(kind) ? change(line) : line));
  const inner = (line: JsonObject, key: string, more: JsonObject): JsonObject => ({ ...line, [key]: { ...(line[key] as JsonObject), ...more } });
  const cases: Record<string, () => unknown[]> = {
    "no head": () => lines.slice(1),
    "another format": () => with_("x", (line) => line).map((line, index) => (index === 0 ? { format: "other", version: 1, exportedAt: 1 } : line)),
    "a key that nobody knows": () => with_("result", (line) => ({ ...line, more: 1 })),
    "a key that nobody knows, within": () => with_("result", (line) => inner(line, "result", { more: 1 })),
    "a key that is missing": () => with_("document", (line) => inner(line, "head", { name: undefined as unknown as string })),
    "a status that is none": () => with_("result", (line) => inner(line, "result", { status: "running" })),
    "a number for a text": () => with_("schema", (line) => inner(line, "schema", { source: 5 })),
    "a schema without a name": () => with_("schema", (line) => inner(line, "schema", { name: "" })),
    "a schema whose name nobody could type": () => with_("schema", (line) => inner(line, "schema", { name: " Visit" })),
    "a place beyond the text": () => with_("document", (line) => inner(line, "reading", { text: "short" })),
    "a place that ends before it begins": () => with_("result", (line) => inner(line, "result", { reviews: { "/who": { status: "accepted", value: 1, span: { start: 5, end: 1 }, at: 1 } } })),
    "bytes that are missing": () => lines.filter((_, index) => index !== at("bytes")),
    "bytes of another document": () => with_("bytes", (line) => ({ ...line, of: "other" })),
    "bytes that are none": () => with_("bytes", (line) => ({ ...line, data: "<script>" })),
    "an id that is there twice": () => [...lines.slice(0, -1), ...lines.filter((line) => line.kind === "result").slice(0, 1), lines.at(-1)],
    "an end that is missing": () => lines.slice(0, -1),
    "an end that counts otherwise": () => with_("end", (line) => ({ ...line, results: 3 })),
    "something after the end": () => [...lines, lines.at(-1)],
    "a line that is no object": () => [lines[0], 5, ...lines.slice(1)],
  };

  it.each(Object.keys(cases))("%s", async (name) => {
    const database = freshDatabase();
    await expect(importHistory(file(cases[name]?.()), database)).rejects.toMatchObject({ kind: "input", code: "history-file" });
    expect(await counts(database)).toEqual([[], undefined, []]);
  });

  it("a newer format, which says so", async () => {
    const newer = [{ format: "excerpt-history", version: 3, exportedAt: 1 }, ...lines.slice(1)];
    await expect(importHistory(file(newer), freshDatabase())).rejects.toMatchObject({ code: "history-version" });
  });

  it.each([["no text", new Blob([new Uint8Array([0xff, 0xfe, 0])])], ["no JSON", new Blob(["Dear reader,\n"])], ["an empty file", new Blob([])], ["half an archive", new Blob([gzipSync(strToU8("{}")).slice(0, 12)])]])("%s", async (_, given) => {
    await expect(importHistory(given, freshDatabase())).rejects.toMatchObject({ code: "history-file" });
  });

  it("and the message has no text of the document in it", async () => {
    const refused = importHistory(file(cases["a place beyond the text"]?.()), freshDatabase());
    await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining("short") as string });
  });
});
