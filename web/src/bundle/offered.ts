/** The version that the server offers: its manifest, fetched and accepted. */

import { BundleError } from "../shared/errors.js";
import type { Bytes } from "./digest.js";
import { MAX_MANIFEST_BYTES } from "./manifest.js";
import { Connection, type Network, persistently } from "./network.js";
import { acceptVersion, type BundleVersion } from "./version.js";

/** Throws NetworkLost, a BundleError or CancelledError. */
export async function fetchOffered(url: URL, network: Network): Promise<BundleVersion> {
  return acceptVersion(await persistently(network, () => fetchManifest(url, network)));
}

/** The manifest's address: `url` itself, or `manifest.json` in the folder that it names. */
export function manifestUrl(url: string): URL {
  try {
    const address = new URL(url);
    if (address.pathname.endsWith(".json")) return address;
    if (!address.pathname.endsWith("/")) address.pathname += "/";
    return new URL("manifest.json", address);
  } catch {
    throw new BundleError("bundle-url", `The bundle's address is not a full address: ${url}`, "Give one that begins with https://.");
  }
}

async function fetchManifest(url: URL, network: Network): Promise<Bytes> {
  const connection = new Connection(network);
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
