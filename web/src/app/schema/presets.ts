/**
 * Schemas to begin with, as JSON that the evaluation of the presets reads too. Every field may be null: what a
 * document does not say is not made up.
 */

import type { JsonSchema } from "../../shared/schema.js";
import presets from "./presets.json" with { type: "json" };

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly schema: JsonSchema;
}

export const PRESETS: readonly Preset[] = presets;
