/**
 * The bundle, ready for the engine. Read this first: manifest → variant → its files, kept or fetched,
 * all verified → one buffer of weights. Nothing that was opened changes later: a newer bundle is
 * another call, and old files go only after that call has succeeded.
 */

import { BundleError, CancelledError, DeviceError } from "../shared/errors.js";
import type { FileEntry, Manifest, Variant } from "../shared/manifest.js";
import type { LoadProgress } from "../shared/protocol.js";
import type { JsonValue } from "../shared/schema.js";
import { type Clock, systemClock } from "./clock.js";
import { currentManifest, type FoundManifest, keepManifest, keptManifest, prune } from "./current.js";
import type { Bytes } from "./digest.js";
import { gather, type WantedFile } from "./gather.js";
import { Keeper, megabytes } from "./keeper.js";
import { variantFor } from "./manifest.js";
import { type Network, NetworkLost } from "./network.js";
import type { ShardStore } from "./store.js";
import { Tally } from "./tally.js";

export interface OpenOptions {
  /** Absolute address of the bundle's folder, or of its manifest. */
  readonly url: string;
  /** What the device can run, best first: the first one that the bundle has a variant for is taken. */
  readonly backends: readonly Variant["backend"][];
  readonly fetch: typeof fetch;
  readonly store: ShardStore;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
}

export interface OpenedBundle {
  readonly manifest: Manifest;
  /** `store` where the network failed and the bundle of the last visit is used. */
  readonly manifestFrom: "network" | "store";
  readonly variant: Variant;
  /** The ONNX graph without weights. */
  readonly graph: Bytes;
  /** All shards joined: the graph's external data. One buffer, ours alone. */
  readonly weights: Bytes;
  /** `tokenizer.json`, parsed. */
  readonly tokenizer: JsonValue;
  /** True where the next visit needs no network; else `keptReason` says why. */
  readonly kept: boolean;
  readonly keptReason?: string;
}

/** Places in memory for the files of one variant. */
interface Layout {
  readonly graph: Bytes;
  readonly weights: Bytes;
  readonly tokenizer: Bytes;
  readonly files: readonly WantedFile[];
  readonly totalBytes: number;
}

/**
 * Opens the bundle at `url`, fetching what is not kept. Rejects with a BundleError (missing, wrong or
 * refused files, no network), a DeviceError (no memory) or, when `signal` aborts, a CancelledError;
 * files that were verified by then stay kept and the next call goes on from there.
 */
export async function openBundle(options: OpenOptions): Promise<OpenedBundle> {
  const { signal, store } = options;
  if (signal.aborted) throw new CancelledError();
  options.onProgress({ stage: "manifest" });
  const url = manifestUrl(options.url);
  const network: Network = { fetch: options.fetch, clock: options.clock ?? systemClock, signal };
  const kept = await keptManifest(url, store);
  const current = await currentManifest(url, network, kept);
  try {
    return await assemble(current, url, network, options);
  } catch (thrown) {
    // A newer version that cannot be fetched now is no reason to stop: the last one is still here.
    const another = kept !== null && kept.manifest.version !== current.manifest.version;
    if (!another || !isNetworkLoss(thrown)) throw thrown;
    return assemble(kept, url, network, options);
  }
}

async function assemble(found: FoundManifest, url: URL, network: Network, options: OpenOptions): Promise<OpenedBundle> {
  const { manifest } = found;
  const { store } = options;
  const variant = variantFor(manifest, options.backends);
  const layout = layOut(manifest, variant);
  const keeper = new Keeper(store, layout.totalBytes);
  const tally = new Tally(layout.totalBytes, network.clock, options.onProgress);
  tally.report();
  await gather(layout.files, { store, keeper, download: { ...network, base: url, tally } }).catch((thrown: unknown) => {
    throw thrown instanceof NetworkLost ? networkLoss(thrown, keeper, layout) : thrown;
  });
  tally.report();
  const tokenizer = parseTokenizer(layout.tokenizer, manifest.tokenizer);
  const keptReason = await settle(found, url, store, keeper);
  return {
    manifest,
    manifestFrom: found.from,
    variant,
    graph: layout.graph,
    weights: layout.weights,
    tokenizer,
    kept: keptReason === undefined,
    ...(keptReason === undefined ? {} : { keptReason }),
  };
}

/** The manifest's address: `url` itself, or `manifest.json` in the folder that it names. */
function manifestUrl(url: string): URL {
  try {
    const address = new URL(url);
    if (address.pathname.endsWith(".json")) return address;
    if (!address.pathname.endsWith("/")) address.pathname += "/";
    return new URL("manifest.json", address);
  } catch {
    throw new BundleError("bundle-url", `The bundle's address is not a full address: ${url}`, "Give one that begins with https://.");
  }
}

function layOut(manifest: Manifest, variant: Variant): Layout {
  const weights = allocate(variant.shards.reduce((sum, shard) => sum + shard.bytes, 0));
  const graph = allocate(variant.graph.bytes);
  const tokenizer = allocate(manifest.tokenizer.bytes);
  const files = new Map<string, WantedFile>();
  const place = (entry: FileEntry, into: Bytes): void => {
    const earlier = files.get(entry.file);
    files.set(entry.file, { entry, places: earlier === undefined ? [into] : [...earlier.places, into] });
  };
  place(manifest.tokenizer, tokenizer);
  place(variant.graph, graph);
  let start = 0;
  for (const shard of variant.shards) {
    place(shard, weights.subarray(start, (start += shard.bytes)));
  }
  const wanted = [...files.values()];
  return { graph, weights, tokenizer, files: wanted, totalBytes: wanted.reduce((sum, { entry }) => sum + entry.bytes, 0) };
}

function allocate(bytes: number): Bytes {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw new DeviceError(
      "memory",
      `This device could not set aside ${megabytes(bytes)} of memory for the model.`,
      "Close other tabs and programs and try again, or use a device with more memory.",
    );
  }
}

function parseTokenizer(bytes: Bytes, entry: FileEntry): JsonValue {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    throw new BundleError(
      "tokenizer-unreadable",
      `The tokenizer ${entry.file} is the file that the manifest names, but not JSON.`,
      "The bundle was built wrong: build it again with `excerpt build`.",
    );
  }
}

/** After success: the manifest is kept where all files are, and older files go. Answers why not, if not. */
async function settle(found: FoundManifest, url: URL, store: ShardStore, keeper: Keeper): Promise<string | undefined> {
  if (store.kind === "memory") {
    // The weights are in use now; a store in memory would only hold them a second time.
    await Promise.all((await store.list()).map((name) => store.delete(name)));
    return keeper.reason;
  }
  if (keeper.reason === undefined) await keeper.keepWith(() => keepManifest(url, found.bytes, store));
  // Without the server's word, files we do not know may be those of a newer version, half fetched.
  // A file that another tab holds open stays until the next load.
  if (found.from === "network") await prune(found.manifest, store).catch(() => undefined);
  return keeper.reason;
}

function networkLoss({ why }: NetworkLost, keeper: Keeper, { totalBytes }: Layout): BundleError {
  const where = keeper.reason === undefined ? "on this device" : "as long as this page is open";
  return new BundleError(
    "network-lost",
    `The model could not be fetched to the end: ${why}. ${megabytes(keeper.keptBytes)} of ${megabytes(totalBytes)} are kept ${where}.`,
    "Try again when the network is back: it goes on from there.",
  );
}

function isNetworkLoss(thrown: unknown): boolean {
  return thrown instanceof BundleError && thrown.code === "network-lost";
}
