/**
 * One version of a bundle: a manifest that was accepted, with the bytes it was read from. Everything that
 * comes from outside (a server, the store) becomes one here and nowhere else.
 */

import type { Manifest } from "../shared/manifest.js";
import { type Bytes, sha256 } from "./digest.js";
import { parseManifest } from "./manifest.js";

export interface BundleVersion {
  /** The first 16 hexadecimal digits of the manifest's SHA-256. */
  readonly id: string;
  readonly manifest: Manifest;
  readonly bytes: Bytes;
}

/** Throws a BundleError for a manifest that is refused. */
export async function acceptVersion(bytes: Bytes): Promise<BundleVersion> {
  const manifest = parseManifest(bytes);
  return { id: (await sha256(bytes)).slice(0, 16), manifest, bytes };
}
