/**
 * Takes a history file in: first the whole file is checked, line by line, and only if all of it is right anything
 * is written. What is here already stays as it is.
 */

import { InputError } from "../../shared/errors.js";
import type { LineFault, Phrases } from "../../shared/wordings.js";
import type { Database } from "../store/database.js";
import { DocumentStore } from "../store/documents.js";
import { ResultStore } from "../store/results.js";
import { SchemaStore } from "../store/schemas.js";
import { fromBase64 } from "./base64.js";
import { HEAD, LINE, type Line, problemOf, type Unlike, VERSION } from "./checks.js";
import { linesOf } from "./file-lines.js";
import { SchemaImport } from "./import-schemas.js";

export interface Imported {
  readonly documents: number;
  readonly results: number;
  readonly schemas: number;
  /** What was here already. */
  readonly known: number;
  /** The new names of schemas whose own name was taken. */
  readonly renamed: readonly string[];
}

/** @throws InputError `history-file` with the line, or `history-version`; then nothing has been written */
export async function importHistory(file: Blob, database: Database): Promise<Imported> {
  const order = new Order();
  for await (const line of checkedLines(file)) order.take(line);
  order.finish();
  const writer = new Writer(database);
  for await (const line of checkedLines(file)) await writer.take(line);
  await writer.finish();
  return writer.imported;
}

async function* checkedLines(file: Blob): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of linesOf(file)) {
    number += 1;
    const value = parsed(text, number);
    if (number === 1) checkHead(value);
    else {
      const problem = problemOf(LINE, value);
      if (problem !== null) throw unlike(number, problem);
      yield value as Line;
    }
  }
  if (number === 0) throw wrong(1, "empty", "the file is empty");
}

function parsed(text: string, number: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw wrong(number, "no-json", "it is no JSON");
  }
}

function checkHead(value: unknown): void {
  const version: unknown = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (typeof version === "number" && version > VERSION) {
    throw new InputError(["history-version", { version }], `This file was written by a newer Excerpt (version ${version} of the format; this one reads ${VERSION}).`, "Load the newest version of this page and try again.");
  }
  const problem = problemOf(HEAD, value);
  if (problem !== null) throw unlike(1, problem);
}

/** The lines together: every byte of a file is there, nothing is there twice, and the end is the end. */
class Order {
  readonly #ids = new Set<string>();
  readonly #tally = { documents: 0, results: 0, schemas: 0 };
  #number = 1;
  #open: { readonly id: string; left: number } | null = null;
  #ended = false;

  take(line: Line): void {
    this.#number += 1;
    if (this.#ended) throw wrong(this.#number, "after-end", "something follows the end");
    if (line.kind === "bytes") this.#bytes(line);
    else this.#whole();
    switch (line.kind) {
      case "document":
        this.#once(`document ${line.head.id}`);
        this.#tally.documents += 1;
        this.#open = { id: line.head.id, left: line.bytes ?? 0 };
        break;
      case "result":
        this.#once(`result ${line.result.id}`);
        this.#tally.results += 1;
        break;
      case "schema":
        this.#once(`schema ${line.schema.id}`);
        this.#tally.schemas += 1;
        break;
      case "end": this.#end(line); break;
      case "bytes": break;
    }
  }

  finish(): void {
    if (!this.#ended) throw wrong(this.#number, "no-end", "the end of the file is missing");
  }

  #bytes({ of, data }: Extract<Line, { kind: "bytes" }>): void {
    if (this.#open?.id !== of) throw wrong(this.#number, "no-document", "bytes of no document");
    this.#open.left -= bytesIn(data);
    if (this.#open.left < 0) throw wrong(this.#number, "more-bytes", "more bytes than were told");
  }

  #whole(): void {
    if (this.#open !== null && this.#open.left > 0) throw wrong(this.#number, "fewer-bytes", "bytes of the document before are missing");
    this.#open = null;
  }

  #end({ documents, results, schemas }: Extract<Line, { kind: "end" }>): void {
    const same = documents === this.#tally.documents && results === this.#tally.results && schemas === this.#tally.schemas;
    if (!same) throw wrong(this.#number, "other-numbers", "other numbers of documents, results or schemas than there are");
    this.#ended = true;
  }

  #once(what: string): void {
    if (this.#ids.has(what)) throw wrong(this.#number, "same-id", "an id that was there before");
    this.#ids.add(what);
  }
}

class Writer {
  readonly #documents: DocumentStore;
  readonly #results: ResultStore;
  readonly #schemas: SchemaImport;
  readonly #tally = { documents: 0, results: 0, schemas: 0, known: 0 };
  #open: { readonly line: Extract<Line, { kind: "document" }>; readonly bytes: Uint8Array<ArrayBuffer>[] } | null = null;

  constructor(database: Database) {
    this.#documents = new DocumentStore(database);
    this.#results = new ResultStore(database);
    this.#schemas = new SchemaImport(new SchemaStore(database));
  }

  get imported(): Imported {
    return { ...this.#tally, renamed: this.#schemas.renamed };
  }

  async take(line: Line): Promise<void> {
    if (line.kind === "bytes") {
      this.#open?.bytes.push(fromBase64(line.data));
      return;
    }
    await this.finish();
    if (line.kind === "document") this.#open = { line, bytes: [] };
    if (line.kind === "result") await this.#count("results", (await this.#results.get(line.result.id)) !== undefined, () => this.#results.put(line.result));
    if (line.kind === "schema") this.#tally[(await this.#schemas.take(line.schema)) ? "schemas" : "known"] += 1;
  }

  /** Writes the document whose bytes are all there. */
  async finish(): Promise<void> {
    if (this.#open === null) return;
    const { line: { head, reading, bytes: told }, bytes } = this.#open;
    this.#open = null;
    await this.#count("documents", (await this.#documents.head(head.id)) !== undefined, async () => {
      await this.#documents.add(head, told === null ? null : new Blob(bytes, { type: head.type }));
      await this.#documents.putReading(head, reading);
    });
  }

  async #count(what: "documents" | "results", known: boolean, write: () => Promise<void>): Promise<void> {
    if (known) this.#tally.known += 1;
    else {
      await write();
      this.#tally[what] += 1;
    }
  }
}

function bytesIn(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

function wrong(line: number, fault: Exclude<Phrases["fault"], "expected">, why: string): InputError {
  return wrongLine(line, { fault }, why);
}

function unlike(line: number, { at, wanted }: Unlike): InputError {
  const fault: LineFault = at === "" || wanted === "" ? { fault: "unlike" } : { fault: "expected", at, wanted };
  return wrongLine(line, fault, `${at === "" ? "the line" : at}: ${wanted === "" ? "other values" : wanted} expected`);
}

function wrongLine(line: number, fault: LineFault, why: string): InputError {
  return new InputError(["history-file/line", { line, ...fault }], `Line ${line} of this history is wrong: ${why}. Nothing was taken over.`, "Export the history again where it came from.");
}
