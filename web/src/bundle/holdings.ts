/** What is kept of a bundle, what it holds, and how to be rid of it. */

import { BundleError } from "../shared/errors.js";
import type { KeptModel } from "../shared/catalogue.js";
import type { Manifest, Variant } from "../shared/manifest.js";
import { systemClock } from "./clock.js";
import { isNote, KeptVersions } from "./kept.js";
import { bytesOf, filesOfVariant, missingOf } from "./layout.js";
import { filesOf } from "./manifest.js";
import { NetworkLost } from "./network.js";
import { fetchOffered, manifestUrl } from "./offered.js";
import type { OpenOptions } from "./open.js";
import { keptIds, type Shelf, withNothing, withoutSpare } from "./shelf.js";
import type { BundleVersion } from "./version.js";

export type HoldingsOptions = Pick<OpenOptions, "url" | "store" | "trusted" | "signal" | "fetch" | "clock">;

export interface Holdings {
  readonly manifest: Manifest;
  readonly from: "device" | "network";
  readonly sizes: readonly VariantSizes[];
  readonly kept: readonly KeptModel[];
  readonly keptBytes: number;
}

export interface VariantSizes {
  readonly variant: Variant;
  readonly bytes: number;
  readonly missing: number;
  /** Of its weights when they are expanded. */
  readonly memory: number;
}

/**
 * The version in use as it is kept; where none is, what the server offers. Nothing but a manifest is fetched.
 *
 * @throws BundleError, CancelledError
 */
export async function holdingsOf(options: HoldingsOptions): Promise<Holdings> {
  const { store, trusted } = options;
  const kept = await KeptVersions.at(manifestUrl(options.url), store, trusted);
  const shelf = await kept.shelf();
  const inUse = await kept.version(shelf.inUse);
  const { manifest } = inUse ?? (await offered(kept, options));
  return {
    manifest,
    from: inUse === null ? "network" : "device",
    sizes: await Promise.all(manifest.variants.map((variant) => sizesOf(variant, manifest, options))),
    kept: await keptModels(shelf, kept),
    keptBytes: await allBytes(options),
  };
}

/**
 * Deletes what is kept: the version before, or everything, files of an unfinished download and keys too. When the
 * newest version was signed stays known: nothing older is accepted later.
 */
export async function forget(what: "all" | "before", { url, store, trusted, keys }: Pick<OpenOptions, "url" | "store" | "trusted" | "keys">): Promise<void> {
  const kept = await KeptVersions.at(manifestUrl(url), store, trusted);
  const versions = await versionsOn(await kept.shelf(), kept);
  await kept.change(what === "all" ? withNothing : withoutSpare);
  await kept.prune();
  if (what === "before") return;
  const ids = versions.flatMap(({ manifest }) => manifest.encryption?.key_id ?? []);
  await Promise.all(ids.map((id) => keys.delete(id)));
}

async function offered(kept: KeptVersions, { url, fetch, signal, clock = systemClock }: HoldingsOptions): Promise<BundleVersion> {
  try {
    return await fetchOffered(manifestUrl(url), { fetch, signal, clock }, kept);
  } catch (thrown) {
    if (!(thrown instanceof NetworkLost)) throw thrown;
    throw new BundleError(["offline/manifest", thrown.values], `The model's manifest cannot be fetched: ${thrown.why}.`, "Connect to the network and try again.");
  }
}

async function sizesOf(variant: Variant, manifest: Manifest, { store }: HoldingsOptions): Promise<VariantSizes> {
  const files = filesOfVariant(manifest, variant);
  return {
    variant,
    bytes: bytesOf(files),
    missing: bytesOf(await missingOf(files, store)),
    memory: variant.shards.reduce((sum, shard) => sum + shard.raw_bytes, 0),
  };
}

async function keptModels(shelf: Shelf, kept: KeptVersions): Promise<readonly KeptModel[]> {
  const uses: readonly (readonly [string | null, KeptModel["use"]])[] = [
    [shelf.inUse, "inUse"], [shelf.before, "before"], [shelf.coming?.back === true ? null : (shelf.coming?.id ?? null), "coming"],
  ];
  const found = await Promise.all(uses.map(async ([id, use]): Promise<KeptModel[]> => {
    const version = await kept.version(id);
    return version === null ? [] : [{ version: version.manifest.version, use, bytes: await bytesHere(version, kept) }];
  }));
  return found.flat();
}

async function bytesHere({ manifest }: BundleVersion, { store }: KeptVersions): Promise<number> {
  const sizes = await Promise.all([...new Set(filesOf(manifest).map(({ file }) => file))].map((file) => store.size(file)));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

async function versionsOn(shelf: Shelf, kept: KeptVersions): Promise<readonly BundleVersion[]> {
  const versions = await Promise.all(keptIds(shelf).map((id) => kept.version(id)));
  return versions.filter((version) => version !== null);
}

async function allBytes({ store }: HoldingsOptions): Promise<number> {
  const names = (await store.list()).filter((name) => !isNote(name));
  const sizes = await Promise.all(names.map((name) => store.size(name)));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
