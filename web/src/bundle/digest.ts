/** SHA-256 by WebCrypto: what a file is known by. */

import type { FileEntry } from "../shared/manifest.js";

/** Bytes in a buffer of our own, never a shared one: WebCrypto and the file system take no other. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Lower-case hexadecimal SHA-256. */
export async function sha256(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** True where these are exactly the bytes the manifest names. */
export async function isVerified(entry: FileEntry, bytes: Bytes): Promise<boolean> {
  return bytes.length === entry.bytes && (await sha256(bytes)) === entry.sha256;
}
