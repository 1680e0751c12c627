/**
 * The versions of one bundle that are kept in a store: their manifests, and the shelf that says which is which.
 * Every change of the shelf is one step under a lock that all tabs share.
 */

import { type Bytes, sha256 } from "./digest.js";
import { filesOf } from "./manifest.js";
import { EMPTY_SHELF, keptIds, parseShelf, serialiseShelf, type Shelf } from "./shelf.js";
import { requireKeys } from "./signature.js";
import type { ShardStore } from "./store.js";
import { acceptVersion, type BundleVersion, fromStored, MAX_STORED_BYTES, toStored } from "./version.js";

const MANIFEST_NAME = /^manifest-([0-9a-f]{16})-([0-9a-f]{16})\.json$/;
const SHELF_NAME = /^shelf-[0-9a-f]{16}\.json$/;

export class KeptVersions {
  private constructor(
    readonly store: ShardStore,
    /** Tells the bundles of one origin apart: 16 hexadecimal digits of the address. */
    private readonly address: string,
    /** The public keys whose bundles are opened. */
    readonly trusted: readonly string[],
  ) {}

  /** Throws a BundleError for keys that are none. */
  static async at(url: URL, store: ShardStore, trusted: readonly string[]): Promise<KeptVersions> {
    requireKeys(trusted);
    const digest = await sha256(new TextEncoder().encode(url.href));
    return new KeptVersions(store, digest.slice(0, 16), trusted);
  }

  async shelf(): Promise<Shelf> {
    const bytes = await readWhole(this.#shelfName, this.store);
    return (bytes === null ? null : parseShelf(new TextDecoder().decode(bytes))) ?? this.#guess();
  }

  /** The version of this id where its manifest is kept and still accepted. */
  async version(id: string | null): Promise<BundleVersion | null> {
    const version = id === null ? null : await this.#read(this.#manifestName(id));
    return version?.id === id ? version : null;
  }

  /** Keeps a version's manifest and signature. Rejects with the browser's error where there is no room. */
  async keep({ id, signature, signed }: BundleVersion): Promise<void> {
    if ((await this.version(id))?.signature.issued === signature.issued) return;
    await this.store.write(this.#manifestName(id), toStored(signed));
  }

  /** Changes the shelf, unless `step` leaves it as it is; answers with what it is now. */
  async change(step: (shelf: Shelf) => Shelf): Promise<Shelf> {
    return this.store.exclusive(this.#shelfName, new AbortController().signal, async () => {
      const before = await this.shelf();
      const after = step(before);
      const text = serialiseShelf(after);
      if (text !== serialiseShelf(before)) await this.store.write(this.#shelfName, new TextEncoder().encode(text));
      return after;
    });
  }

  /** Deletes what no version on any shelf names: manifests of this bundle first, then files. */
  async prune(): Promise<void> {
    const kept = keptIds(await this.shelf());
    const names = await this.store.list();
    const stale = names.filter((name) => this.#isManifest(name) && !kept.some((id) => name === this.#manifestName(id)));
    const manifests = names.filter((name) => MANIFEST_NAME.test(name) && !stale.includes(name));
    const versions = await Promise.all(manifests.map((name) => this.#read(name)));
    const named = new Set(versions.flatMap((version) => (version === null ? [] : filesOf(version.manifest).map(({ file }) => file))));
    const left = names.filter((name) => !manifests.includes(name) && !SHELF_NAME.test(name) && !named.has(name));
    await Promise.all(left.map((name) => this.store.delete(name)));
  }

  /** Without a readable shelf, any kept manifest is as good as another. */
  async #guess(): Promise<Shelf> {
    const ids = (await this.store.list()).filter((name) => this.#isManifest(name)).flatMap((name) => MANIFEST_NAME.exec(name)?.[2] ?? []);
    return { ...EMPTY_SHELF, inUse: ids[0] ?? null, before: ids[1] ?? null };
  }

  /** Null for what is torn, of a format that this app does not read, or of a key that it does not trust. */
  async #read(name: string): Promise<BundleVersion | null> {
    const bytes = await readWhole(name, this.store);
    try {
      return bytes === null ? null : await acceptVersion(fromStored(bytes), this.trusted);
    } catch {
      return null;
    }
  }

  get #shelfName(): string {
    return `shelf-${this.address}.json`;
  }

  #manifestName(id: string): string {
    return `manifest-${this.address}-${id}.json`;
  }

  #isManifest(name: string): boolean {
    return MANIFEST_NAME.exec(name)?.[1] === this.address;
  }
}

/** The note of what was seen: it stays when everything else is deleted. */
export function isNote(name: string): boolean {
  return SHELF_NAME.test(name);
}

async function readWhole(name: string, store: ShardStore): Promise<Bytes | null> {
  const size = await store.size(name);
  if (size === null || size > MAX_STORED_BYTES) return null;
  const bytes = new Uint8Array(size);
  return (await store.read(name, bytes)) ? bytes : null;
}
