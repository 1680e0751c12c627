/**
 * The signature of a bundle, `manifest.sig`: whose manifest it is, since when and until when. No IO. The rules are
 * those of `builder/bundle/signing.py`, code for code:
 *
 * - the key is one of those that are trusted, and the signature is that key's;
 * - the manifest is the one that was signed;
 * - it was not issued in the future and has not expired, give or take a day of a clock that is wrong;
 * - it was not issued before the newest that was seen at the same address.
 *
 * The last two are for what a server offers. What lies on the device already goes on, see `staleNotice`.
 */

import { BundleError } from "../shared/errors.js";
import { type Notice, notice } from "../shared/notice.js";
import { canonicalJson, decodeText, parseJson, requireCanonical } from "./canonical.js";
import { type Bytes, sha256 } from "./digest.js";
import { fromHex, verifyEd25519, type Verify } from "./ed25519.js";
import { MAX_MANIFEST_BYTES } from "./manifest.js";
import type { Told } from "../shared/wordings.js";
import { Place, refusing, shown } from "./place.js";

/** What `manifest.sig` says. Times are seconds since 1970; `signature` is hexadecimal. */
export interface Signature {
  readonly format: 1;
  /** The first 16 hexadecimal digits of the raw public key's SHA-256. */
  readonly key_id: string;
  readonly issued: number;
  readonly expires: number;
  readonly manifest_bytes: number;
  readonly manifest_sha256: string;
  readonly signature: string;
}

export const MAX_SIGNATURE_BYTES = 1024;
const DOMAIN = "excerpt manifest signature 1\n";
/** How wrong a clock may be. */
const SKEW = 86_400;
/** The last second of the year 9999. */
const LATEST = 253_402_300_799;
const SIGN_AGAIN = "The people who run this site have to sign the model again (`excerpt sign`) and publish it whole.";

const refuse = refusing("signature", SIGN_AGAIN);

/** The file's content, not trusted yet. Throws a BundleError whose code begins with `signature-`. */
export function parseSignature(bytes: Uint8Array): Signature {
  const text = decodeText(bytes, MAX_SIGNATURE_BYTES, refuse);
  const root = new Place("", parseJson(text, refuse), refuse);
  const format = root.field("format").value;
  if (format !== 1) throw refuse("format", `its format is ${shown(format)}, and this app reads format 1`, shown(format));
  const signature = readSignature(root);
  requireCanonical(text, root.value, refuse);
  return signature;
}

function readSignature(root: Place): Signature {
  const at = root.fields("format", "key_id", "issued", "expires", "manifest_bytes", "manifest_sha256", "signature");
  const issued = at.issued.integer(0, LATEST);
  return {
    format: 1,
    key_id: at.key_id.matching(/^[0-9a-f]{16}$/, "16 hexadecimal digits"),
    issued,
    expires: at.expires.integer(issued + 1, LATEST),
    manifest_bytes: at.manifest_bytes.integer(1, MAX_MANIFEST_BYTES),
    manifest_sha256: at.manifest_sha256.matching(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal"),
    signature: at.signature.matching(/^[0-9a-f]{128}$/, "128 hexadecimal digits"),
  };
}

/**
 * The signature, if one of the trusted public keys (64 hexadecimal digits each) made it for exactly this
 * manifest. Says nothing of time: see `requireFresh`. Throws a BundleError.
 */
export async function authenticate(
  bytes: Bytes, manifest: Bytes, trusted: readonly string[], verify: Verify = verifyEd25519,
): Promise<Signature> {
  const signature = parseSignature(bytes);
  const publicKey = await keyCalled(signature.key_id, trusted);
  if (publicKey === null) {
    throw new BundleError(
      ["signature-unknown-key", { key: signature.key_id }],
      `The model is signed with the key ${signature.key_id}, which this app does not know.`,
      "Ask the people who run this site. If that is you: sign the bundle with the key that the app was built for (`excerpt sign`), or build the app for this key (EXCERPT_PUBLIC_KEYS).",
    );
  }
  if (!(await verify(publicKey, fromHex(signature.signature), signedBytes(signature)))) {
    throw new BundleError(
      ["signature-wrong", { key: signature.key_id }],
      `The model's signature is not by the key ${signature.key_id} that it names, so somebody else has made or changed it.`,
      `Do not use it. ${SIGN_AGAIN}`,
    );
  }
  if (manifest.length !== signature.manifest_bytes || (await sha256(manifest)) !== signature.manifest_sha256) {
    throw new BundleError(
      "manifest-altered",
      "The model's manifest is not the one that was signed: it was changed, or only half of a new version has been published.",
      `Try again in a while. ${SIGN_AGAIN}`,
    );
  }
  return signature;
}

/** Public keys as a page may give them: a list of them, each in its form. Throws a BundleError. */
export function requireKeys(trusted: unknown): asserts trusted is readonly string[] {
  const keys: readonly unknown[] = Array.isArray(trusted) ? trusted : [trusted];
  const wrong = keys.find((key) => typeof key !== "string" || !/^[0-9a-f]{64}$/.test(key));
  if (Array.isArray(trusted) && wrong === undefined && keys.length > 0) return;
  const [told, what]: readonly [Told, string] = keys.length === 0 ? ["public-keys/none", "No public key was given"]
    : wrong === undefined ? ["public-keys/no-list", "The public keys are no list"]
    : [["public-keys/no-key", { found: shown(wrong) }], `${shown(wrong)} is no public key`];
  throw new BundleError(told, `${what}, so no model can be trusted.`, "Give a list of the keys whose bundles are to be opened, 64 hexadecimal digits each (`excerpt keys show` prints them).");
}

async function keyCalled(keyId: string, trusted: readonly string[]): Promise<Bytes | null> {
  for (const hex of trusted) {
    const publicKey = fromHex(hex);
    if ((await sha256(publicKey)).startsWith(keyId)) return publicKey;
  }
  return null;
}

/** What the key signs: the domain, then every field but the signature itself. */
function signedBytes({ format, key_id, issued, expires, manifest_bytes, manifest_sha256 }: Signature): Bytes {
  return new TextEncoder().encode(DOMAIN + canonicalJson({ format, key_id, issued, expires, manifest_bytes, manifest_sha256 }));
}

/**
 * For what a server offers at the time `now` (seconds since 1970); `newest` is the latest `issued` that was seen
 * at the same address. Throws a BundleError.
 */
export function requireFresh(signature: Signature, now: number, newest: number): void {
  if (signature.issued > now + SKEW) {
    throw new BundleError(
      ["signature-early", { issued: day(signature.issued), today: day(now) }],
      `The model was signed in the future, on ${day(signature.issued)}; today is ${day(now)}.`,
      "Check the date of this device. If it is right, the people who run this site have to sign the model again (`excerpt sign`).",
    );
  }
  if (hasExpired(signature, now)) {
    throw new BundleError(
      ["signature-expired", { until: day(signature.expires), today: day(now) }],
      `The model's signature was good until ${day(signature.expires)}; today is ${day(now)}.`,
      `Check the date of this device. If it is right: ${lowered(SIGN_AGAIN)}`,
    );
  }
  if (signature.issued < newest) {
    throw new BundleError(
      ["signature-rolled-back", { issued: day(signature.issued), newest: day(newest) }],
      `The server offers a model of ${day(signature.issued)}, older than the one of ${day(newest)} that this device has seen here.`,
      "Somebody may be holding back a newer one. The people who run this site have to publish it again or, if the older one is meant, sign that again (`excerpt sign`).",
    );
  }
}

/** What the reader is told of a model on the device whose time is over; null while it is good. */
export function staleNotice(signature: Signature, now: number): Notice | null {
  if (!hasExpired(signature, now)) return null;
  const until = day(signature.expires);
  return notice("stale-version", { until }, `The model on this device was signed to be good until ${until}. It still works, but a newer one should be there by now.`);
}

function hasExpired(signature: Signature, now: number): boolean {
  return now > signature.expires + SKEW;
}

/** Such as 2026-11-22. */
function day(seconds: number): string {
  return new Date(Math.min(seconds, LATEST) * 1000).toISOString().slice(0, 10);
}

function lowered(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
