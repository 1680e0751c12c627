/**
 * The store on the device's disk: one folder of the origin private file system, which no other site
 * can read. Access handles lock a file for one tab, so a Web Lock for each file makes tabs take turns.
 */

import { notice } from "../shared/notice.js";
import type { Bytes } from "./digest.js";
import { MemoryStore, type ShardStore } from "./store.js";

const FOLDER = "excerpt-bundle";
const PROBE = "probe";

/** What the store asks of the browser; `navigator.locks` and `navigator.storage` fit. */
export interface Surroundings {
  readonly locks?: Pick<LockManager, "request">;
  readonly storage?: Pick<StorageManager, "estimate">;
}

/** The store of this browser: on disk where that works, else in memory with the reason. Never rejects. */
export async function openStore(): Promise<ShardStore> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    const store = new OpfsStore(folder, navigator);
    await probe(store);
    return store;
  } catch (thrown) {
    const name = thrown instanceof Error ? thrown.name : "unknown error";
    const message = `This browser keeps no files for this page (${name}; a private window, or no secure connection), so the model is fetched again on the next visit.`;
    return new MemoryStore(notice("not-kept/browser", { reason: name }, message));
  }
}

/** Some private windows open the folder and then refuse every file in it: better known before a download. */
async function probe(store: OpfsStore): Promise<void> {
  await store.write(PROBE, new Uint8Array([1]));
  await store.delete(PROBE);
}

export class OpfsStore implements ShardStore {
  readonly kind = "opfs";

  constructor(
    private readonly folder: FileSystemDirectoryHandle,
    private readonly surroundings: Surroundings,
  ) {}

  async size(name: string): Promise<number | null> {
    try {
      const handle = await this.folder.getFileHandle(name);
      return (await handle.getFile()).size;
    } catch {
      return null;
    }
  }

  async read(name: string, into: Bytes): Promise<boolean> {
    try {
      return await this.#locked(name, async () => readFile(await this.folder.getFileHandle(name), into));
    } catch {
      return false;
    }
  }

  async write(name: string, bytes: Bytes): Promise<void> {
    await this.#locked(name, async () => {
      try {
        await writeFile(await this.folder.getFileHandle(name, { create: true }), bytes);
      } catch (thrown) {
        // Half a file is only in the way; what matters is the error that came first.
        await this.folder.removeEntry(name).catch(() => undefined);
        throw thrown;
      }
    });
  }

  async delete(name: string): Promise<void> {
    try {
      await this.#locked(name, () => this.folder.removeEntry(name));
    } catch (thrown) {
      if (!(thrown instanceof DOMException && thrown.name === "NotFoundError")) throw thrown;
    }
  }

  async list(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const name of this.folder.keys()) if (name !== PROBE) names.push(name);
    return names.sort();
  }

  async available(): Promise<number | null> {
    try {
      const estimate = await this.surroundings.storage?.estimate();
      if (estimate?.quota === undefined || estimate.usage === undefined) return null;
      return Math.max(0, estimate.quota - estimate.usage);
    } catch {
      return null;
    }
  }

  async exclusive<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const { locks } = this.surroundings;
    return locks === undefined ? work() : locks.request(`${FOLDER}/fetch/${name}`, { signal }, work);
  }

  /** One handle at a time on one file, over all tabs. Held for one read or write only. */
  async #locked<T>(name: string, work: () => Promise<T>): Promise<T> {
    const { locks } = this.surroundings;
    return locks === undefined ? work() : locks.request(`${FOLDER}/file/${name}`, work);
  }
}

async function readFile(file: FileSystemFileHandle, into: Bytes): Promise<boolean> {
  if (!hasAccessHandle(file)) {
    const blob = await file.getFile();
    if (blob.size !== into.length) return false;
    into.set(new Uint8Array(await blob.arrayBuffer()));
    return true;
  }
  const access = await file.createSyncAccessHandle();
  try {
    return access.getSize() === into.length && access.read(into, { at: 0 }) === into.length;
  } finally {
    access.close();
  }
}

async function writeFile(file: FileSystemFileHandle, bytes: Bytes): Promise<void> {
  if (!hasAccessHandle(file)) return writeStream(file, bytes);
  const access = await file.createSyncAccessHandle();
  try {
    access.truncate(0);
    const written = access.write(bytes, { at: 0 });
    if (written !== bytes.length) throw new DOMException(`${written} of ${bytes.length} bytes written`, "QuotaExceededError");
  } finally {
    access.close();
  }
}

/** Older browsers: the file takes the new content when the stream closes, and not before. */
async function writeStream(file: FileSystemFileHandle, bytes: Bytes): Promise<void> {
  const stream = await file.createWritable();
  try {
    await stream.write(bytes);
  } catch (thrown) {
    await stream.abort().catch(() => undefined);
    throw thrown;
  }
  await stream.close();
}

function hasAccessHandle(file: Partial<FileSystemFileHandle>): boolean {
  return typeof file.createSyncAccessHandle === "function";
}
