/**
 * A field's answer: the machine that it is written under, and the way back from the written text to a
 * value with its evidence.
 *
 * A field is written as ` null`, ` "words of the document"`, ` ["one","two"]` or one of the schema's own
 * values, ended by a line end. Numbers, dates and times are spans first: code finds the candidates and
 * turns the chosen one into its value. What stands in the document is given back exactly, with the white
 * space and the line breaks that stand there; only a word cut at a line end is mended, and said to be.
 */

import type { AnyMachine } from "./constraint/machine.js";
import { Sequence } from "./constraint/sequence.js";
import { Text } from "./constraint/text.js";
import { Union } from "./constraint/union.js";
import type { Findings } from "./findings.js";
import { ALONE, type FoundValue } from "./forms/form.js";
import { leafForm } from "./forms/leaf.js";
import { listMachine, readList } from "./forms/list.js";
import type { Field, FieldKind } from "./plan.js";
import type { Span } from "../shared/document.js";
import { InputError, InternalError } from "../shared/errors.js";
import type { JsonValue } from "../shared/schema.js";

export type { FoundValue } from "./forms/form.js";

export interface Found {
  /** The value for the output; null where the answer was null. */
  readonly value: JsonValue;
  readonly values: readonly FoundValue[];
}

export interface Answer {
  readonly machine: AnyMachine;
  /** From the answer as the model wrote it, a JSON value between white space. */
  readonly read: (written: string) => Found;
}

const ABSENT: Found = { value: null, values: [{ value: null, origin: "absent", evidence: null }] };

/**
 * @param within the part of the text that every value must stand in; the whole text where none is given
 * @throws InputError `nothing-to-answer` where the field may not be empty and the document holds no
 * place that could fill it.
 */
export function answerFor(field: Field, findings: Findings, within: Span | null = null): Answer {
  const { filled, read } = answerTo(field.kind, findings, within);
  const members: AnyMachine[] = field.absence === "never" ? [filled] : [new Text("null"), filled];
  const value = new Union(members);
  if (value.initial().length === 0) throw nothingFits(field);
  const machine = new Sequence([new Text(" "), value, new Text("\n")]);
  return {
    machine,
    read: (written) => {
      const answer = written.trim();
      return answer === "null" ? ABSENT : read(answer);
    },
  };
}

interface Filled {
  readonly filled: AnyMachine;
  readonly read: (written: string) => Found;
}

function answerTo(kind: FieldKind, findings: Findings, within: Span | null): Filled {
  if (kind.type === "list") {
    const item = leafForm(kind.item, findings, within);
    return {
      filled: listMachine(item, kind),
      read: (written) => {
        const values = readList(written, item, kind);
        return { value: values.map(({ value }) => value), values };
      },
    };
  }
  const form = leafForm(kind, findings, within);
  return {
    filled: form.machine(ALONE),
    read: (written) => {
      const found = form.read(written, ALONE);
      if (found === null) throw new InternalError("ungrounded/value", "A value was written that does not stand in the document.");
      return { value: found.value, values: [found] };
    },
  };
}

function nothingFits(field: Field): InputError {
  return new InputError(
    ["nothing-to-answer/field", { field: field.name }],
    `The document holds nothing that could fill “${field.name}”, and the schema does not let it be empty.`,
    "Let the field be empty (type with “null”), or check that this is the right document.",
    `/properties${field.path}`,
  );
}
