/**
 * Files of one variant, from the store where they are kept, else from the network, each verified and then
 * handed on. Several tabs share the work: one fetches a file, the others wait and find it kept.
 */

import type { FileEntry } from "../shared/manifest.js";
import { isVerified, type Bytes } from "./digest.js";
import { type Download, fetchFile } from "./fetching.js";
import { inParallel } from "./parallel.js";
import type { ShardStore } from "./store.js";

const AT_A_TIME = 3;

/** A file and what becomes of it. */
export interface WantedFile {
  readonly entry: FileEntry;
  /** Where its stored bytes may lie; asked for when its turn has come. */
  readonly room: () => Bytes;
  /** Takes the verified stored bytes, once. The store may hold on to them: they are not to be changed. */
  readonly take: (stored: Bytes) => Promise<void>;
}

/** Who keeps files for later. */
export interface FileKeeper {
  /** A file of this length was in the store already. */
  found(bytes: number): void;
  keep(name: string, bytes: Bytes): Promise<void>;
}

export interface Gathering {
  readonly store: ShardStore;
  readonly keeper: FileKeeper;
  readonly download: Download;
}

/** Hands on every file. Throws as `fetchFile` does; what was verified before is kept. */
export async function gather(files: readonly WantedFile[], gathering: Gathering): Promise<void> {
  const { signal } = gathering.download;
  const missing: WantedFile[] = [];
  await inParallel(files, AT_A_TIME, signal, async (file) => {
    if (!(await restore(file, gathering))) missing.push(file);
  });
  await inParallel(missing, AT_A_TIME, signal, (file, stop) => obtain(file, gathering, stop));
}

/** The file from the store, if it is there and right. */
async function restore({ entry, room, take }: WantedFile, { store, keeper, download }: Gathering): Promise<boolean> {
  if ((await store.size(entry.file)) !== entry.bytes) return false;
  const bytes = room();
  if (!(await store.read(entry.file, bytes)) || !(await isVerified(entry, bytes))) return false;
  keeper.found(entry.bytes);
  download.tally.found(entry.bytes);
  await take(bytes);
  return true;
}

/** The file from the network, unless another tab has brought it while we waited for our turn. */
async function obtain(file: WantedFile, gathering: Gathering, signal: AbortSignal): Promise<void> {
  const { store, keeper, download } = gathering;
  const { entry, room, take } = file;
  await store.exclusive(entry.file, signal, async () => {
    if (await restore(file, gathering)) return;
    const bytes = room();
    await fetchFile(entry, bytes, { ...download, signal });
    await keeper.keep(entry.file, bytes);
    await take(bytes);
  });
}
