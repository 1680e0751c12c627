/**
 * From the version in use to a newer one, without ever being without one. Looking costs the manifest; fetching
 * brings only files of other content than those that are kept, verifies all of them and leaves the version
 * waiting (see `trial.ts`). It may be broken off anywhere and goes on from there.
 */

import { BundleError, CancelledError } from "../shared/errors.js";
import type { FileEntry, Variant } from "../shared/manifest.js";
import type { LoadProgress, ModelVersions, OfferedModel } from "../shared/protocol.js";
import { type Clock, systemClock } from "./clock.js";
import { type FileKeeper, gather } from "./gather.js";
import { inMegabytes, megabytes } from "./keeper.js";
import { KeptVersions } from "./kept.js";
import { bytesOf, filesOfVariant, missingOf } from "./layout.js";
import { filesOf, variantAmong } from "./manifest.js";
import { type Network, NetworkLost } from "./network.js";
import { fetchOffered, manifestUrl } from "./offered.js";
import { goingBack, type Shelf, withComing, withoutOthers, withoutSpare, withWaiting } from "./shelf.js";
import type { ShardStore } from "./store.js";
import { Tally } from "./tally.js";
import type { BundleVersion } from "./version.js";

export interface UpdateOptions {
  readonly url: string;
  /** The variant and the version that run in this tab. */
  readonly variant: string;
  readonly running: string;
  readonly fetch: typeof fetch;
  readonly store: ShardStore;
  readonly trusted: readonly string[];
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

interface Update {
  readonly url: URL;
  readonly network: Network;
  readonly kept: KeptVersions;
  readonly store: ShardStore;
  readonly options: UpdateOptions;
}

async function begin(options: UpdateOptions): Promise<Update> {
  const { store, signal, trusted, clock = systemClock } = options;
  const url = manifestUrl(options.url);
  return { url, network: { fetch: options.fetch, clock, signal }, kept: await KeptVersions.at(url, store, trusted), store, options };
}

/**
 * What the server offers and what is kept besides the version that runs. Without a network nothing is offered.
 * Throws the BundleError of an offer that is refused.
 */
export async function lookForUpdate(options: UpdateOptions): Promise<ModelVersions> {
  // Without a disk there is nothing to go on with: each visit fetches what is newest.
  if (options.store.kind === "memory") return { offered: null, before: null };
  const update = await begin(options);
  const offered = await fetchOffered(update.url, update.network, update.kept).catch((thrown: unknown) => {
    if (thrown instanceof NetworkLost) return null;
    throw thrown;
  });
  const shelf = await update.kept.shelf();
  return { offered: offered === null ? null : await offerOf(offered, shelf, update), before: await otherOf(shelf, update) };
}

async function offerOf(version: BundleVersion, shelf: Shelf, update: Update): Promise<OfferedModel | null> {
  const { manifest, id } = version;
  if (manifest.version === update.options.running || id === shelf.failed || id === shelf.before) return null;
  const files = filesOfUpdate(version, update);
  const missing = await missingOf(files, update.store);
  return {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license,
    bytes: bytesOf(files),
    fetchBytes: bytesOf(missing),
    room: await roomFor(bytesOf(missing), version, update),
  };
}

/** The version that can be gone back to, whole as it is. */
async function otherOf(shelf: Shelf, update: Update): Promise<ModelVersions["before"]> {
  const version = await update.kept.version(shelf.before);
  if (version === null || version.manifest.version === update.options.running) return null;
  const whole = (await missingOf(filesOfUpdate(version, update), update.store)).length === 0;
  return whole ? { version: version.manifest.version, newer: shelf.wentBack } : null;
}

/** The reader goes back to the version before: it waits to be started. */
export async function goBack(options: UpdateOptions): Promise<void> {
  const { kept } = await begin(options);
  await kept.change(goingBack);
}

export interface FetchOptions extends UpdateOptions {
  /** Gives up the version in use first: there is no room for both. */
  readonly replace: boolean;
  readonly onProgress: (progress: LoadProgress) => void;
}

/**
 * Fetches what is missing of the version that the server offers, and leaves it waiting. One tab at a time does so;
 * another one finds everything done. Rejects with a BundleError (`update-no-room` where there is no room for it)
 * or, when `signal` aborts, a CancelledError; what was verified by then stays kept.
 */
export async function fetchUpdate(options: FetchOptions): Promise<void> {
  const { signal, store } = options;
  if (signal.aborted) throw new CancelledError();
  const update = await begin(options);
  await store.exclusive(`update-${update.url.pathname}`, signal, () => fetchInTurn(update, options)).catch((thrown: unknown) => {
    if (signal.aborted) throw new CancelledError();
    throw thrown instanceof NetworkLost ? networkLoss(thrown) : thrown;
  });
}

async function fetchInTurn(update: Update, { replace, onProgress }: FetchOptions): Promise<void> {
  const { kept, network, store, url } = update;
  onProgress({ stage: "manifest" });
  const version = await fetchOffered(url, network, kept);
  // Another tab has been through all of this.
  if ((await kept.shelf()).inUse === version.id) return;
  const files = filesOfUpdate(version, update);
  const keeper = new StrictKeeper(store);
  await keeper.orExplain(async () => {
    await kept.change((shelf) => withComing(shelf, version.id));
    await kept.keep(version);
  });
  await makeRoom(bytesOf(await missingOf(files, store)), replace, update);
  const tally = new Tally(bytesOf(files), network.clock, onProgress);
  tally.report();
  const wanted = files.map((entry) => ({ entry, room: () => new Uint8Array(entry.bytes), take: () => Promise.resolve() }));
  await gather(wanted, { store, keeper, download: { ...network, base: url, tally } });
  tally.report();
  await kept.change((shelf) => withWaiting(shelf, version.id));
}

/** The version before goes where that is enough; the one in use only where the reader has said so. */
async function makeRoom(needed: number, replace: boolean, { kept, store }: Update): Promise<void> {
  if (replace) await kept.change(withoutOthers);
  else if (!(await fits(needed, store))) await kept.change(withoutSpare);
  else return;
  await kept.prune();
}

/** Whether the missing files fit beside the version in use, or only in its place. */
async function roomFor(needed: number, version: BundleVersion, { kept, store }: Update): Promise<OfferedModel["room"]> {
  const free = await store.available();
  if (free === null || free >= needed) return "enough";
  const { inUse, before } = await kept.shelf();
  const [current, spare] = await Promise.all([kept.version(inUse), kept.version(before)]);
  const wanted = new Set(filesOf(version.manifest).map(({ file }) => file));
  const used = new Set([...wanted, ...namesOf(current)]);
  const bySpare = await storedBytes(spare, used, store);
  if (free + bySpare >= needed) return "enough";
  const freed = bySpare + (await storedBytes(current, wanted, store));
  return free + freed >= needed ? "replace" : "none";
}

async function fits(needed: number, store: ShardStore): Promise<boolean> {
  const free = await store.available();
  return free === null || free >= needed;
}

function namesOf(version: BundleVersion | null): readonly string[] {
  return version === null ? [] : filesOf(version.manifest).map(({ file }) => file);
}

/** Bytes in the store of files that only this version needs. */
async function storedBytes(version: BundleVersion | null, others: ReadonlySet<string>, store: ShardStore): Promise<number> {
  const sizes = await Promise.all(namesOf(version).filter((name) => !others.has(name)).map((name) => store.size(name)));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

/** Of the variant that runs here, or of the one for every device where the version has no such variant. */
function filesOfUpdate({ manifest }: BundleVersion, { options }: Update): readonly FileEntry[] {
  const variant = manifest.variants.find(({ name }) => name === options.variant) ?? variantAmong(manifest, ["wasm"]) ?? undefined;
  if (variant === undefined) throw noVariant(manifest.name, manifest.variants);
  return filesOfVariant(manifest, variant);
}

/** Keeps what is fetched, or ends the fetching: an update that is not kept is of no use. */
class StrictKeeper implements FileKeeper {
  constructor(private readonly store: ShardStore) {}

  found(): void {
    // Nothing is counted here: the tally does that.
  }

  async keep(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.orExplain(() => this.store.write(name, bytes));
  }

  async orExplain(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (thrown) {
      throw await this.#reason(thrown);
    }
  }

  async #reason(thrown: unknown): Promise<BundleError> {
    const name = thrown instanceof Error ? thrown.name : "unknown error";
    const free = await this.store.available();
    const code = name === "QuotaExceededError" ? "update-no-room" : "update-not-kept";
    const left = free === null ? "" : `; ${megabytes(free)} are left`;
    return new BundleError(
      free === null ? [`${code}/unknown`, { reason: name }] : [`${code}/left`, { reason: name, left: inMegabytes(free) }],
      `The newer model could not be stored beside the one that is here (${name}${left}).`,
      "Free some space and try again, or let the newer model take the place of this one. This one goes on working.",
    );
  }
}

function networkLoss({ why, values }: NetworkLost): BundleError {
  return new BundleError(
    ["network-lost/update", values],
    `The newer model could not be fetched to the end: ${why}. What has come is kept.`,
    "Go on when the network is back. The model that is here goes on working.",
  );
}

function noVariant(name: string, variants: readonly Variant[]): BundleError {
  const offered = variants.map((variant) => variant.name).join(", ");
  return new BundleError(
    ["no-variant/update", { name, offered }],
    `The newer version of ${name} has no variant for this device; it offers ${offered}.`,
    "The model that is here goes on working. The people who run this site can build one for it.",
  );
}
