/**
 * Questions about one document, each a branch behind its prefix.
 *
 * A group of branches goes through the model side by side, so that a forward serves all of them: what they
 * write is what each would write alone. Answers are told in the order of the questions.
 */

import type { Answer } from "./answer.js";
import { calibrate, calibrated, calibratedKind, type Calibrated, type Fit } from "./calibration.js";
import type { Context } from "./context.js";
import { Writing, type WritingTools, type Written as Raw } from "./decode.js";
import { itemProbabilities } from "./items.js";
import type { Field, FieldKind } from "./plan.js";
import { headerOf } from "./prompt.js";
import type { PromptParts } from "../shared/manifest.js";

/** As many branches share a forward at most. The more, the fewer forwards, and the more columns each reads. */
const GROUP = 8;
/**
 * Drafts of a whole group together: a token more costs about a tenth of a forward, and a forward less is
 * shared by the group.
 */
const DRAFTED_TOGETHER = 16;

export interface Question {
  readonly field: Field;
  readonly answer: Answer;
}

/** What was written, its confidence calibrated, and that of each item where it is a list. */
export type Written = Calibrated<Raw> & { readonly items: readonly number[] };

export interface AskTools extends WritingTools {
  readonly context: Context;
  readonly prompt: PromptParts;
  readonly calibration: Fit;
  readonly drafts: boolean;
  readonly signal: AbortSignal;
}

export interface Asked {
  readonly written: readonly Written[];
  readonly forwards: number;
  /** Time spent on what may come next: masks, drafts, tokens; in milliseconds. */
  readonly maskMs: number;
}

/**
 * What the model writes for each question, in their order. The context's trunk has to hold the document.
 *
 * @param onWritten told of each answer as soon as it and all before it are settled
 * @throws CancelledError, DeviceError
 */
export async function askAll(
  questions: readonly Question[], tools: AskTools, onWritten: (index: number, written: Written) => void = () => undefined,
): Promise<Asked> {
  const written: Written[] = [];
  let forwards = 0;
  let maskMs = 0;
  for (let first = 0; first < questions.length; first += GROUP) {
    const group = new Group(questions.slice(first, first + GROUP), tools, (one) => {
      onWritten(written.length, one);
      written.push(one);
    });
    await group.write();
    forwards += group.forwards;
    maskMs += group.maskMs;
  }
  return { written, forwards, maskMs };
}

/**
 * Feeds what asks for the first group of questions, before anyone waits for the answers.
 *
 * @throws CancelledError, DeviceError
 */
export async function prepare(questions: readonly Question[], tools: AskTools): Promise<void> {
  await new Group(questions.slice(0, GROUP), tools, () => undefined).prepare();
}

/** Branches that share their forwards. */
class Group {
  forwards = 0;
  maskMs = 0;
  private readonly writings: readonly Writing[];
  private told = 0;

  constructor(private readonly questions: readonly Question[], private readonly tools: AskTools, private readonly tell: (written: Written) => void) {
    this.writings = this.timed(() => questions.map((question) => this.begin(question)));
  }

  private begin({ field, answer }: Question): Writing {
    const { calibration, prompt } = this.tools;
    const nullThreshold = calibration.null_threshold[calibratedKind(field.kind)];
    return new Writing({ header: headerOf(field, prompt), machine: answer.machine, nullThreshold }, this.tools);
  }

  async prepare(): Promise<void> {
    const { context, signal } = this.tools;
    context.branchOut(this.writings.length);
    const wanted = this.proposals(0);
    if (wanted.length > 0) await context.feed(wanted, signal);
  }

  async write(): Promise<void> {
    const { context, signal } = this.tools;
    context.branchOut(this.writings.length);
    this.tellSettled();
    while (this.told < this.writings.length) {
      const wanted = this.timed(() => this.proposals(this.tools.drafts ? DRAFTED_TOGETHER : 0));
      const logits = await context.feed(wanted, signal);
      this.forwards += 1;
      this.timed(() => {
        for (const { branch, row, fed } of logits) this.writings[branch]?.accept(row, fed);
      });
      this.tellSettled();
    }
  }

  private proposals(drafted: number): { branch: number; ids: readonly number[]; keep: number }[] {
    const open = this.writings.flatMap((writing, branch) => (writing.finished ? [] : [{ writing, branch }]));
    const longest = Math.floor(drafted / Math.max(1, open.length));
    return open.map(({ writing, branch }) => ({ branch, ...writing.propose(longest) }));
  }

  private tellSettled(): void {
    for (const { field } of this.questions.slice(this.told)) {
      const next = this.writings[this.told];
      if (next?.finished !== true) return;
      this.told += 1;
      this.tell(this.judged(next.result(), field.kind));
    }
  }

  /** An item is written like a value of its kind, so it is fitted with these. */
  private judged(written: Raw, kind: FieldKind): Written {
    const { calibration } = this.tools;
    const judged = calibrate(written, calibratedKind(kind), calibration);
    if (kind.type !== "list") return { ...judged, items: [] };
    const { filled } = calibration.confidence[calibratedKind(kind.item)];
    return { ...judged, items: itemProbabilities(written.text, written.choices).map((item) => calibrated(item, filled)) };
  }

  private timed<T>(work: () => T): T {
    const began = performance.now();
    try {
      return work();
    } finally {
      this.maskMs += performance.now() - began;
    }
  }
}
