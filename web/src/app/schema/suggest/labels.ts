/** Values with a label before them: `Due: 5 March`, or the label in a column of its own. */

import type { DatePlace } from "../../../normalize/date.js";
import { asKey } from "../names.js";
import { type Cell, type Line } from "./lines.js";
import { type RuleName, type Shape, type Suggestion, TEXT } from "./suggestion.js";
import { isNumeric, shapeOf } from "./values.js";
import { namesMark, namesSum, namesTime } from "./words.js";

const LONGEST_LABEL = 40;
const MOST_WORDS = 5;
const BULLET = /^[-*•·–]\s+/u;
const COLON = /^([^:]+?)\s*:(?!\/\/)\s*(.*)$/u;

export function findLabels(lines: readonly Line[], dates: readonly DatePlace[]): readonly Suggestion[] {
  return lines.flatMap((line, index) => [...afterColons(line, lines[index + 1], dates), ...besideLabel(line, dates)]);
}

/** `Label: value`, in each cell; a value may stand in the next cell or below. */
function afterColons({ cells }: Line, next: Line | undefined, dates: readonly DatePlace[]): readonly Suggestion[] {
  return cells.flatMap((cell, index) => {
    const match = COLON.exec(cell.text.replace(BULLET, ""));
    const label = cleaned(match?.[1] ?? "");
    if (match === null || !isLabel(label)) return [];
    const written = match[2] ?? "";
    if (isClock(label, written)) return [];
    if (written !== "") return [suggestion(label, { text: written, start: cell.start + cell.text.length - written.length }, "label", dates)];
    const beside = cells[index + 1];
    if (beside !== undefined) return COLON.test(beside.text) ? [] : [suggestion(label, beside, "label", dates)];
    return below(label, next, dates);
  });
}

/** What stands in the line below a label, or the points of a list there. */
function below(label: string, next: Line | undefined, dates: readonly DatePlace[]): readonly Suggestion[] {
  const first = next?.cells[0];
  if (first === undefined || COLON.test(first.text)) return [];
  const found = suggestion(label, first, "label", dates);
  return [BULLET.test(first.text) ? { ...found, kind: "list", entry: "text", format: null } : found];
}

/** A line of two cells: words, then a value that is more than words. */
function besideLabel({ cells }: Line, dates: readonly DatePlace[]): readonly Suggestion[] {
  const [first, value, more] = cells;
  if (first === undefined || value === undefined || more !== undefined || first.text.includes(":")) return [];
  return beside(first, value, dates);
}

function beside(first: Cell, value: Cell, dates: readonly DatePlace[]): readonly Suggestion[] {
  const label = cleaned(first.text);
  const sum = namesSum(label);
  if (!isLabel(label) || (/[\d@]/u.test(label) && !sum) || !/^[^:]*\d[^:]*$/u.test(value.text)) return [];
  const found = suggestion(label, value, "column", dates);
  if (sum && isNumeric(found)) return [{ ...found, kind: "number", rule: "total" }];
  return found.kind !== "text" || isMark(value.text) ? [found] : [];
}

/** One word with digits in it, or what begins with them: no other words that only happen to stand there. */
function isMark(value: string): boolean {
  return value.length <= LONGEST_LABEL && (!/\s/u.test(value) || /^[\d+(]/u.test(value));
}

function suggestion(label: string, value: Cell, rule: RuleName, dates: readonly DatePlace[]): Suggestion {
  const shape = labelled(label, shapeOf(value, dates));
  return { ...shape, name: asKey(label), description: label, rule, entry: shape.kind === "list" ? "text" : null, columns: [], sample: value.text, start: value.start };
}

function labelled(label: string, shape: Shape): Shape {
  if ((shape.kind === "integer" && namesMark(label)) || (isNumeric(shape) && namesTime(label))) return TEXT;
  return isNumeric(shape) && namesSum(label) ? { kind: "number", format: null } : shape;
}

/** A rate or a note in brackets is not what the value is called. */
function cleaned(label: string): string {
  return label.replace(/\([^)]*\)|\d+(?:[.,]\d+)?\s?%/gu, " ").replace(/\s+/gu, " ").trim();
}

/** Few words that begin with a letter and say no sentence. */
function isLabel(label: string): boolean {
  const words = label.split(" ").length;
  return /^\p{L}/u.test(label) && label.length <= LONGEST_LABEL && words <= MOST_WORDS && !/[.!?,]\s+\p{L}/u.test(label) && asKey(label) !== "";
}

/** `at 10:30` is no label with a value. */
function isClock(label: string, value: string): boolean {
  return /\d$/u.test(label) && /^\d/u.test(value);
}
