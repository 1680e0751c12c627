/**
 * Files of an encrypted bundle, back into what they were. The form is told in `builder/bundle/encryption.py`, and
 * `tests/vectors/encryption.json` holds both languages to it: a header, then chunks of AES-256-GCM whose nonces
 * count them and mark the last one, under a key that each file has for itself.
 */

import { BundleError } from "../shared/errors.js";
import type { Phrases } from "../shared/wordings.js";
import type { Bytes } from "./digest.js";

/** The content key: only derived from, never read. WebCrypto's HKDF key. */
export type ContentKey = CryptoKey;

export const HEADER_BYTES = 28;
export const TAG_BYTES = 16;
const MAGIC = new TextEncoder().encode("excerpt\u0001");
const FILE_ID_AT = 12;
const PREFIX_BYTES = 7;

/** The size of the plain file; null where no file has this size when it is encrypted. */
export function plainSize(stored: number, chunkBytes: number): number | null {
  const body = stored - HEADER_BYTES;
  const plain = body - TAG_BYTES * Math.ceil(body / (chunkBytes + TAG_BYTES));
  return plain >= 0 && storedSize(plain, chunkBytes) === stored ? plain : null;
}

export function storedSize(plain: number, chunkBytes: number): number {
  return HEADER_BYTES + plain + TAG_BYTES * Math.max(1, Math.ceil(plain / chunkBytes));
}

/**
 * Fills `into` (of the plain file's size) from a file's stored bytes, which stay as they are. Throws a BundleError
 * (`file-undecryptable`) for anything but what was encrypted under this key; `into` then holds nothing of use.
 */
export async function decrypt(stored: Bytes, into: Bytes, chunkBytes: number, key: ContentKey): Promise<void> {
  const header = stored.subarray(0, HEADER_BYTES);
  if (!isHeader(header, chunkBytes)) throw undecryptable("header", "its header is not that of an encrypted file of this bundle");
  if (plainSize(stored.length, chunkBytes) !== into.length) throw undecryptable("cut-off", "it is cut off");
  const cipher = await cipherOf(header.subarray(FILE_ID_AT), key);
  const step = chunkBytes + TAG_BYTES;
  const chunks = Math.ceil((stored.length - HEADER_BYTES) / step);
  for (let number = 0; number < chunks; number++) {
    const at = HEADER_BYTES + number * step;
    const nonce = nonceOf(cipher.prefix, number, number + 1 === chunks);
    into.set(await opened(stored.subarray(at, at + step), { name: "AES-GCM", iv: nonce, additionalData: header }, cipher.key), number * chunkBytes);
  }
}

async function opened(chunk: Bytes, algorithm: AesGcmParams, key: CryptoKey): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, chunk));
  } catch {
    throw undecryptable("changed", "its content was changed, or the key is another one");
  }
}

function isHeader(header: Bytes, chunkBytes: number): boolean {
  const magic = MAGIC.every((byte, index) => header[index] === byte);
  return header.length === HEADER_BYTES && magic && new DataView(header.buffer, header.byteOffset).getUint32(MAGIC.length) === chunkBytes;
}

/** A file's own key, and what its nonces begin with. */
async function cipherOf(fileId: Bytes, key: ContentKey): Promise<{ readonly key: CryptoKey; readonly prefix: Bytes }> {
  const own = await crypto.subtle.deriveKey(hkdf("file key", fileId), key, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const prefix = await crypto.subtle.deriveBits(hkdf("nonce", fileId), key, PREFIX_BYTES * 8);
  return { key: own, prefix: new Uint8Array(prefix) };
}

/** HKDF-SHA256 for one purpose. */
export function hkdf(purpose: string, salt: Bytes = new Uint8Array()): HkdfParams {
  return { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(`excerpt ${purpose}`) };
}

function nonceOf(prefix: Bytes, number: number, last: boolean): Bytes {
  const nonce = new Uint8Array(PREFIX_BYTES + 5);
  nonce.set(prefix);
  new DataView(nonce.buffer).setUint32(PREFIX_BYTES, number);
  nonce[PREFIX_BYTES + 4] = last ? 1 : 0;
  return nonce;
}

function undecryptable(flaw: Phrases["flaw"], why: string): BundleError {
  return new BundleError(
    ["file-undecryptable", { flaw }],
    `A file of the model does not decrypt: ${why}.`,
    "The bundle was encrypted wrong: encrypt it again with `excerpt encrypt` and publish it whole.",
  );
}
