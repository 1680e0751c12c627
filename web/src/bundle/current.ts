/**
 * Which manifest counts: the server's where it can be reached, else the one kept from the last
 * complete load, so that a device without a network goes on with what it has.
 */

import { BundleError } from "../shared/errors.js";
import type { Manifest } from "../shared/manifest.js";
import { type Bytes, sha256 } from "./digest.js";
import { filesOf, MAX_MANIFEST_BYTES, parseManifest } from "./manifest.js";
import { Connection, type Network, NetworkLost, PATIENCE_MS, persistently } from "./network.js";
import type { ShardStore } from "./store.js";

export interface FoundManifest {
  readonly manifest: Manifest;
  readonly bytes: Bytes;
  readonly from: "network" | "store";
}

/** With a kept manifest at hand, a line that does not answer is not waited for that long. */
const SHORT_PATIENCE_MS = 8_000;
const KEPT_NAME = /^manifest-[0-9a-f]{16}\.json$/;

/** The manifest kept for this address; null where there is none that can be used. */
export async function keptManifest(url: URL, store: ShardStore): Promise<FoundManifest | null> {
  return readKept(await keptName(url), store);
}

/** The server's manifest, or `kept` where the network fails. Throws a BundleError or CancelledError. */
export async function currentManifest(url: URL, network: Network, kept: FoundManifest | null): Promise<FoundManifest> {
  try {
    const bytes =
      kept === null
        ? await persistently(network, () => fetchManifest(url, network, PATIENCE_MS))
        : await fetchManifest(url, network, SHORT_PATIENCE_MS);
    return { manifest: parseManifest(bytes), bytes, from: "network" };
  } catch (thrown) {
    if (!(thrown instanceof NetworkLost)) throw thrown;
    if (kept !== null) return kept;
    throw new BundleError(
      "offline",
      `The model is not on this device yet and cannot be fetched: ${thrown.why}.`,
      "Connect to the network and try again. Once the model has been fetched, no network is needed.",
    );
  }
}

/** Keeps the manifest for a visit without network. Only for one whose files are all kept. */
export async function keepManifest(url: URL, bytes: Bytes, store: ShardStore): Promise<void> {
  const name = await keptName(url);
  const before = await readKept(name, store);
  if (before !== null && (await sha256(before.bytes)) === (await sha256(bytes))) return;
  await store.write(name, bytes);
}

/** Deletes every file that neither `current` nor a kept manifest names: what an older version left. */
export async function prune(current: Manifest, store: ShardStore): Promise<void> {
  const names = await store.list();
  const kept = await Promise.all(names.filter(isKeptName).map((name) => readKept(name, store)));
  const manifests = [current, ...kept.flatMap((found) => found?.manifest ?? [])];
  const named = new Set(manifests.flatMap(filesOf).map(({ file }) => file));
  const left = names.filter((name) => !isKeptName(name) && !named.has(name));
  await Promise.all(left.map((name) => store.delete(name)));
}

async function fetchManifest(url: URL, network: Network, patienceMs: number): Promise<Bytes> {
  const connection = new Connection(network, patienceMs);
  const bytes = new Uint8Array(MAX_MANIFEST_BYTES + 1);
  let length = 0;
  try {
    const response = await connection.open(url, "manifest", { cache: "no-cache" });
    for await (const piece of connection.pieces(response)) {
      const fitting = piece.subarray(0, bytes.length - length);
      bytes.set(fitting, length);
      length += fitting.length;
      if (length === bytes.length) break;
    }
  } finally {
    connection.close();
  }
  return bytes.slice(0, length);
}

async function readKept(name: string, store: ShardStore): Promise<FoundManifest | null> {
  const size = await store.size(name);
  if (size === null || size > MAX_MANIFEST_BYTES) return null;
  const bytes = new Uint8Array(size);
  if (!(await store.read(name, bytes))) return null;
  try {
    return { manifest: parseManifest(bytes), bytes, from: "store" };
  } catch {
    // Torn, or of a format that this app does not read: as if it were not there.
    return null;
  }
}

async function keptName(url: URL): Promise<string> {
  const digest = await sha256(new TextEncoder().encode(url.href));
  return `manifest-${digest.slice(0, 16)}.json`;
}

function isKeptName(name: string): boolean {
  return KEPT_NAME.test(name);
}
