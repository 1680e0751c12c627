/**
 * The schema compiler under Node, for `excerpt schemas`: a record a line in, its outcome a line out.
 * A record has a schema and instances that are valid and invalid by it.
 */

import { createInterface } from "node:readline";
import { accepts } from "../src/engine/plan/machines.js";
import { SchemaRefused } from "../src/engine/plan/refusal.js";
import { compileSchema } from "../src/engine/plan/schema.js";
import type { JsonSchema, JsonValue } from "../src/shared/schema.js";

interface SchemaRecord {
  readonly schema: JsonSchema;
  readonly valid: readonly JsonValue[];
  readonly invalid: readonly JsonValue[];
}

type Outcome =
  | { readonly outcome: "enforced" | "valid_rejected" | "invalid_accepted" }
  | { readonly outcome: "refused"; readonly feature: string; readonly place: string; readonly message: string };

function outcomeOf({ schema, valid, invalid }: SchemaRecord): Outcome {
  try {
    const compiled = compileSchema(schema);
    if (invalid.some((value) => accepts(compiled, value))) return { outcome: "invalid_accepted" };
    return { outcome: valid.every((value) => accepts(compiled, value)) ? "enforced" : "valid_rejected" };
  } catch (thrown) {
    const refused = thrown instanceof SchemaRefused;
    const feature = refused ? thrown.feature : "defect";
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { outcome: "refused", feature, place: refused ? (thrown.place ?? "") : "", message };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(outcomeOf(JSON.parse(line) as SchemaRecord))}\n`);
}
