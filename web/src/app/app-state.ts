/** All states of the page, and the effects between them. */

import { effect, signal, untracked } from "@preact/signals";
import type { Manifest } from "../shared/manifest.js";
import { EngineClient } from "./engine-client.js";
import { asExcerptError } from "../shared/errors.js";
import type { JsonSchema } from "../shared/schema.js";
import { t } from "./i18n/index.js";
import { listenForArrivals } from "./incoming.js";
import { createKeeping, type Keeping, runOnDocument, startKeeping } from "./keeping.js";
import { createReviewing, type Reviewing, startReviewing } from "./reviewing.js";
import { measureMemory } from "./numbers/memory.js";
import { PRESETS } from "./schema/presets.js";
import { DocumentState } from "./state/document-state.js";
import { ModelsState } from "./state/models/models-state.js";
import { StorageState } from "./state/models/storage-state.js";
import { type ModelOffer, ModelState, offerOf } from "./state/model-state.js";
import { NumbersState } from "./state/numbers/numbers-state.js";
import { SavedSchemas } from "./state/saved-schemas.js";
import { SchemaState } from "./state/schema-state.js";
import { InstallState } from "./state/shell/install-state.js";
import { ScreenState } from "./state/shell/screen-state.js";
import { ShellState } from "./state/shell/shell-state.js";
import { TrustState } from "./state/trust/trust-state.js";
import { UpdateState } from "./state/update-state.js";
import { type KeyValueStore, storeOrMemory } from "./state/storage.js";
import { Database } from "./store/database.js";
import { MeasureStore } from "./store/measures.js";
import { SchemaStore } from "./store/schemas.js";
import { EngineVersions } from "./versions.js";

const BUNDLE_URL = "/bundle/manifest.json";

/** How long the reader may pause in typing before work starts on the text, in milliseconds. */
const PAUSE_MS = 400;

export interface AppState extends Keeping, Reviewing {
  readonly client: EngineClient;
  /** What is kept on this device; the repositories in store/ are made on it. */
  readonly database: Database;
  readonly document: DocumentState;
  readonly schema: SchemaState;
  readonly model: ModelState;
  readonly update: UpdateState;
  readonly shell: ShellState;
  readonly screen: ScreenState;
  readonly install: InstallState;
  readonly trust: TrustState;
  readonly numbers: NumbersState;
  readonly models: ModelsState;
  /** What is remembered on this device beyond the tab. */
  readonly local: KeyValueStore;
  /** How much of the text has been read ahead, 0 to 1. */
  readonly readAhead: { value: number };
}

export function createAppState(): AppState {
  const trust = new TrustState(); // First: from here on nothing is carried out.
  const client = new EngineClient();
  const database = new Database();
  const session = storeOrMemory(() => sessionStorage);
  const local = storeOrMemory(() => localStorage);
  const persist = async (): Promise<unknown> => navigator.storage.persist();
  const now = (): number => performance.now();
  const model = new ModelState(client, { bundleUrl: BUNDLE_URL, store: local, now, persist });
  const source = new DocumentState(session);
  const numbers = new NumbersState(new MeasureStore(database), { memory: measureMemory, now: () => Date.now() });
  const typedName = (): string => t("work.typedText");
  const keeping = createKeeping({ client, database, document: source, model, session, local, typedName, readingEnded: (told) => { numbers.reading(told); } });
  const busy = (): boolean => keeping.run.active || keeping.batch.active;
  const update = new UpdateState(new EngineVersions(client), model, { bundleUrl: BUNDLE_URL, busy, now });
  return {
    ...keeping,
    ...createReviewing(keeping, source),
    client,
    database,
    document: source,
    schema: new SchemaState(local, new SavedSchemas(new SchemaStore(database))),
    model,
    update,
    models: new ModelsState(client, model, update, new StorageState(storages()), { bundleUrl: BUNDLE_URL, busy }),
    shell: new ShellState(),
    screen: new ScreenState(),
    install: new InstallState(local),
    trust,
    numbers,
    local,
    readAhead: signal(0),
  };
}

/** Undefined where the page is not secure. */
function storages(): StorageManager | undefined {
  return (navigator as Partial<Pick<Navigator, "storage">>).storage;
}

/** Starts what runs by itself: drafts, the check of the schema, reading ahead, and the model if it was wanted before. */
export function startApp(app: AppState): void {
  keepDraft(app);
  app.numbers.listen(app.records);
  void startKeeping(app, app.document);
  startReviewing(app);
  forgetStaleResult(app);
  checkSchema(app);
  void app.schema.start();
  readAhead(app);
  void app.shell.register();
  takeArrivals(app);
  if (app.model.wanted) startModel(app);
  makeOffer(app.model);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") app.update.lookAgain();
  });
  addEventListener("online", () => { app.update.lookAgain(); });
}

/** What is opened with the app or shared with it comes to the work, as what is dropped there does. */
function takeArrivals({ files, screen }: AppState): void {
  listenForArrivals((arrived) => {
    screen.open("work");
    files.open(arrived);
  });
}

/** Starts the model; how it goes is told by the model's state. */
export function startModel({ model }: AppState): void {
  model.start().catch(() => undefined);
}

/** What the Extract button does. */
export function extractNow(app: AppState): void {
  const { document: source, schema } = app;
  const problem = schema.problem();
  const wanted = schema.schema.value;
  if (problem !== null || wanted === null) app.run.refuse(problem);
  else runOnDocument(app, source, wanted, schema.name.value);
}

function keepDraft({ document: source, files }: AppState): void {
  afterPause(() => source.text.value, () => {
    source.save();
    void files.keepEdits();
  });
  addEventListener("pagehide", () => { source.save(); });
}

/** A result ends with the text it was read from; a failure also with the schema that may have been its cause. */
function forgetStaleResult({ document: source, schema, run, records, link }: AppState): void {
  onChange(() => source.text.value, () => {
    link.clear();
    records.hide();
    run.reset();
  });
  onChange(() => schema.schema.value, () => {
    if (run.status.value.state === "failed") run.reset();
  });
}

/** Calls `act` on each change of `read`'s value, not on the first one. */
function onChange(read: () => unknown, act: () => void): void {
  let seen: unknown = untracked(read);
  effect(() => {
    const value = read();
    if (value === seen) return;
    seen = value;
    untracked(act);
  });
}

/** Asks the engine of the reader's own schemas. The presets are sound, and the first load need not bring the engine for them. */
function checkSchema({ client, schema }: AppState): void {
  const toCheck = (): JsonSchema | null => (PRESETS.some(({ id }) => id === schema.choice.value) ? null : schema.schema.value);
  afterPause(toCheck, (wanted, signal) => {
    if (wanted === null) return;
    client.check(wanted, { signal }).then(
      () => { schema.refusal.value = null; },
      (thrown: unknown) => {
        const error = asExcerptError(thrown);
        if (!signal.aborted && error.kind === "input") schema.refusal.value = error.toData();
      },
    );
  });
}

/** Reads the text and what the schema asks before the button is pressed; a failure here is told when it is. */
function readAhead({ client, document: source, schema: asked, model, readAhead: progress }: AppState): void {
  const wanted = () => (model.status.value.state === "ready" ? { document: source.document.value, schema: asked.schema.value } : null);
  afterPause(wanted, (next, signal) => {
    const document = next?.document ?? null;
    if (document === null || document.text.trim() === "") return;
    progress.value = 0;
    const onEvent = (event: { tokensRead: number; tokens: number }): void => {
      progress.value = event.tokens === 0 ? 0 : event.tokensRead / event.tokens;
    };
    const schema = next?.schema ?? null;
    client.prefill(document, { signal, onEvent, ...(schema === null ? {} : { schema }) }).catch(() => undefined);
  });
}

/** Calls `act` when `read`'s value has rested for a while; the signal ends with the value. */
function afterPause<T>(read: () => T, act: (value: T, signal: AbortSignal) => void): void {
  effect(() => {
    const value = read();
    const abort = new AbortController();
    const timer = setTimeout(() => { act(value, abort.signal); }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
}

/** Name and size for the button, asked for once it is shown; without them (off line, say) it names no size. */
function makeOffer(model: ModelState): void {
  const stop = effect(() => {
    if (model.status.value.state !== "absent") return;
    queueMicrotask(() => { stop(); });
    void fetchOffer().then((offer) => { model.offer.value = offer; });
  });
}

async function fetchOffer(): Promise<ModelOffer | null> {
  try {
    const response = await fetch(BUNDLE_URL);
    return response.ok ? offerOf((await response.json()) as Partial<Manifest>) : null;
  } catch {
    return null; // The download itself will say what is wrong.
  }
}
