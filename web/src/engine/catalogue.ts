/** What a bundle holds, and how each variant of its model fits this device: known before anything is downloaded. */

import { threadsOf, type Device } from "./tiers.js";
import { holdingsOf, type HoldingsOptions, type VariantSizes } from "../bundle/index.js";
import type { Catalogue, CatalogueVariant, Fit } from "../shared/catalogue.js";

/** WebAssembly hands out memory in pages of this many bytes. */
const PAGE = 65_536;

/** The most pages that WebAssembly of 32 bits can name. */
const MOST_PAGES = 65_536;

/** Beside its weights a model takes memory for the runtime and for what it is reading, in bytes. */
const BESIDE = 128 * 1024 * 1024;

/** @throws BundleError, CancelledError */
export async function catalogueOf(device: Device, options: HoldingsOptions, gives: (bytes: number) => boolean = givesMemory): Promise<Catalogue> {
  const { manifest, sizes, ...held } = await holdingsOf(options);
  const { name, version, license, source, model, scores, calibration, encryption } = manifest;
  return {
    name, version, license, source,
    architecture: model.architecture,
    maxPositions: model.max_positions,
    encrypted: encryption !== undefined,
    variants: fitted(sizes, device, gives),
    scores: scores ?? null,
    calibrated: calibration?.fitted ?? null,
    threads: threadsOf(device),
    ...held,
  };
}

/** As the engine chooses: the graphics processor's variants first; of those for one backend the first is the best. */
function fitted(sizes: readonly VariantSizes[], device: Device, gives: (bytes: number) => boolean): readonly CatalogueVariant[] {
  const fits = sizes.map((one) => fitOf(one, device, gives));
  const order = (["webgpu", "wasm"] as const).flatMap((backend) => sizes.flatMap(({ variant }, at) => (variant.backend === backend ? [at] : [])));
  const best = order.find((at) => fits[at] === "spare");
  return sizes.map(({ variant: { name, backend, requires, figures }, bytes, missing, memory }, at) => ({
    name, backend, requires, figures, bytes, missing, memory,
    fit: at === best ? "best" : (fits[at] ?? "spare"),
  }));
}

/** Whether it runs at all; which of those that do is the best is seen among them. */
function fitOf({ variant: { backend, requires }, memory }: VariantSizes, device: Device, gives: (bytes: number) => boolean): Fit {
  if (backend === "cpu") return "server";
  if (backend === "webgpu" && !device.gpu) return "no-gpu";
  if (requires.some((feature) => !device.features.includes(feature))) return "no-feature";
  return backend === "wasm" && !gives(memory + BESIDE) ? "no-memory" : "spare";
}

/** Asks for as much memory and lets go of it at once. */
function givesMemory(bytes: number): boolean {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > MOST_PAGES) return false;
  try {
    new WebAssembly.Memory({ initial: pages, maximum: pages });
    return true;
  } catch {
    return false;
  }
}
