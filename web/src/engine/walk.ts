/**
 * From a plan's tree to questions, wave by wave, and back to results.
 *
 * The first wave asks for everything that stands in the schema once. What follows from its answers is asked
 * in the next one: the columns of rows that were found, each held to its row's part of the text, and what
 * an object requires that turned out to be there. Questions of one wave see nothing of each other.
 */

import { answerFor, type Answer } from "./answer.js";
import { assemble, bestOf, columnPath, type Assembled, type Results } from "./assembly.js";
import type { Question, Written } from "./branches.js";
import type { Findings } from "./findings.js";
import { asked, pointerPart, rowsKind, type Field, type LeafNode, type ObjectNode, type PlanNode, type RowsNode, type UnionNode } from "./plan.js";
import { isFound } from "./results.js";
import type { Span } from "../shared/document.js";
import { InputError } from "../shared/errors.js";
import type { FieldResult, FieldValue } from "../shared/extraction.js";

/** Asks the questions of one wave; told of each answer in their order. */
export type AskWave = (questions: readonly Question[], told: (index: number, written: Written) => void) => Promise<void>;

/** @param done how many questions are answered, `of` those that are known of so far */
export type OnField = (field: FieldResult, done: number, of: number) => void;

/** Where in the output a node is asked about, and how. */
interface Spot {
  readonly path: string;
  /** The row that it belongs to: its part of the text, and how that reads. */
  readonly row: { readonly part: Span; readonly text: string } | null;
  /** It has to be in the output, so what it requires may not be answered with null. */
  readonly sure: boolean;
  /** Without it there is no output at all. */
  readonly must: boolean;
}

interface Asking extends Question {
  readonly key: string;
}

/** So much of a row is quoted where its columns are asked for, in UTF-16 units. */
const QUOTED = 80;

export class Walk {
  /** By question; null where the document holds nothing that could answer it. */
  private readonly answers = new Map<string, FieldResult | null>();
  /** The only column of rows, answered along with them. */
  private readonly columns = new Map<string, FieldResult>();
  private wave: readonly Asking[];
  private done = 0;

  private readonly results: Results = {
    at: (path, node) => this.columns.get(path) ?? this.answers.get(keyOf(path, node, true)) ?? this.answers.get(keyOf(path, node, false)) ?? undefined,
    rows: (path, node) => itemsOf(this.results.at(path, node)).length,
  };

  /** @throws InputError `nothing-to-answer` where the document holds nothing for what may not be empty */
  constructor(private readonly tree: PlanNode, private readonly findings: Findings, private readonly onField: OnField) {
    this.wave = this.next();
  }

  /** The questions that come next. */
  get questions(): readonly Question[] {
    return this.wave;
  }

  /** @returns the output, and a result for each of its values in their order */
  async run(ask: AskWave): Promise<Assembled> {
    while (this.wave.length > 0) {
      const { wave } = this;
      await ask(wave, (index, written) => { this.note(wave[index], written, wave.length - index - 1); });
      this.wave = this.next();
    }
    return this.assembled(this.tree, "");
  }

  private note(question: Asking | undefined, written: Written, left: number): void {
    if (question === undefined) return;
    const result = resultOf(question, written);
    this.answers.set(question.key, result);
    this.done += 1;
    this.onField(result, this.done, this.done + left);
  }

  private next(): readonly Asking[] {
    const wanted = this.wanted(this.tree, { path: "", row: null, sure: true, must: true });
    return [...new Map(wanted.map((one) => [one.key, one])).values()];
  }

  private assembled(node: PlanNode, path: string): Assembled {
    return assemble(node, path, this.results);
  }

  /** What is still to be asked about a node, as far as the answers so far tell. */
  private wanted(node: PlanNode, spot: Spot): readonly Asking[] {
    switch (node.at) {
      case "fixed":
        return [];
      case "leaf":
        return this.question(node, node.kind, spot);
      case "object":
        return this.object(node, spot);
      case "rows":
        return this.rows(node, spot);
      case "union":
        return this.union(node, spot);
    }
  }

  private object(node: ObjectNode, spot: Spot): readonly Asking[] {
    const sure = spot.sure && node.absence === "never";
    const first = this.members(node, { ...spot, sure, must: spot.must && sure });
    if (first.length > 0 || sure || !hasFound(node, spot.path, this.results)) return first;
    return this.members(node, { ...spot, sure: true, must: false });
  }

  private members({ members }: ObjectNode, spot: Spot): readonly Asking[] {
    return members.flatMap(({ key, node }) => this.wanted(node, { ...spot, path: `${spot.path}/${pointerPart(key)}` }));
  }

  private rows(node: RowsNode, spot: Spot): readonly Asking[] {
    const head = this.question(node, rowsKind(node), spot);
    if (head.length > 0) return head;
    return itemsOf(this.results.at(spot.path, node)).flatMap((value, index) => {
      const column = columnPath(spot.path, index, node);
      if (column !== null) this.columns.set(column, columnResult(column, value));
      const row = value.evidence === null ? null : { part: value.evidence, text: typeof value.value === "string" ? value.value : "" };
      return this.wanted(node.item, { path: `${spot.path}/${String(index)}`, row, sure: true, must: false });
    });
  }

  private union({ options, absence }: UnionNode, spot: Spot): readonly Asking[] {
    const first = options.flatMap((option) => this.wanted(option, { ...spot, sure: false, must: false }));
    if (first.length > 0) return first;
    const filled = options.map((option) => this.assembled(option, spot.path));
    const index = bestOf(filled, false);
    const best = options[index];
    const sure = spot.sure && absence === "never";
    if (best === undefined || (!sure && filled[index]?.found === 0)) return [];
    return this.wanted(best, { ...spot, sure: true, must: spot.must && sure });
  }

  private question(node: LeafNode | RowsNode, kind: Field["kind"], spot: Spot): readonly Asking[] {
    const { path } = spot;
    const sure = spot.sure && node.absence === "never";
    const key = keyOf(path, node, sure);
    const before = this.answers.get(keyOf(path, node, false)) ?? null;
    if (this.columns.has(path) || this.answers.has(key) || (before !== null && isEnough(before, kind))) return [];
    const loose = kind.type === "list" && node.absence === "never" && !sure ? { ...kind, minItems: 0 } : kind;
    const field = { name: node.name, path, description: described(node, spot), absence: asked(node.absence, sure), kind: loose };
    const answer = this.answer(field, spot);
    if (answer !== null) return [{ field, answer, key }];
    this.answers.set(key, null);
    return [];
  }

  /** Null where the document holds nothing for it; what its row does not hold is looked for around it. */
  private answer(field: Field, { row, must }: Spot): Answer | null {
    for (const part of row === null ? [null] : [row.part, null]) {
      try {
        return answerFor(field, this.findings, part);
      } catch (thrown) {
        if (must || !(thrown instanceof InputError && thrown.code === "nothing-to-answer")) throw thrown;
      }
    }
    return null;
  }
}

function hasFound(node: ObjectNode, path: string, results: Results): boolean {
  return node.members.some((member) => assemble(member.node, `${path}/${pointerPart(member.key)}`, results).found > 0);
}

/** Was it answered so that asking again, without a way out, would not help? */
function isEnough(before: FieldResult, kind: Field["kind"]): boolean {
  const items = itemsOf(before).length;
  return kind.type === "list" ? items >= kind.minItems : isFound(before);
}

function keyOf(path: string, node: PlanNode, sure: boolean): string {
  const asked = node.at === "leaf" ? [node.kind, node.description] : [node.at];
  return JSON.stringify([path, sure, asked]);
}

function itemsOf(result: FieldResult | undefined): readonly FieldValue[] {
  return result?.values.filter(({ origin }) => origin !== "absent") ?? [];
}

function columnResult(path: string, value: FieldValue): FieldResult {
  return { path, value: value.value, values: [value], omitted: false, confidence: value.confidence, forwards: 0 };
}

/** A column is asked for with its row's text, because the question itself names no row. */
function described({ description }: LeafNode | RowsNode, { row }: Spot): string {
  if (row === null) return description;
  const characters = Array.from(row.text);
  const quoted = characters.length > QUOTED ? `${characters.slice(0, QUOTED).join("")}…` : row.text;
  return [description, `of “${quoted}”`].filter((part) => part !== "").join("; ");
}

function resultOf({ field, answer }: Question, written: Written): FieldResult {
  const { value, values } = answer.read(written.text);
  return {
    path: field.path,
    value,
    values: values.map((found, index) => ({ ...found, confidence: written.items[index] ?? written.confidence })),
    omitted: value === null && field.absence === "omit",
    confidence: written.confidence,
    uncalibrated: written.uncalibrated,
    forwards: written.forwards,
  };
}
