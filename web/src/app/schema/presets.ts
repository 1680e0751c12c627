/**
 * Schemas to begin with, as JSON that the evaluation of the presets reads too. Every field may be null: what a
 * document does not say is not made up.
 */

import { InternalError } from "../../shared/errors.js";
import type { JsonSchema } from "../../shared/schema.js";
import presets from "./presets.json" with { type: "json" };
import { fromSchema, type Row } from "./rows.js";

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly Row[];
}

export const PRESETS: readonly Preset[] = presets.map(({ id, label, schema }) => ({ id, label, rows: rowsOf(id, schema) }));

/** A preset that the editor could not have written is a mistake in presets.json. */
function rowsOf(id: string, schema: JsonSchema): readonly Row[] {
  const rows = fromSchema(schema);
  if (rows === null) throw new InternalError("preset", `The preset ${id} cannot be shown as rows.`);
  return rows;
}
