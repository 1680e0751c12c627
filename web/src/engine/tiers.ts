/**
 * What this device can run a model on, best first: the graphics processor, then threads of the processor.
 * The first tier that starts and answers rightly is taken, and each fall is told.
 */

import { BundleError, DeviceError, type ExcerptError } from "../shared/errors.js";
import type { Feature } from "../shared/manifest.js";
import type { TierName, TierReason } from "../shared/protocol.js";

export interface Tier {
  readonly backend: "webgpu" | "wasm";
  readonly threads: number;
}

const FEATURES: readonly Feature[] = ["shader-f16"];

/** More threads than this bring nothing: a forward of few tokens is bound by memory. */
const MAX_THREADS = 4;

/** What of a browser decides its tiers. */
export interface Device {
  readonly gpu: boolean;
  /** What its graphics processor can do that not every one can. */
  readonly features: readonly Feature[];
  /** Isolated from other sites: without that there is no memory that threads could share. */
  readonly isolated: boolean;
  readonly processors: number;
}

/** This worker's device. Asking for an adapter is the only way to know whether there is one. */
export async function thisDevice(): Promise<Device> {
  const adapter = await adapterOf(navigator);
  return {
    gpu: adapter !== null,
    features: FEATURES.filter((feature) => adapter?.features.has(feature)),
    isolated: self.crossOriginIsolated,
    processors: navigator.hardwareConcurrency,
  };
}

interface Adapter {
  readonly features: ReadonlySet<string>;
}

async function adapterOf(navigator: object): Promise<Adapter | null> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
  return (await gpu?.requestAdapter().catch(() => null)) ?? null;
}

/** Threads that a device can give. */
export function threadsOf({ isolated, processors }: Device): number {
  return isolated ? Math.max(1, Math.min(MAX_THREADS, processors)) : 1;
}

/**
 * The tiers of a device, best first. A runtime starts its threads once, so a worker has one tier of them;
 * fewer are for the next worker.
 *
 * @param stepsDown how many of the best to leave out; each step after the graphics processor halves the threads
 */
export function tiersOf(device: Device, stepsDown = 0): readonly Tier[] {
  const halvings = Math.max(0, stepsDown - (device.gpu ? 1 : 0));
  const threads: Tier = { backend: "wasm", threads: Math.max(1, threadsOf(device) >> halvings) };
  return device.gpu && stepsDown === 0 ? [{ backend: "webgpu", threads: 1 }, threads] : [threads];
}

export interface Started<T> {
  readonly tier: Tier;
  readonly result: T;
  /** Why better tiers were not taken, in their order. A tier that the bundle has no variant for is no fall. */
  readonly falls: readonly DeviceError[];
}

/**
 * Starts the first tier that will.
 *
 * @throws ExcerptError of the last tier where none starts; what is no matter of a tier at once
 */
export async function startFirst<T>(tiers: readonly Tier[], start: (tier: Tier) => Promise<T>): Promise<Started<T>> {
  const falls: DeviceError[] = [];
  for (const [index, tier] of tiers.entries()) {
    try {
      return { tier, result: await start(tier), falls };
    } catch (thrown) {
      if (index === tiers.length - 1 || !isOfTier(thrown)) throw thrown;
      if (thrown instanceof DeviceError) falls.push(thrown);
    }
  }
  throw new RangeError("no tiers");
}

/** The tier by the name that the page knows it by. */
export function tierName({ backend, threads }: Tier): TierName {
  if (backend === "webgpu") return "webgpu";
  return threads > 1 ? "wasm-threads" : "wasm-single";
}

/** Why a better tier was not taken; see the protocol. */
export function reasonsOf({ tier, falls }: Omit<Started<unknown>, "result">, device: Device, stepsDown: number): readonly TierReason[] {
  if (tier.backend === "webgpu") return [];
  const reasons: readonly (readonly [boolean, TierReason])[] = [
    [!device.gpu, "no-gpu"],
    [falls.length > 0, "gpu-failed"],
    [device.gpu && stepsDown === 0 && falls.length === 0, "gpu-not-in-bundle"],
    [stepsDown > 0, "stepped-down"],
    [!device.isolated, "not-isolated"],
    [device.isolated && device.processors < 2, "one-processor"],
  ];
  return reasons.filter(([holds]) => holds).map(([, reason]) => reason);
}

/** Would another tier help? */
function isOfTier(thrown: unknown): thrown is ExcerptError {
  return thrown instanceof DeviceError || (thrown instanceof BundleError && thrown.code === "no-variant");
}
