/**
 * The schema on the page, as rows or as JSON. A preset is taken as it is; the first change makes it the
 * reader's own, which is kept beside the presets and over a reload.
 */

import { batch, computed, signal } from "@preact/signals";
import { type ErrorData, InputError } from "../../shared/errors.js";
import type { JsonSchema, JsonValue } from "../../shared/schema.js";
import { PRESETS } from "../schema/presets.js";
import { EMPTY_ROW, fromSchema, isObject, type Row, rowAt, rowProblems, toSchema } from "../schema/rows.js";
import { keep, type KeyValueStore } from "./storage.js";

const SCHEMA_KEY = "excerpt.schema";
export const OWN = "own";

/** A row with an identity of its own, so that moving it moves its inputs too. */
export interface KeyedRow extends Row {
  readonly key: number;
}

export type SchemaTab = "fields" | "json";

export class SchemaState {
  /** A preset's id, or `own`. */
  readonly choice = signal("");
  readonly tab = signal<SchemaTab>("fields");
  readonly rows = signal<readonly KeyedRow[]>([]);
  /** The JSON tab's text, as typed. */
  readonly source = signal("");
  /** Why the JSON cannot be shown as rows. */
  readonly tabProblem = signal<string | null>(null);
  /** What the engine says of the present schema. */
  readonly refusal = signal<ErrorData | null>(null);
  /** The reader's own schema as JSON text; empty until there is one. */
  readonly own = signal("");
  #lastKey = 0;

  /** The schema to run, or null while it cannot be one. */
  readonly schema = computed<JsonSchema | null>(() => {
    if (this.tab.value === "json") return parseSchema(this.source.value);
    return rowProblems(this.rows.value).length === 0 ? toSchema(this.rows.value) : null;
  });

  constructor(readonly store: KeyValueStore) {
    const saved = readSaved(store.getItem(SCHEMA_KEY));
    this.own.value = saved.own;
    this.choose(saved.choice);
  }

  /** The messages of row `index` (-1: of the whole), ours before the engine's. */
  problemAt(index: number): string | null {
    const ours = rowProblems(this.rows.value).find(({ row }) => row === index);
    if (ours !== undefined) return ours.message;
    const refusal = this.refusal.value;
    if (refusal === null || rowAt(refusal.place ?? "", this.rows.value) !== index) return null;
    return `${refusal.message} ${refusal.advice}`;
  }

  /** Why there is no schema to run: the error to show when Extract is pressed all the same. */
  problem(): ErrorData | null {
    if (this.schema.value !== null) return this.refusal.value;
    if (this.tab.value === "json") return notJson().toData();
    const first = rowProblems(this.rows.value)[0];
    return new InputError("schema-incomplete", first?.message ?? "The schema is incomplete.", "Mend the field that is marked.").toData();
  }

  choose(choice: string): void {
    const preset = PRESETS.find(({ id }) => id === choice);
    batch(() => {
      if (preset !== undefined) this.#show(choice, toSchema(preset.rows));
      else this.#show(OWN, parseSchema(this.own.value), this.own.value);
      this.save();
    });
  }

  edit(index: number, change: Partial<Row>): void {
    this.#changeRows(this.rows.value.map((row, at) => (at === index ? { ...row, ...change } : row)));
  }

  /** Adds an empty row and gives its key, so that the view can open it. */
  add(): number {
    const added = this.#keyed(EMPTY_ROW);
    this.#changeRows([...this.rows.value, added]);
    return added.key;
  }

  remove(index: number): void {
    this.#changeRows(this.rows.value.filter((_, at) => at !== index));
  }

  /** Moves a row up (-1) or down (1); nothing happens at the ends. */
  move(index: number, by: -1 | 1): void {
    const rows = [...this.rows.value];
    const [row] = rows.splice(index, 1);
    if (row === undefined || index + by < 0 || index + by > rows.length) return;
    rows.splice(index + by, 0, row);
    this.#changeRows(rows);
  }

  editSource(source: string): void {
    batch(() => {
      this.source.value = source;
      this.#becomeOwn(source);
    });
  }

  /** Changes the view; JSON that rows cannot show keeps the JSON view and says so. */
  openTab(tab: SchemaTab): void {
    batch(() => {
      this.tabProblem.value = null;
      if (tab === "json" && this.tab.value === "fields") this.source.value = pretty(toSchema(this.rows.value));
      if (tab === "fields" && !this.#takeRows(parseSchema(this.source.value))) return;
      this.tab.value = tab;
    });
  }

  save(): void {
    keep(this.store, SCHEMA_KEY, JSON.stringify({ choice: this.choice.value, own: this.own.value }));
  }

  #show(choice: string, schema: JsonSchema | null, source?: string): void {
    const rows = schema === null ? null : fromSchema(schema);
    this.choice.value = choice;
    this.refusal.value = this.tabProblem.value = null;
    this.source.value = source ?? pretty(schema ?? {});
    this.rows.value = (rows ?? []).map((row) => this.#keyed(row));
    if (rows === null) this.tab.value = "json";
  }

  #takeRows(schema: JsonSchema | null): boolean {
    const rows = schema === null ? null : fromSchema(schema);
    if (rows === null) {
      this.tabProblem.value = schema === null
        ? "This is no JSON object yet, so it cannot be shown as fields."
        : "This schema says more than the list of fields can show, so it stays as JSON. It can be used as it is.";
      return false;
    }
    this.rows.value = rows.map((row) => this.#keyed(row));
    return true;
  }

  #changeRows(rows: readonly KeyedRow[]): void {
    batch(() => {
      this.rows.value = rows;
      this.#becomeOwn(pretty(toSchema(rows)));
    });
  }

  #becomeOwn(source: string): void {
    this.choice.value = OWN;
    this.own.value = source;
    this.refusal.value = this.tabProblem.value = null;
    this.save();
  }

  #keyed(row: Row): KeyedRow {
    this.#lastKey += 1;
    return { ...row, key: this.#lastKey };
  }
}

/** The text as a JSON object, or null. */
export function parseSchema(source: string): JsonSchema | null {
  try {
    const value = JSON.parse(source) as JsonValue;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function notJson(): InputError {
  return new InputError("schema-not-json", "The schema is not a JSON object.", "Check brackets, commas and quotation marks.");
}

function pretty(schema: JsonSchema): string {
  return JSON.stringify(schema, null, 2);
}

function readSaved(saved: string | null): { choice: string; own: string } {
  const first = PRESETS[0]?.id ?? OWN;
  const value = parseSchema(saved ?? "");
  const own = typeof value?.own === "string" ? value.own : "";
  const choice = typeof value?.choice === "string" ? value.choice : first;
  const known = (choice === OWN && own !== "") || PRESETS.some(({ id }) => id === choice);
  return { choice: known ? choice : first, own };
}
