/** Places in memory for the files of one variant, and how each file's stored bytes get there. */

import { DeviceError } from "../shared/errors.js";
import type { FileEntry, Manifest, Shard, Variant } from "../shared/manifest.js";
import { type ContentKey, decrypt, plainSize } from "./decrypt.js";
import type { Bytes } from "./digest.js";
import { expand } from "./expand.js";
import type { WantedFile } from "./gather.js";
import { inMegabytes, megabytes } from "./keeper.js";
import type { ShardStore } from "./store.js";

export interface Layout {
  readonly graph: Bytes;
  readonly weights: Bytes;
  readonly tokenizer: Bytes;
  readonly files: readonly WantedFile[];
  readonly totalBytes: number;
}

/** The files that a variant needs, each once. */
export function filesOfVariant(manifest: Manifest, { graph, shards }: Variant): readonly FileEntry[] {
  return [...new Map([manifest.tokenizer, graph, ...shards].map((entry) => [entry.file, entry])).values()];
}

export function bytesOf(entries: readonly FileEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Those that are not in the store in their full length. What is in a file is checked when it is read. */
export async function missingOf(entries: readonly FileEntry[], store: ShardStore): Promise<readonly FileEntry[]> {
  const sizes = await Promise.all(entries.map(({ file }) => store.size(file)));
  return entries.filter(({ bytes }, index) => sizes[index] !== bytes);
}

/** How stored bytes become plain ones; null where they are. */
export interface Cipher {
  readonly key: ContentKey;
  readonly chunkBytes: number;
}

/** Throws a DeviceError where there is no memory for it. */
export function layOut(manifest: Manifest, variant: Variant, cipher: Cipher | null): Layout {
  const plain = plainly(cipher);
  const weights = allocate(variant.shards.reduce((sum, shard) => sum + shard.raw_bytes, 0));
  const graph = allocate(plain(variant.graph).bytes);
  const tokenizer = allocate(plain(manifest.tokenizer).bytes);
  const places = new Map<string, Bytes[]>();
  const place = ({ file }: FileEntry, into: Bytes): void => {
    places.set(file, [...(places.get(file) ?? []), into]);
  };
  place(manifest.tokenizer, tokenizer);
  place(variant.graph, graph);
  let start = 0;
  for (const shard of variant.shards) place(shard, weights.subarray(start, (start += shard.raw_bytes)));
  const entries = filesOfVariant(manifest, variant);
  const packed = new Map(variant.shards.filter(({ encoding }) => encoding !== "none").map((shard) => [shard.file, shard]));
  const files = entries.map((entry) => {
    const shard = packed.get(entry.file);
    const into = places.get(entry.file) ?? [];
    const file = shard === undefined ? placed(plain(entry), into) : expanded(plain(shard), into);
    return cipher === null ? file : decrypted(entry, file, cipher);
  });
  return { graph, weights, tokenizer, files, totalBytes: bytesOf(entries) };
}

/** A file that is read right where it belongs, and copied from there to where it stands again. */
function placed(entry: FileEntry, [first = allocate(entry.bytes), ...others]: readonly Bytes[]): WantedFile {
  const take = (stored: Bytes): Promise<void> => {
    for (const copy of others) copy.set(stored);
    return Promise.resolve();
  };
  return { entry, room: () => first, take };
}

/** A shard that is read into a room of its own for as long as it takes to expand it. */
function expanded(shard: Shard, [first = allocate(shard.raw_bytes), ...others]: readonly Bytes[]): WantedFile {
  const take = async (stored: Bytes): Promise<void> => {
    await expand(shard, stored, first);
    for (const copy of others) copy.set(first);
  };
  return { entry: shard, room: () => allocate(shard.bytes), take };
}

/** A file that is read into a room of its own and decrypted from there to where it was to be read. */
function decrypted(entry: FileEntry, file: WantedFile, { key, chunkBytes }: Cipher): WantedFile {
  const take = async (stored: Bytes): Promise<void> => {
    const plain = file.room();
    await decrypt(stored, plain, chunkBytes, key);
    await file.take(plain);
  };
  return { entry, room: () => allocate(entry.bytes), take };
}

/** Entries with the sizes of the plain files. A size that no encrypted file has is left to `decrypt` to refuse. */
function plainly(cipher: Cipher | null): <Entry extends FileEntry>(entry: Entry) => Entry {
  return (entry) => (cipher === null ? entry : { ...entry, bytes: plainSize(entry.bytes, cipher.chunkBytes) ?? 0 });
}

function allocate(bytes: number): Bytes {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw new DeviceError(
      ["memory", { megabytes: inMegabytes(bytes) }],
      `This device could not set aside ${megabytes(bytes)} of memory for the model.`,
      "Close other tabs and programs and try again, or use a device with more memory.",
    );
  }
}
