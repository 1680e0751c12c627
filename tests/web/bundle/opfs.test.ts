import { describe, expect, it } from "vitest";
import type { Bytes } from "../../../web/src/bundle/digest.js";
import { OpfsStore, openStore } from "../../../web/src/bundle/opfs.js";
import { noise } from "./host.js";

/** A folder of the origin private file system, as far as the store uses it; `handles` as in a worker, else streams. */
class Folder {
  readonly files = new Map<string, Bytes>();
  openHandles = 0;

  constructor(
    readonly handles: boolean,
    readonly capacity = Infinity,
  ) {}

  getFileHandle(name: string, options?: { create?: boolean }): Promise<unknown> {
    if (!this.files.has(name)) {
      if (options?.create !== true) return Promise.reject(new DOMException(name, "NotFoundError"));
      this.files.set(name, new Uint8Array());
    }
    const getFile = (): Promise<File> => Promise.resolve(new File([this.#content(name)], name));
    return Promise.resolve(
      this.handles
        ? { getFile, createSyncAccessHandle: () => Promise.resolve(this.#accessHandle(name)) }
        : { getFile, createWritable: () => Promise.resolve(this.#stream(name)) },
    );
  }

  removeEntry(name: string): Promise<void> {
    return this.files.delete(name) ? Promise.resolve() : Promise.reject(new DOMException(name, "NotFoundError"));
  }

  async *keys(): AsyncGenerator<string> {
    yield* await Promise.resolve(this.files.keys());
  }

  #content(name: string): Bytes {
    return this.files.get(name) ?? new Uint8Array();
  }

  #accessHandle(name: string): unknown {
    if (this.openHandles > 0) throw new DOMException("locked", "NoModificationAllowedError");
    this.openHandles++;
    return {
      getSize: () => this.#content(name).length,
      truncate: (size: number) => this.files.set(name, this.#content(name).slice(0, size)),
      read: (into: Bytes) => {
        into.set(this.#content(name));
        return this.#content(name).length;
      },
      // Chromium writes what fits and says how much that was.
      write: (bytes: Bytes) => {
        this.files.set(name, bytes.slice(0, this.capacity));
        return Math.min(bytes.length, this.capacity);
      },
      close: () => this.openHandles--,
    };
  }

  #stream(name: string): unknown {
    let written: Bytes = new Uint8Array();
    return {
      write: (bytes: Bytes) => {
        if (bytes.length > this.capacity) return Promise.reject(new DOMException("full", "QuotaExceededError"));
        written = bytes.slice();
        return Promise.resolve();
      },
      abort: () => Promise.resolve(),
      close: () => Promise.resolve(this.files.set(name, written)),
    };
  }
}

/** Web Locks in one place: work of one name runs in turn. */
class Locks {
  readonly #turns = new Map<string, Promise<unknown>>();

  request(name: string, second: unknown, third?: unknown): Promise<unknown> {
    const work = (third ?? second) as () => Promise<unknown>;
    const signal = third === undefined ? undefined : (second as { signal?: AbortSignal }).signal;
    const before = this.#turns.get(name) ?? Promise.resolve();
    const aborted = new Promise<never>((_, reject) => {
      signal?.addEventListener("abort", () => { reject(new DOMException("aborted", "AbortError")); });
    });
    const turn = Promise.race([before.catch(() => undefined), aborted]).then(work);
    this.#turns.set(name, turn);
    return turn;
  }
}

function storeOn(folder: Folder): OpfsStore {
  const storage = { estimate: () => Promise.resolve({ quota: 1000, usage: 400 }) };
  return new OpfsStore(folder as unknown as FileSystemDirectoryHandle, { locks: new Locks(), storage });
}

describe.each([
  ["access handles", true],
  ["streams", false],
])("the store on disk by %s", (_, handles) => {
  it("gives back what it was given", async () => {
    const store = storeOn(new Folder(handles));
    const bytes = noise(5000, 1);
    await store.write("a.bin", noise(9000, 2));
    await store.write("a.bin", bytes);
    const back = new Uint8Array(5000);
    expect(await store.read("a.bin", back)).toBe(true);
    expect(back).toEqual(bytes);
    expect(await store.size("a.bin")).toBe(5000);
    expect(await store.list()).toEqual(["a.bin"]);
  });

  it("has nothing of another length, and nothing that is not there", async () => {
    const store = storeOn(new Folder(handles));
    await store.write("a.bin", noise(10, 1));
    expect(await store.read("a.bin", new Uint8Array(11))).toBe(false);
    expect(await store.read("b.bin", new Uint8Array(11))).toBe(false);
    expect(await store.size("b.bin")).toBeNull();
  });

  it("deletes, also what is gone", async () => {
    const store = storeOn(new Folder(handles));
    await store.write("a.bin", noise(10, 1));
    await store.delete("a.bin");
    await store.delete("a.bin");
    expect(await store.list()).toEqual([]);
  });

  it("rejects what does not fit and leaves no half of it", async () => {
    const store = storeOn(new Folder(handles, 100));
    await expect(store.write("a.bin", noise(101, 1))).rejects.toMatchObject({ name: "QuotaExceededError" });
    expect(await store.list()).toEqual([]);
    expect(await store.available()).toBe(600);
  });

  it("takes turns on one file", async () => {
    const folder = new Folder(handles);
    const [one, other] = [noise(500, 1), noise(500, 2)];
    const store = storeOn(folder);
    await Promise.all([store.write("a.bin", one), store.write("a.bin", other), store.read("a.bin", new Uint8Array(500))]);
    expect(folder.files.get("a.bin")).toEqual(other);
    expect(folder.openHandles).toBe(0);
  });
});

describe("exclusive work", () => {
  it("runs one after the other, and a wait can be given up", async () => {
    const store = storeOn(new Folder(true));
    const never = new AbortController().signal;
    const stop = new AbortController();
    let finish: () => void = () => undefined;
    const first = store.exclusive("a", never, () => new Promise<void>((resolve) => (finish = resolve)));
    const second = store.exclusive("a", stop.signal, () => Promise.resolve("second"));
    stop.abort();
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    finish();
    await first;
  });
});

describe("where there is no file system", () => {
  it("the store is in memory and says why", async () => {
    const store = await openStore();
    expect(store.kind).toBe("memory");
    expect(store.reason?.message).toContain("fetched again on the next visit");
  });
});
