/**
 * Ed25519 (RFC 8032): the browser's own where it has it (Chromium 137, Firefox 129, Safari 17), else a small
 * library, loaded only then.
 */

import type { Bytes } from "./digest.js";

/** True where `signature` (64 bytes) is that of the raw public key (32 bytes) for the message. Rejects for no key. */
export type Verify = (publicKey: Bytes, signature: Bytes, message: Bytes) => Promise<boolean>;

/** The first test vector of RFC 8032: an empty message. */
const PROBE = {
  publicKey: fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
  signature: fromHex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ),
};

export const verifyByBrowser: Verify = async (publicKey, signature, message) => {
  const key = await crypto.subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, message);
};

export const verifyByLibrary: Verify = async (publicKey, signature, message) => {
  const { verifyAsync } = await import("@noble/ed25519");
  return verifyAsync(signature, message, publicKey, { zip215: false });
};

/** The first of these that knows a right signature. Browsers without Ed25519 throw; none of them says no. */
export async function firstThatWorks(own: Verify, other: Verify): Promise<Verify> {
  const works = await own(PROBE.publicKey, PROBE.signature, new Uint8Array(0)).catch(() => false);
  return works ? own : other;
}

let chosen: Promise<Verify> | undefined;

export const verifyEd25519: Verify = async (publicKey, signature, message) => {
  chosen ??= firstThatWorks(verifyByBrowser, verifyByLibrary);
  return (await chosen)(publicKey, signature, message);
};

/** Bytes from pairs of hexadecimal digits, whose form the caller has checked. */
export function fromHex(hex: string): Bytes {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16));
}
