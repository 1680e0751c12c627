/**
 * The road of a document that is longer than the model reads at once: window by window, then one result.
 *
 * A window may answer null whatever the schema says, because what it does not hold may stand in another
 * one. What the schema requires and no window has found is asked for again, this time without a way
 * out, where the model was least sure that it is absent. Only one window's text, places and cache are
 * held at a time.
 */

import { merge, shifted, type Lists, type WindowResults } from "./merge.js";
import { narrowed, relaxed, rowPaths, type Field, type Plan } from "./plan.js";
import type { Reader, Reading } from "./reader.js";
import { leastSure } from "./results.js";
import type { SourceDocument, Span } from "../shared/document.js";
import { InputError } from "../shared/errors.js";
import type { ExtractionStats, FieldResult } from "../shared/extraction.js";
import type { ExtractEvent } from "../shared/protocol.js";

export interface WindowResult {
  /** In the plan's order, their places in the window. */
  readonly fields: readonly FieldResult[];
  readonly stats: ExtractionStats;
}

export interface LongTools {
  readonly reader: Pick<Reader, "open">;
  readonly onEvent: (event: ExtractEvent) => void;
  /** Asks one window for everything in a plan. */
  readonly ask: (reading: Reading, plan: Plan) => Promise<WindowResult>;
}

/** @throws InputError `nothing-to-answer`, CancelledError, DeviceError */
export async function extractLong(document: SourceDocument, windows: readonly Span[], plan: Plan, tools: LongTools): Promise<WindowResult> {
  const reading = new LongReading(document, windows, plan, tools);
  const lists = listsOf(plan);
  const results = await reading.all(lists);
  let fields = merge(results, lists);
  for (const field of plan.fields.filter((one) => !isMet(one, fields))) {
    const more = await reading.surely(field, results);
    fields = replaced(fields, field.path, (before) => merge([before, more], lists));
    if (!isMet(field, fields)) throw tooFew(field);
  }
  return { fields, stats: reading.stats() };
}

class LongReading {
  private readonly spent: ExtractionStats[] = [];

  constructor(
    private readonly document: SourceDocument,
    private readonly windows: readonly Span[],
    private readonly plan: Plan,
    private readonly tools: LongTools,
  ) {}

  /** What each window holds, told after each one as far as it is known. */
  async all(lists: Lists): Promise<WindowResults[]> {
    const results: WindowResults[] = [];
    const plan = relaxed(this.plan);
    const began = performance.now();
    const of = this.windows.length;
    this.tools.onEvent({ stage: "window", done: 0, of, fields: [], remainingMs: null });
    for (const window of this.windows) {
      results.push(await this.ask(window, plan));
      const done = results.length;
      const remainingMs = ((performance.now() - began) / done) * (of - done);
      this.tools.onEvent({ stage: "window", done, of, fields: merge(results, lists), remainingMs });
    }
    return results;
  }

  /** A field that may not be empty: of the window that is least sure of its absence, of the next one where nothing could fill it. */
  async surely(field: Field, results: readonly WindowResults[]): Promise<WindowResults> {
    const doubts = results.map((fields) => leastSure(fields.filter(({ path }) => path === field.path)).confidence);
    const order = [...this.windows.keys()].sort((a, b) => (doubts[a] ?? 1) - (doubts[b] ?? 1) || a - b);
    let refusal: unknown = tooFew(field);
    for (const index of order) {
      try {
        return await this.ask(this.windows[index] ?? { start: 0, end: 0 }, narrowed(this.plan, field));
      } catch (thrown) {
        if (!(thrown instanceof InputError && thrown.code === "nothing-to-answer")) throw thrown;
        refusal = thrown;
      }
    }
    throw refusal;
  }

  /** Everything that was asked so far, added up. */
  stats(): ExtractionStats {
    const [first, ...others] = this.spent;
    if (first === undefined) throw new RangeError("no window was read");
    return others.reduce(sum, first);
  }

  private async ask(window: Span, plan: Plan): Promise<WindowResults> {
    const reading = this.tools.reader.open(this.document, window);
    const { fields, stats } = await this.tools.ask(reading, plan);
    this.spent.push(stats);
    reading.prefillMs = 0; // Counted; the next window may read the same.
    return shifted(fields, window.start);
  }
}

function sum(a: ExtractionStats, b: ExtractionStats): ExtractionStats {
  const added = Object.entries(a).map(([figure, value]: [string, number]) => [figure, value + b[figure as keyof ExtractionStats]] as const);
  return Object.fromEntries(added) as unknown as ExtractionStats;
}

function listsOf(plan: Plan): Lists {
  const rows = new Set(rowPaths(plan.tree, ""));
  const lists = plan.fields.flatMap(({ path, kind }) => (kind.type === "list" ? [[path, kind] as const] : []));
  return { values: new Map(lists.filter(([path]) => !rows.has(path))), rows: new Map(lists.filter(([path]) => rows.has(path))) };
}

/** Does the result satisfy what the relaxed plan did not ask for? */
function isMet({ path, absence, kind }: Field, fields: readonly FieldResult[]): boolean {
  const result = fields.find((one) => one.path === path);
  if (result === undefined || result.value === null) return absence !== "never";
  return kind.type !== "list" || result.values.length >= kind.minItems;
}

/** The results at a path and below it, made anew; they stand where they stood. */
function replaced(fields: readonly FieldResult[], path: string, anew: (before: readonly FieldResult[]) => FieldResult[]): FieldResult[] {
  const isBelow = (result: FieldResult): boolean => result.path === path || result.path.startsWith(`${path}/`);
  const first = fields.findIndex(isBelow);
  const others = fields.filter((result) => !isBelow(result));
  return [...others.slice(0, first), ...anew(fields.filter(isBelow)), ...others.slice(first)];
}

function tooFew(field: Field): InputError {
  return new InputError(
    ["nothing-to-answer/too-few", { field: field.name }],
    `The document holds too little that could fill “${field.name}”, and the schema does not let it be empty.`,
    "Let the field be empty (type with “null”), ask for fewer items, or check that this is the right document.",
    `/properties${field.path}`,
  );
}
