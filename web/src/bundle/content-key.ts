/**
 * The key that a bundle's files are encrypted with: from a passphrase, or from an endpoint of the app's own origin
 * that hands it to those it knows. What comes out cannot be read by any script, only used.
 */

import { BundleError, CancelledError } from "../shared/errors.js";
import type { Encryption, EndpointKey, PassphraseKey } from "../shared/manifest.js";
import type { Secret } from "../shared/protocol.js";
import type { Wordings } from "../shared/wordings.js";
import { type ContentKey, hkdf } from "./decrypt.js";
import { fromHex } from "./ed25519.js";

/** What asks for a key; `fetch` is used for endpoints only. */
export interface Asking {
  /** Absolute address of the bundle: a key's path is of the same origin. */
  readonly url: URL;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
}

const USES: KeyUsage[] = ["deriveKey", "deriveBits"];

/** Throws a BundleError: `key-wrong` for a secret that opens something else or nothing. */
export async function unlock({ key, key_id: id }: Encryption, secret: Secret, asking: Asking): Promise<ContentKey> {
  const opened = key.kind === "passphrase" ? await unwrapped(key, secret.text) : await fetched(key, secret.text, asking);
  if (opened === null || (await idOf(opened)) !== id) throw wrong(key);
  return opened;
}

/** 16 hexadecimal digits that tell a content key from others. */
export async function idOf(key: ContentKey): Promise<string> {
  const id = new Uint8Array(await crypto.subtle.deriveBits(hkdf("key id"), key, 64));
  return Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Null for another passphrase. */
async function unwrapped({ salt, iterations, wrapped }: PassphraseKey, passphrase: string): Promise<ContentKey | null> {
  const text = new TextEncoder().encode(passphrase.normalize("NFC"));
  const typed = await crypto.subtle.importKey("raw", text, "PBKDF2", false, ["deriveBits"]);
  const master = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: fromHex(salt), iterations }, typed, 256);
  const worth = await crypto.subtle.importKey("raw", master, "HKDF", false, ["deriveKey"]);
  const wrapping = await crypto.subtle.deriveKey(hkdf("wrapping key"), worth, { name: "AES-KW", length: 256 }, false, ["unwrapKey"]);
  try {
    return await crypto.subtle.unwrapKey("raw", fromHex(wrapped), wrapping, "AES-KW", "HKDF", false, USES);
  } catch {
    return null;
  }
}

/** Null where the endpoint does not know the token, or answers with something else than a key. */
async function fetched({ path }: EndpointKey, token: string, { url, fetch, signal }: Asking): Promise<ContentKey | null> {
  const response = await fetch(new URL(path, url.origin), { signal, cache: "no-store", redirect: "error", headers: { authorization: `Bearer ${token}` } }).catch(() => {
    if (signal.aborted) throw new CancelledError();
    throw unreachable("the connection broke", { why: "broke" });
  });
  if (response.status === 401 || response.status === 403) return null;
  if (!response.ok) throw unreachable(`it answered ${response.status}`, { why: "answered", status: response.status });
  const answer: unknown = await response.json().catch(() => null);
  const key = typeof answer === "object" && answer !== null && "key" in answer ? answer.key : null;
  if (typeof key !== "string" || !/^[0-9a-f]{64}$/.test(key)) throw unreachable("its answer holds no key", { why: "no-key" });
  return crypto.subtle.importKey("raw", fromHex(key), "HKDF", false, USES);
}

/** What is to be told where a key is needed and none is kept. */
export function keyNeeded(name: string, { key }: Encryption): BundleError {
  return key.kind === "passphrase"
    ? new BundleError(["passphrase-needed", { name }], `${name} is encrypted.`, "Enter its passphrase; it is not kept, only the key that it opens.")
    : new BundleError(["token-needed", { name }], `${name} is encrypted.`, "Enter your access token for its key; it is not kept, only the key.");
}

export function isKeyNeeded({ code }: { readonly code: string }): boolean {
  return code === "passphrase-needed" || code === "token-needed";
}

function wrong({ kind }: Encryption["key"]): BundleError {
  return kind === "passphrase"
    ? new BundleError("key-wrong/passphrase", "This is not the passphrase of the model.", "Try again. What has been fetched stays here.")
    : new BundleError("key-wrong/token", "This access token opens no key of the model.", "Ask the people who run this site for one that does. What has been fetched stays here.");
}

function unreachable(why: string, values: Wordings["key-unreachable"]): BundleError {
  return new BundleError(["key-unreachable", values], `The key of the model could not be had: ${why}.`, "Try again later, or tell the people who run this site.");
}
