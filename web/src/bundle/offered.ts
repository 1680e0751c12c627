/** The version that the server offers: its manifest and signature, fetched and accepted. */

import { BundleError } from "../shared/errors.js";
import type { Bytes } from "./digest.js";
import type { KeptVersions } from "./kept.js";
import { MAX_MANIFEST_BYTES } from "./manifest.js";
import { Connection, type Network, persistently } from "./network.js";
import { withNewest } from "./shelf.js";
import { MAX_SIGNATURE_BYTES, requireFresh } from "./signature.js";
import { acceptVersion, type BundleVersion } from "./version.js";

/** Throws NetworkLost, a BundleError or CancelledError. What it accepts is remembered: nothing older is accepted later. */
export async function fetchOffered(url: URL, network: Network, kept: KeptVersions): Promise<BundleVersion> {
  const version = await fetchVersion(url, network, kept.trusted);
  const { issued } = version.signature;
  requireFresh(version.signature, network.clock.unix(), (await kept.shelf()).newest);
  // Where there is no room for that there is none for a bundle either.
  await kept.change((shelf) => withNewest(shelf, issued)).catch(() => undefined);
  if ((await kept.version(version.id)) !== null) await kept.keep(version).catch(() => undefined);
  return version;
}

/** The manifest's address: `url` itself, or `manifest.json` in the folder that it names. */
export function manifestUrl(url: string): URL {
  try {
    const address = new URL(url);
    if (address.pathname.endsWith(".json")) return address;
    if (!address.pathname.endsWith("/")) address.pathname += "/";
    return new URL("manifest.json", address);
  } catch {
    throw new BundleError(["bundle-url", { url }], `The bundle's address is not a full address: ${url}`, "Give one that begins with https://.");
  }
}

/** The signature's address: beside the manifest, `manifest.sig` for `manifest.json`. */
export function signatureUrl(manifest: URL): URL {
  const address = new URL(manifest);
  address.pathname = address.pathname.replace(/\.json$/, ".sig");
  return address;
}

/** While a version is being published, the two files may be of two versions, or a cache may hold one of them back. */
async function fetchVersion(url: URL, network: Network, trusted: readonly string[]): Promise<BundleVersion> {
  try {
    return await acceptVersion(await fetchBoth(url, network, "no-cache"), trusted);
  } catch (thrown) {
    if (!(thrown instanceof BundleError) || thrown.code !== "manifest-altered") throw thrown;
    return acceptVersion(await fetchBoth(url, network, "reload"), trusted);
  }
}

async function fetchBoth(url: URL, network: Network, cache: RequestCache): Promise<{ manifest: Bytes; signature: Bytes }> {
  const manifest = await persistently(network, () => fetchSmall(url, "manifest", MAX_MANIFEST_BYTES, { network, cache }));
  const signature = await persistently(network, () => fetchSmall(signatureUrl(url), "signature", MAX_SIGNATURE_BYTES, { network, cache }));
  return { manifest, signature };
}

/** The file, cut one byte behind what it may have. */
async function fetchSmall(
  url: URL, kind: "manifest" | "signature", mostBytes: number, { network, cache }: { readonly network: Network; readonly cache: RequestCache },
): Promise<Bytes> {
  const connection = new Connection(network);
  const bytes = new Uint8Array(mostBytes + 1);
  let length = 0;
  try {
    const response = await connection.open(url, kind, { cache });
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
