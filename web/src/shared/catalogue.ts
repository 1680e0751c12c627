/** What a bundle holds, how each form of its model fits this device, and what of it is kept here. */

import type { Calibration, Feature, Manifest, Scores, Variant } from "./manifest.js";

/**
 * Whether a variant would run here.
 * - `best`: it is the one that is taken.
 * - `spare`: it runs, but another one runs better.
 * - `no-gpu`: it needs a graphics processor, and this browser offers none.
 * - `no-feature`: the graphics processor lacks something that it needs.
 * - `no-memory`: the browser does not give it the memory that it needs.
 * - `server`: it is made for the Python engine.
 */
export type Fit = "best" | "spare" | "no-gpu" | "no-feature" | "no-memory" | "server";

export interface CatalogueVariant {
  readonly name: string;
  readonly backend: Variant["backend"];
  readonly requires: readonly Feature[];
  /** All its files with the tokenizer, as they are stored. */
  readonly bytes: number;
  /** Of these, what is not on this device. */
  readonly missing: number;
  /** The memory that its weights take when it runs. */
  readonly memory: number;
  readonly figures: Variant["figures"];
  readonly fit: Fit;
}

/** A version that is kept here, whole or in part. */
export interface KeptModel {
  readonly version: string;
  readonly use: "inUse" | "before" | "coming";
  /** Of its files what is here; versions may share files. */
  readonly bytes: number;
}

export interface Catalogue extends Pick<Manifest, "name" | "version" | "license" | "source"> {
  readonly architecture: string;
  readonly maxPositions: number;
  readonly encrypted: boolean;
  /** Where this was read: the version in use as it is kept, else what the server offers. */
  readonly from: "device" | "network";
  readonly variants: readonly CatalogueVariant[];
  readonly scores: Scores | null;
  readonly calibrated: Calibration["fitted"] | null;
  readonly kept: readonly KeptModel[];
  /** All that is kept of the bundle, files of a download that was not finished too. */
  readonly keptBytes: number;
  /** Threads that the model would run on. */
  readonly threads: number;
}
