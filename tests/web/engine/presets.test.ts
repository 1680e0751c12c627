/** The presets' own documents: every gold answer is one that the engine can give, in the very form that it gives it. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import presets from "../../../web/src/app/schema/presets.json" with { type: "json" };
import { answerFor } from "../../../web/src/engine/answer.js";
import { Findings } from "../../../web/src/engine/findings.js";
import { compile, type Field } from "../../../web/src/engine/plan.js";
import { SourceText } from "../../../web/src/engine/source.js";
import type { JsonValue } from "../../../web/src/shared/schema.js";

const FOLDER = new URL("../../presets/", import.meta.url);
const names = (preset: string): string[] => readdirSync(new URL(preset, FOLDER)).filter((name) => name.endsWith(".txt")).map((name) => name.slice(0, -4));
const read = (preset: string, file: string): string => readFileSync(new URL(`${preset}/${file}`, FOLDER), "utf8");

/** White space as one blank, as a model writes it. */
const oneBlank = (value: JsonValue): JsonValue => JSON.parse(JSON.stringify(value), (_, one: JsonValue) => (typeof one === "string" ? one.replace(/\s+/gu, " ") : one)) as JsonValue;

/** Every answer that could say the gold: numbers and dates are written as the text has them. */
function answers({ kind, absence }: Field, gold: JsonValue, findings: Findings): string[] {
  const { text } = findings.source;
  if (gold === null && absence === "null") return ["null"];
  if (kind.type === "number") return findings.numbers().map(({ span }) => JSON.stringify(text.slice(span.start, span.end)));
  if (kind.type === "date") return findings.formatted("date").map(({ span }) => JSON.stringify(oneBlank(text.slice(span.start, span.end))));
  return [JSON.stringify(oneBlank(gold))];
}

/** What the engine makes of an answer; undefined where it would not let it be written. */
function readBack(field: Field, answer: string, findings: Findings): JsonValue | undefined {
  const { machine, read: back } = answerFor(field, findings);
  const written = ` ${answer}\n`;
  let state = machine.initial();
  for (const byte of new TextEncoder().encode(written)) {
    state = machine.transition(state, byte);
    if (!machine.viable(state)) return undefined;
  }
  if (!machine.accepting(state)) return undefined;
  const values = back(written).values.map(({ value }) => oneBlank(value));
  return field.kind.type === "list" ? values : (values[0] ?? null);
}

describe.each(presets)("$id", ({ id, schema }) => {
  const { fields, fits } = compile(schema);

  it.each(names(id))("%s", (name) => {
    const findings = new Findings(new SourceText(read(id, `${name}.txt`)));
    const gold = JSON.parse(read(id, `${name}.gold.json`)) as Record<string, JsonValue>;
    expect(fits(gold)).toBe(true);
    for (const field of fields) {
      const wanted = gold[field.name] ?? null;
      const given = answers(field, wanted, findings).map((answer) => readBack(field, answer, findings));
      expect(given, field.name).toContainEqual(oneBlank(wanted));
    }
  });
});
