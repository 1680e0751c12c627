/** What is done to single fields in the editor, which one is open, and what is said about it. */

import { batch, signal } from "@preact/signals";
import { t } from "../i18n/index.js";
import { type AbsenceChoice, setAbsence } from "../schema/absence.js";
import { parseJson } from "../schema/content.js";
import { type Draft, type DraftField, readDraft, ROOT, writeDraft } from "../schema/draft.js";
import { groupIn, newDraft } from "../schema/kinds.js";
import { plain } from "../schema/plain.js";
import { changeField, type Direction, find, insertField, moveField, type Place, removeField, step } from "../schema/tree.js";
import type { SchemaState } from "./schema-state.js";

export class FieldEditing {
  /** The field whose form is open. */
  readonly open = signal<number | null>(null);
  /** The field whose line takes the focus once it is drawn. */
  readonly focus = signal<number | null>(null);
  /** What has just happened, for those who do not see it. */
  readonly said = signal("");

  constructor(readonly schema: SchemaState) {}

  toggle(key: number): void {
    this.open.value = this.open.value === key ? null : key;
  }

  rename(key: number, name: string): void {
    this.#changeField(key, `name ${String(key)}`, (field) => ({ ...field, name }));
  }

  /** A name is not begun or ended with a blank; while somebody types, it may be. */
  settleName(key: number): void {
    const name = this.#find(key)?.field.name ?? "";
    if (name !== name.trim()) this.rename(key, name.trim());
  }

  /** @param what the same again is undone with it; empty for what stands alone */
  changeDraft(key: number, what: string, change: (draft: Draft) => Draft): void {
    this.#changeField(key, what === "" ? "" : `${what} ${String(key)}`, (field) => ({ ...field, draft: change(field.draft) }));
  }

  setAbsence(key: number, absence: AbsenceChoice): void {
    this.schema.change("", (root) => setAbsence(root, key, absence));
  }

  /** Takes the JSON of one field. False where it is none. */
  setJson(key: number, text: string): boolean {
    const value = parseJson(text);
    if (value === undefined) return false;
    this.changeDraft(key, "json", () => readDraft(value, this.schema.keys));
    return true;
  }

  /** Says a field, or the whole, in plainer words that mean the same. */
  makePlain(key: number): void {
    const { root } = this.schema;
    if (root.value === null) return;
    const whole = writeDraft(root.value);
    this.changeDraft(key, "", (draft) => readDraft(plain(writeDraft(draft), whole), this.schema.keys));
  }

  /** Adds an empty field at the end of a group, and opens it. */
  add(parent: number): void {
    const { root, keys } = this.schema;
    if (root.value === null) return;
    const group = parent === ROOT ? root.value : this.#groupOf(parent);
    const key = keys.next();
    batch(() => {
      this.schema.change("", (before) => insertField(before, { parent, index: group?.fields?.length ?? 0 }, { key, name: "", draft: newDraft("text") }, true));
      this.open.value = key;
    });
  }

  /** Adds fields to the end of the whole. */
  addFields(fields: readonly DraftField[]): void {
    const insert = (root: Draft, field: DraftField): Draft => insertField(root, { parent: ROOT, index: groupIn(root)?.fields?.length ?? 0 }, field, true);
    batch(() => {
      this.schema.change("", (root) => fields.reduce(insert, root));
      this.open.value = null;
      this.said.value = t("schema.saidAdded", { count: fields.length });
    });
  }

  remove(key: number): void {
    const found = this.#find(key);
    if (found === null) return;
    const { siblings, index, field, parent } = found;
    const next = siblings[index + 1] ?? siblings[index - 1];
    batch(() => {
      this.schema.change("", (root) => removeField(root, key));
      if (this.open.value === key) this.open.value = null;
      this.focus.value = next?.key ?? (parent === ROOT ? null : parent);
      this.said.value = t("schema.saidRemoved", { name: shownName(field.name) });
    });
  }

  /** One step; nothing happens where none leads there. */
  move(key: number, direction: Direction): void {
    const { value: root } = this.schema.root;
    const place = root === null ? null : step(root, key, direction);
    if (place !== null) this.moveTo(key, place);
  }

  /** Moves a field to a place, counted without the field itself. */
  moveTo(key: number, place: Place): void {
    batch(() => {
      this.schema.change("", (root) => moveField(root, key, place));
      this.focus.value = key;
      const found = this.#find(key);
      if (found === null) return;
      this.said.value = t("schema.saidMoved", { name: shownName(found.field.name), place: found.index + 1, count: found.siblings.length });
    });
  }

  undo(): void {
    this.#back(() => { this.schema.undo(); }, t("schema.saidUndone"));
  }

  redo(): void {
    this.#back(() => { this.schema.redo(); }, t("schema.saidRedone"));
  }

  #back(act: () => void, said: string): void {
    batch(() => {
      act();
      if (this.open.value !== null && this.#find(this.open.value) === null) this.open.value = null;
      this.said.value = said;
    });
  }

  #changeField(key: number, what: string, change: (field: DraftField) => DraftField): void {
    this.schema.change(what, (root) => changeField(root, key, change));
  }

  #find(key: number): ReturnType<typeof find> {
    const { value: root } = this.schema.root;
    return root === null ? null : find(root, key);
  }

  #groupOf(key: number): Draft | null {
    const field = this.#find(key)?.field;
    return field === undefined ? null : groupIn(field.draft);
  }
}

/** What a field is called on the page, one without a name included. */
export function shownName(name: string): string {
  return name.trim() === "" ? t("schema.newField") : name;
}
