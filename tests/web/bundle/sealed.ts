/** A test's bundle, encrypted: the same form as `builder/bundle/encryption.py` gives, made anew with node's own cipher. */

import { createCipheriv, createHash, hkdfSync } from "node:crypto";
import { HEADER_BYTES } from "../../../web/src/bundle/decrypt.js";
import type { Bytes } from "../../../web/src/bundle/digest.js";
import type { Encryption, FileEntry } from "../../../web/src/shared/manifest.js";
import type { TestBundle } from "./host.js";

/** The bundle with every file encrypted under a key (64 hexadecimal digits), and the table that says so. */
export function sealed(bundle: TestBundle, contentKey: string, encryption: Encryption): TestBundle {
  const key = Buffer.from(contentKey, "hex");
  const files = new Map<string, Bytes>();
  const seal = <Entry extends FileEntry>(entry: Entry): Entry => {
    const stored = encrypted(bundle.files.get(entry.file) ?? new Uint8Array(), key, encryption.chunk_bytes);
    const sha256 = createHash("sha256").update(stored).digest("hex");
    const file = `${sha256.slice(0, 16)}.${entry.file.split(".")[1] ?? ""}`;
    files.set(file, stored);
    return { ...entry, file, bytes: stored.length, sha256 };
  };
  const variants = bundle.manifest.variants.map((variant) => {
    const graph = seal(variant.graph);
    const shards = variant.shards.map(seal);
    return { ...variant, graph, shards, bytes: shards.reduce((sum, { bytes }) => sum + bytes, graph.bytes) };
  });
  const manifest = { ...bundle.manifest, tokenizer: seal(bundle.manifest.tokenizer), variants, encryption };
  return { ...bundle, manifest, files, shards: variants[0]?.shards.map(({ file }) => file) ?? [] };
}

function encrypted(plain: Bytes, contentKey: Buffer, chunkBytes: number): Bytes {
  const fileId = derive(contentKey, createHash("sha256").update(plain).digest(), "file id", 16);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("excerpt\u0001", "latin1");
  header.writeUInt32BE(chunkBytes, 8);
  fileId.copy(header, 12);
  const key = derive(contentKey, fileId, "file key", 32);
  const prefix = derive(contentKey, fileId, "nonce", 7);
  const chunks = Math.max(1, Math.ceil(plain.length / chunkBytes));
  const parts: Buffer[] = [header];
  for (let number = 0; number < chunks; number++) {
    const nonce = Buffer.alloc(12);
    prefix.copy(nonce);
    nonce.writeUInt32BE(number, 7);
    nonce[11] = number + 1 === chunks ? 1 : 0;
    const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(header);
    parts.push(cipher.update(plain.subarray(number * chunkBytes, (number + 1) * chunkBytes)), cipher.final(), cipher.getAuthTag());
  }
  return Uint8Array.from(Buffer.concat(parts));
}

function derive(key: Buffer, salt: Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", key, salt, `excerpt ${purpose}`, bytes));
}
