/**
 * The schema on the page: a preset, one saved under a name, or the reader's own. A preset is taken as it is;
 * the first change makes it the reader's own, which is kept over a reload. One that is saved is changed where
 * it is. Every change can be undone.
 */

import { batch, computed, signal } from "@preact/signals";
import { type ErrorData, InputError } from "../../shared/errors.js";
import type { JsonSchema } from "../../shared/schema.js";
import { errorText } from "../i18n/errors.js";
import { t, tEnglish } from "../i18n/index.js";
import { type Content, contentOf, contentOfDraft, parseSchema, pretty, schemaOf } from "../schema/content.js";
import { type Draft, Keys } from "../schema/draft.js";
import { newDraft } from "../schema/kinds.js";
import { presetLabel, problemError, problemText } from "../schema/labels.js";
import { PRESETS } from "../schema/presets.js";
import { draftProblems, fieldAt } from "../schema/problems.js";
import { goBack, goForward, type History, NO_HISTORY, remember } from "../schema/undo.js";
import type { SavedSchemas } from "./saved-schemas.js";
import { keep, type KeyValueStore } from "./storage.js";

const SCHEMA_KEY = "excerpt.schema";
export const OWN = "own";

export type SchemaTab = "fields" | "json";

/** What a step of undo brings back. */
interface Step extends Content {
  readonly choice: string;
  /** The reader's own schema as JSON text; empty until there is one. */
  readonly own: string;
}

export class SchemaState {
  readonly #now = signal<Step>({ choice: "", own: "", source: "", root: null });
  readonly #history = signal<History<Step>>(NO_HISTORY);
  /** A preset's id, a saved schema's, or `own`. */
  readonly choice = computed(() => this.#now.value.choice);
  readonly own = computed(() => this.#now.value.own);
  /** The JSON text, as typed or as the fields make it. */
  readonly source = computed(() => this.#now.value.source);
  /** The fields; null where the text is no list of fields. */
  readonly root = computed(() => this.#now.value.root);
  /** The schema to run, or null while it cannot be one. */
  readonly schema = computed<JsonSchema | null>(() => schemaOf(this.#now.value));
  /** What it is called. */
  readonly name = computed(() => this.#nameOf(this.#now.value.choice));
  readonly canUndo = computed(() => this.#history.value.past.length > 0);
  readonly canRedo = computed(() => this.#history.value.future.length > 0);
  /** Is it being edited? Who only takes a preset never sees that. */
  readonly editing = signal(false);
  readonly tab = signal<SchemaTab>("fields");
  /** What the engine says of the present schema. */
  readonly refusal = signal<ErrorData | null>(null);
  /** What it was called where it came from, to be offered when it is saved. */
  readonly givenName = signal("");
  readonly keys = new Keys();

  constructor(readonly store: KeyValueStore, readonly saved: SavedSchemas) {
    const { choice, own, source } = readSaved(store.getItem(SCHEMA_KEY));
    this.#show({ choice, own, ...this.#contentOf(choice, own, source) });
  }

  /** Reads the saved schemas. One that was chosen and is gone stays on the page as the reader's own. */
  async start(): Promise<void> {
    await this.saved.load();
    const { choice, source } = this.#now.value;
    if (this.isSaved() && this.saved.get(choice) === undefined) this.#put({ ...this.#now.value, choice: OWN, own: source });
  }

  /** Is the schema on the page one that was saved under a name? */
  isSaved(): boolean {
    return this.choice.value !== OWN && PRESETS.every(({ id }) => id !== this.choice.value);
  }

  choose(choice: string): void {
    const { own } = this.#now.value;
    const saved = this.saved.get(choice);
    batch(() => {
      this.#show({ choice, own, ...this.#contentOf(choice, own, saved?.source ?? "") });
      this.#save();
    });
  }

  /** @param what names the change, so that the same again is undone with it; empty for one that stands alone */
  change(what: string, change: (root: Draft) => Draft): void {
    const { root } = this.#now.value;
    const changed = root === null ? null : change(root);
    if (changed === null || changed === root) return;
    this.#do(what, contentOfDraft(changed));
  }

  editSource(source: string): void {
    this.#do("source", contentOf(source, this.keys));
  }

  /** Begins anew: with a schema brought along, or with an empty list. It becomes the reader's own. */
  replace(schema: JsonSchema | null, name = ""): void {
    const content = schema === null ? contentOfDraft(newDraft("group")) : contentOf(pretty(schema), this.keys);
    batch(() => {
      this.#do("", content, OWN);
      this.givenName.value = name;
      this.tab.value = content.root === null ? "json" : "fields";
      this.editing.value = true;
    });
  }

  /** Saves what is on the page under a name and goes on with that. */
  saveAs(name: string): void {
    const { source, own, choice } = this.#now.value;
    const added = this.saved.add(name, source);
    batch(() => {
      this.#put({ ...this.#now.value, choice: added.id, own: choice === OWN ? "" : own });
      this.#history.value = NO_HISTORY;
      this.givenName.value = "";
    });
  }

  deleteSaved(): void {
    if (!this.isSaved()) return;
    this.saved.remove(this.choice.value);
    this.choose(PRESETS[0]?.id ?? OWN);
  }

  undo(): void {
    this.#step(goBack(this.#history.value, this.#now.value));
  }

  redo(): void {
    this.#step(goForward(this.#history.value, this.#now.value));
  }

  /** What is to be mended in a field (ROOT: in the whole): what we see ourselves before what the engine says. */
  problemAt(key: number): string | null {
    const { root } = this.#now.value;
    const ours = root === null ? undefined : draftProblems(root).find((problem) => problem.key === key);
    if (ours !== undefined) return problemText(ours);
    const refusal = this.refusal.value;
    if (refusal === null || root === null || fieldAt(root, refusal.place ?? "") !== key) return null;
    const { message, advice } = errorText(refusal);
    return `${message} ${advice}`;
  }

  /** Why there is no schema to run: the error to show when Extract is pressed all the same. */
  problem(): ErrorData | null {
    if (this.schema.value !== null) return this.refusal.value;
    const { root } = this.#now.value;
    if (root === null) return new InputError("schema-not-json", tEnglish("schema.notJson"), tEnglish("schema.notJsonAdvice")).toData();
    return problemError(draftProblems(root)[0]).toData();
  }

  /** The same in the page's language, without what to do. */
  problemWords(): string | null {
    const problem = this.problem();
    return problem === null ? null : errorText(problem).message;
  }

  #contentOf(choice: string, own: string, source: string): Content {
    const preset = PRESETS.find(({ id }) => id === choice);
    return contentOf(preset !== undefined ? pretty(preset.schema) : choice === OWN ? own : source, this.keys);
  }

  #nameOf(choice: string): string {
    if (choice === OWN) return t("schema.own");
    return this.saved.get(choice)?.name ?? presetLabel(choice);
  }

  /** A change by the reader: a preset becomes their own by it, and the step back is kept. */
  #do(what: string, content: Content, choice = this.isSaved() ? this.choice.value : OWN): void {
    const before = this.#now.value;
    batch(() => {
      this.#history.value = remember(this.#history.value, before, what);
      this.#put({ choice, own: choice === OWN ? content.source : before.own, ...content });
    });
  }

  #step(step: { readonly history: History<Step>; readonly value: Step } | null): void {
    if (step === null) return;
    batch(() => {
      this.#history.value = step.history;
      this.#put(step.value);
    });
  }

  #put(now: Step): void {
    const before = this.#now.value;
    batch(() => {
      this.#now.value = now;
      if (now.source !== before.source) this.refusal.value = null;
      this.#save();
    });
    if (now.source !== before.source && this.saved.get(now.choice) !== undefined) this.saved.change(now.choice, { source: now.source });
  }

  /** Shows what was chosen; there is nothing to undo yet. */
  #show(now: Step): void {
    this.#now.value = now;
    this.#history.value = NO_HISTORY;
    this.refusal.value = null;
    this.givenName.value = "";
  }

  #save(): void {
    const { choice, own, source } = this.#now.value;
    keep(this.store, SCHEMA_KEY, JSON.stringify({ choice, own, ...(this.isSaved() ? { source } : {}) }));
  }
}

function readSaved(saved: string | null): { choice: string; own: string; source: string } {
  const value = parseSchema(saved ?? "");
  const text = (name: string): string => (typeof value?.[name] === "string" ? value[name] : "");
  const [choice, own, source] = [text("choice"), text("own"), text("source")];
  const known = choice === OWN ? own !== "" : PRESETS.some(({ id }) => id === choice) || (choice !== "" && source !== "");
  return { choice: known ? choice : (PRESETS[0]?.id ?? OWN), own, source };
}
