/**
 * All files of one variant, from the store where they are kept, else from the network, each verified
 * and written to its place. Several tabs share the work: one fetches a file, the others wait and find it kept.
 */

import type { FileEntry } from "../shared/manifest.js";
import { isVerified, type Bytes } from "./digest.js";
import { type Download, fetchFile } from "./fetching.js";
import type { Keeper } from "./keeper.js";
import { inParallel } from "./parallel.js";
import type { ShardStore } from "./store.js";

const AT_A_TIME = 3;

/** A file and where it goes: into the first place, then from there to the others. */
export interface WantedFile {
  readonly entry: FileEntry;
  readonly places: readonly [Bytes, ...Bytes[]];
}

export interface Gathering {
  readonly store: ShardStore;
  readonly keeper: Keeper;
  readonly download: Download;
}

/** Fills every place. Throws as `fetchFile` does; what was verified before is kept. */
export async function gather(files: readonly WantedFile[], gathering: Gathering): Promise<void> {
  const { signal } = gathering.download;
  const missing: WantedFile[] = [];
  await inParallel(files, AT_A_TIME, signal, async (file) => {
    if (!(await restore(file, gathering))) missing.push(file);
  });
  await inParallel(missing, AT_A_TIME, signal, (file, stop) => obtain(file, gathering, stop));
  for (const { places } of files) {
    for (const copy of places.slice(1)) copy.set(places[0]);
  }
}

/** The file from the store, if it is there and right. */
async function restore({ entry, places }: WantedFile, { store, keeper, download }: Gathering): Promise<boolean> {
  const right = (await store.read(entry.file, places[0])) && (await isVerified(entry, places[0]));
  if (right) {
    keeper.found(entry.bytes);
    download.tally.found(entry.bytes);
  }
  return right;
}

/** The file from the network, unless another tab has brought it while we waited for our turn. */
async function obtain(file: WantedFile, gathering: Gathering, signal: AbortSignal): Promise<void> {
  const { store, keeper, download } = gathering;
  const [place] = file.places;
  await store.exclusive(file.entry.file, signal, async () => {
    if (await restore(file, gathering)) return;
    await fetchFile(file.entry, place, { ...download, signal });
    await keeper.keep(file.entry.file, place);
  });
}
