/**
 * The bundle, ready for the engine. Read this first: version → variant → its files, kept or fetched, all
 * verified → one buffer of weights. A version that is whole on this device is opened without a question to the
 * server; only where there is none does the server's word count. Newer versions come by `update.ts`.
 *
 * Nothing that was opened changes later. `settle` is for when the model has been started and has answered
 * rightly: only then does a version count as the one in use, and only then do older files go.
 */

import { BundleError, CancelledError } from "../shared/errors.js";
import type { Feature, FileEntry, Manifest, Variant } from "../shared/manifest.js";
import type { Notice } from "../shared/notice.js";
import type { LoadProgress } from "../shared/protocol.js";
import type { JsonValue } from "../shared/schema.js";
import { type Clock, systemClock } from "./clock.js";
import { keyNeeded } from "./content-key.js";
import type { Bytes } from "./digest.js";
import { gather } from "./gather.js";
import { inMegabytes, Keeper, megabytes } from "./keeper.js";
import type { KeyStore } from "./key-store.js";
import { KeptVersions } from "./kept.js";
import { type Cipher, filesOfVariant, layOut, missingOf } from "./layout.js";
import { variantAmong, variantFor } from "./manifest.js";
import { type Network, NetworkLost } from "./network.js";
import { fetchOffered, manifestUrl } from "./offered.js";
import { withInUse } from "./shelf.js";
import { staleNotice } from "./signature.js";
import type { ShardStore } from "./store.js";
import { Tally } from "./tally.js";
import type { BundleVersion } from "./version.js";

export interface OpenOptions {
  /** Absolute address of the bundle's folder, or of its manifest. */
  readonly url: string;
  /** What the device can run, best first: the first one that the bundle has a variant for is taken. */
  readonly backends: readonly Variant["backend"][];
  /** What it offers besides; a variant that requires more is passed over. */
  readonly features?: readonly Feature[];
  readonly fetch: typeof fetch;
  readonly store: ShardStore;
  /** The keys of encrypted bundles. */
  readonly keys: KeyStore;
  /** The public keys (64 hexadecimal digits each) whose bundles are opened. */
  readonly trusted: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
}

export interface OpenedBundle {
  readonly manifest: Manifest;
  /** Plain sentences on the version, for the reader. */
  readonly notices: readonly Notice[];
  /** `store` where the version was on this device already. */
  readonly manifestFrom: "network" | "store";
  readonly variant: Variant;
  /** The ONNX graph without weights. */
  readonly graph: Bytes;
  /** All shards joined: the graph's external data. One buffer, ours alone. */
  readonly weights: Bytes;
  /** `tokenizer.json`, parsed. */
  readonly tokenizer: JsonValue;
  /** The model works: from now on this is the version in use. Older files go. Never rejects. */
  readonly settle: () => Promise<Settled>;
}

export interface Settled {
  /** True where the next visit needs no network; else `keptReason` says why. */
  readonly kept: boolean;
  readonly keptReason?: Notice;
}

/** What the parts of one opening share. */
interface Opening {
  readonly url: URL;
  readonly network: Network;
  readonly kept: KeptVersions;
  readonly options: OpenOptions;
}

/**
 * Opens the bundle at `url`, fetching what is not kept. Rejects with a BundleError (missing, wrong or
 * refused files, no network), a DeviceError (no memory) or, when `signal` aborts, a CancelledError;
 * files that were verified by then stay kept and the next call goes on from there.
 */
export async function openBundle(options: OpenOptions): Promise<OpenedBundle> {
  const opening = await begin(options);
  const inUse = await opening.kept.version((await opening.kept.shelf()).inUse);
  if (inUse !== null && (await isWhole(inUse, options))) {
    try {
      return await assemble(inUse, "store", opening);
    } catch (thrown) {
      // A kept file was damaged, and the server has gone on to a version without it.
      if (!isOutdated(thrown)) throw thrown;
    }
  }
  return openOffered(inUse, opening);
}

/** As `openBundle`, but only this version, and only where it is whole for one of the backends. */
export async function openKept(version: BundleVersion, options: OpenOptions): Promise<OpenedBundle> {
  const opening = await begin(options);
  if (await isWhole(version, options)) return assemble(version, "store", opening);
  const { manifest: { name, version: called } } = version;
  throw new BundleError(
    ["no-variant/not-fetched", { name, version: called, backends: options.backends.join(", ") }],
    `The version ${called} of ${name} was not fetched for ${options.backends.join(" or ")}.`,
    "Let the version before do the work.",
  );
}

async function begin(options: OpenOptions): Promise<Opening> {
  const { signal, store, trusted } = options;
  if (signal.aborted) throw new CancelledError();
  options.onProgress({ stage: "manifest" });
  const url = manifestUrl(options.url);
  const network = { fetch: options.fetch, clock: options.clock ?? systemClock, signal };
  return { url, network, kept: await KeptVersions.at(url, store, trusted), options };
}

/** The server's version; where it cannot be asked, what is kept of the one in use, to say how much that is. */
async function openOffered(inUse: BundleVersion | null, opening: Opening): Promise<OpenedBundle> {
  try {
    return await assemble(await fetchOffered(opening.url, opening.network, opening.kept), "network", opening);
  } catch (thrown) {
    if (!(thrown instanceof NetworkLost)) throw thrown;
    if (inUse !== null) return assemble(inUse, "store", opening);
    throw new BundleError(
      ["offline/model", thrown.values],
      `The model is not on this device yet and cannot be fetched: ${thrown.why}.`,
      "Connect to the network and try again. Once the model has been fetched, no network is needed.",
    );
  }
}

/** Whether every file of the version's variant is there. */
async function isWhole(version: BundleVersion, { backends, features, store }: OpenOptions): Promise<boolean> {
  const variant = variantAmong(version.manifest, backends, features);
  return variant !== null && (await missingOf(filesOfVariant(version.manifest, variant), store)).length === 0;
}

async function assemble(version: BundleVersion, from: "network" | "store", opening: Opening): Promise<OpenedBundle> {
  const { url, network, kept, options } = opening;
  const { manifest } = version;
  const variant = variantFor(manifest, options.backends, options.features);
  const layout = layOut(manifest, variant, await cipherOf(manifest, options.keys));
  const keeper = new Keeper(options.store, layout.totalBytes);
  const tally = new Tally(layout.totalBytes, network.clock, options.onProgress);
  tally.report();
  await gather(layout.files, { store: options.store, keeper, download: { ...network, base: url, tally } }).catch((thrown: unknown) => {
    throw thrown instanceof NetworkLost ? networkLoss(thrown, keeper, layout.totalBytes) : thrown;
  });
  tally.report();
  const stale = staleNotice(version.signature, network.clock.unix());
  return {
    manifest,
    notices: stale === null ? [] : [stale],
    manifestFrom: from,
    variant,
    graph: layout.graph,
    weights: layout.weights,
    tokenizer: parseTokenizer(layout.tokenizer, manifest.tokenizer),
    settle: () => settle(version, kept, keeper),
  };
}

/** Known before anything is fetched: throws a BundleError that asks for the passphrase or token. */
async function cipherOf({ name, encryption }: Manifest, keys: KeyStore): Promise<Cipher | null> {
  if (encryption === undefined) return null;
  const key = await keys.get(encryption.key_id);
  if (key === null) throw keyNeeded(name, encryption);
  return { key, chunkBytes: encryption.chunk_bytes };
}

function parseTokenizer(bytes: Bytes, entry: FileEntry): JsonValue {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    throw new BundleError(
      ["tokenizer-unreadable", { file: entry.file }],
      `The tokenizer ${entry.file} is the file that the manifest names, but not JSON.`,
      "The bundle was built wrong: build it again with `excerpt build`.",
    );
  }
}

async function settle(version: BundleVersion, kept: KeptVersions, keeper: Keeper): Promise<Settled> {
  const { store } = kept;
  if (store.kind === "memory") {
    // The weights are in use now; a store in memory would only hold them a second time.
    await Promise.all((await store.list()).map((name) => store.delete(name)));
  } else if (keeper.reason === undefined) {
    await keeper.keepWith(() => putInUse(version, kept));
  }
  return keeper.reason === undefined ? { kept: true } : { kept: false, keptReason: keeper.reason };
}

/** The version in use changes only for one whose files are all kept. */
async function putInUse(version: BundleVersion, kept: KeptVersions): Promise<void> {
  if ((await kept.shelf()).inUse === version.id) return;
  await kept.keep(version);
  await kept.change((shelf) => withInUse(shelf, version.id));
  // A file that another tab holds open stays until the next change.
  await kept.prune().catch(() => undefined);
}

function networkLoss({ why, values }: NetworkLost, keeper: Keeper, totalBytes: number): BundleError {
  const told = { ...values, kept: inMegabytes(keeper.keptBytes), of: inMegabytes(totalBytes) };
  const where = keeper.reason === undefined ? "on this device" : "as long as this page is open";
  return new BundleError(
    [keeper.reason === undefined ? "network-lost/kept" : "network-lost/this-visit", told],
    `The model could not be fetched to the end: ${why}. ${megabytes(keeper.keptBytes)} of ${megabytes(totalBytes)} are kept ${where}.`,
    "Try again when the network is back: it goes on from there.",
  );
}

function isOutdated(thrown: unknown): boolean {
  return thrown instanceof BundleError && (thrown.code === "shard-missing" || thrown.code === "shard-mismatch");
}
