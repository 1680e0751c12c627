/** The table `encryption` in a manifest, read as strictly as the rest of it. */

import type { Encryption } from "../shared/manifest.js";
import type { Place } from "./place.js";

const LEAST_ITERATIONS = 600_000;
const MOST_ITERATIONS = 10_000_000;

export function readEncryption(place: Place): Encryption {
  const at = place.fields("cipher", "chunk_bytes", "key_id", "key");
  return {
    cipher: at.cipher.oneOf("aes-256-gcm-chunks"),
    chunk_bytes: at.chunk_bytes.integer(64, 2 ** 24),
    key_id: at.key_id.matching(/^[0-9a-f]{16}$/, "16 hexadecimal digits"),
    key: at.key.field("kind").oneOf("passphrase", "endpoint") === "passphrase" ? readPassphraseKey(at.key) : readEndpointKey(at.key),
  };
}

function readPassphraseKey(place: Place): Encryption["key"] {
  const at = place.fields("kind", "salt", "iterations", "wrapped");
  return {
    kind: "passphrase",
    salt: at.salt.matching(/^[0-9a-f]{32}$/, "32 hexadecimal digits"),
    iterations: at.iterations.integer(LEAST_ITERATIONS, MOST_ITERATIONS),
    wrapped: at.wrapped.matching(/^[0-9a-f]{80}$/, "80 hexadecimal digits"),
  };
}

/** A path, so that the key is asked for at no other origin. */
function readEndpointKey(place: Place): Encryption["key"] {
  const at = place.fields("kind", "path");
  return { kind: "endpoint", path: at.path.matching(/^\/(?!\/)[\w./~-]{0,199}$/, "a plain path of the origin") };
}
