/**
 * Fields that a document suggests, by rules alone: the same text gives the same fields.
 *
 *   label, column, total   a value after its label, or beside it (labels.ts)
 *   table, items           lines with the same cells (tables.ts)
 *   repeated               a label that comes again with another value: a list
 *   email, phone, …, date  known by their form (loose.ts), where no label has claimed them
 */

import { findDates } from "../../../normalize/date.js";
import type { JsonSchema } from "../../../shared/schema.js";
import { type Draft, type DraftField, Keys, withMembers, writeDraft } from "../draft.js";
import { newDraft, withEntryKind, withText } from "../kinds.js";
import { findLabels } from "./labels.js";
import { linesOf } from "./lines.js";
import { findLoose } from "./loose.js";
import type { Column, Suggestion } from "./suggestion.js";
import { findTables } from "./tables.js";

/** A form shows its fields early; more than this is not looked through. */
const MOST_TEXT = 40_000;
/** More than this is no help. */
const MOST_FIELDS = 40;

/** In the order of the document. */
export function suggestFields(text: string): readonly Suggestion[] {
  const read = text.slice(0, MOST_TEXT);
  const dates = findDates(read);
  const lines = linesOf(read);
  const tables = findTables(lines, dates);
  const outside = lines.filter((_, index) => !tables.some(({ from, to }) => index >= from && index < to));
  const named = [...tables.map(({ suggestion }) => suggestion), ...joined(findLabels(outside, dates))];
  const claimed = [...named.map(spanOf), ...tables.map(({ from, to }) => ({ start: lines[from]?.start ?? 0, end: lines[to]?.start ?? read.length }))];
  const free = findLoose(read, dates).filter(({ start }) => !claimed.some((span) => start >= span.start && start < span.end));
  const dated = named.some(({ kind }) => kind === "date");
  const loose = free.filter(({ rule }) => rule !== "date" || !dated);
  return distinct([...named, ...loose]).sort((left, right) => left.start - right.start).slice(0, MOST_FIELDS);
}

function spanOf({ start, sample }: Suggestion): { readonly start: number; readonly end: number } {
  return { start, end: start + sample.length };
}

/** The same label again with another value makes a list of both. */
function joined(found: readonly Suggestion[]): readonly Suggestion[] {
  const names = new Set(found.map(({ name }) => name));
  return [...names].flatMap((name) => {
    const same = found.filter((one) => one.name === name);
    const [first] = same;
    if (first === undefined) return [];
    const differ = new Set(same.map(({ sample }) => sample)).size > 1;
    if (!differ || first.kind === "list" || first.rule === "total") return [first];
    const kind = same.every((one) => one.kind === first.kind) ? first.kind : "text";
    return [{ ...first, kind: "list", entry: kind, format: kind === "text" ? first.format : null, rule: "repeated" }];
  });
}

/** One of each name. */
function distinct(found: readonly Suggestion[]): Suggestion[] {
  return found.filter(({ name }, index) => found.findIndex((other) => other.name === name) === index);
}

/** A suggestion as a field of the editor. */
export function fieldOf(suggestion: Suggestion, keys: Keys): DraftField {
  return { key: keys.next(), name: suggestion.name, draft: draftOf(suggestion, keys) };
}

/** A schema of these fields alone. */
export function schemaOf(found: readonly Suggestion[]): JsonSchema {
  const keys = new Keys();
  const fields = found.map((one) => fieldOf(one, keys));
  const whole = withMembers(newDraft("group"), { fields, required: fields.map(({ key }) => ({ field: key })) });
  return writeDraft(whole) as JsonSchema;
}

function draftOf(suggestion: Suggestion, keys: Keys): Draft {
  if (suggestion.kind !== "list") return columnDraft(suggestion);
  const list = withEntryKind(newDraft("list", note(suggestion)), suggestion.entry ?? "text");
  const { item } = list;
  if (item === null) return list;
  if (suggestion.entry === "text" && suggestion.format !== null) return withMembers(list, { item: withText(item, "format", suggestion.format) });
  if (suggestion.entry !== "group") return list;
  const fields = suggestion.columns.map((column) => ({ key: keys.next(), name: column.name, draft: columnDraft(column) }));
  return withMembers(list, { item: withMembers(item, { fields, required: fields.map(({ key }) => ({ field: key })) }) });
}

function columnDraft(column: Column): Draft {
  const draft = newDraft(column.kind, note(column));
  return column.format === null ? draft : withText(draft, "format", column.format);
}

function note({ description }: Column): { readonly description?: string } {
  return description === "" ? {} : { description };
}
