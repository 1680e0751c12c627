/**
 * One version of a bundle: a manifest that was accepted, with the bytes it was read from and the signature that
 * vouches for them. Everything that comes from outside (a server, the store) becomes one here and nowhere else.
 */

import type { Manifest } from "../shared/manifest.js";
import { type Bytes, sha256 } from "./digest.js";
import { MAX_MANIFEST_BYTES, parseManifest } from "./manifest.js";
import { authenticate, MAX_SIGNATURE_BYTES, type Signature } from "./signature.js";

/** The two files as they are published. */
export interface SignedBytes {
  readonly manifest: Bytes;
  readonly signature: Bytes;
}

export interface BundleVersion {
  /** The first 16 hexadecimal digits of the manifest's SHA-256. */
  readonly id: string;
  readonly manifest: Manifest;
  readonly signature: Signature;
  readonly signed: SignedBytes;
}

/** In the store both lie in one file, so that neither is ever without the other. */
export const MAX_STORED_BYTES = MAX_SIGNATURE_BYTES + 1 + MAX_MANIFEST_BYTES;
const LINE_END = 10;

/** Throws a BundleError for a signature that none of the trusted keys made for this manifest, or a manifest that is refused. */
export async function acceptVersion(signed: SignedBytes, trusted: readonly string[]): Promise<BundleVersion> {
  const signature = await authenticate(signed.signature, signed.manifest, trusted);
  const manifest = parseManifest(signed.manifest);
  return { id: (await sha256(signed.manifest)).slice(0, 16), manifest, signature, signed };
}

/** The signature, a line end (which canonical JSON never holds), the manifest. */
export function toStored({ signature, manifest }: SignedBytes): Bytes {
  const stored = new Uint8Array(signature.length + 1 + manifest.length);
  stored.set(signature);
  stored[signature.length] = LINE_END;
  stored.set(manifest, signature.length + 1);
  return stored;
}

export function fromStored(stored: Bytes): SignedBytes {
  const end = stored.indexOf(LINE_END);
  return { signature: stored.slice(0, Math.max(0, end)), manifest: stored.slice(end + 1) };
}
