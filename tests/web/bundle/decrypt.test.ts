import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { idOf, unlock } from "../../../web/src/bundle/content-key.js";
import { type ContentKey, decrypt, plainSize, storedSize } from "../../../web/src/bundle/decrypt.js";
import { fromHex } from "../../../web/src/bundle/ed25519.js";
import { MemoryKeyStore } from "../../../web/src/bundle/key-store.js";
import { unlockBundle } from "../../../web/src/bundle/unlocking.js";
import type { EndpointKey, Encryption, Manifest } from "../../../web/src/shared/manifest.js";
import { Disk } from "./disk.js";
import { BUNDLE_URL, Host, makeBundle, noise, type TestBundle } from "./host.js";
import { sealed } from "./sealed.js";
import { Visit } from "./visit.js";

interface FileVector {
  readonly name: string;
  readonly stored: string;
  readonly plain: string | null;
}

interface KeyVector {
  readonly name: string;
  readonly passphrase: string;
  readonly salt: string;
  readonly iterations: number;
  readonly wrapped: string;
  readonly content_key: string | null;
  readonly key_id: string | null;
}

interface Vectors {
  readonly content_key: string;
  readonly chunk_bytes: number;
  readonly keys: readonly KeyVector[];
  readonly files: readonly FileVector[];
}

const vectors = JSON.parse(readFileSync(new URL("../../vectors/encryption.json", import.meta.url), "utf8")) as Vectors;
const CHUNK = vectors.chunk_bytes;
const key = await contentKey(vectors.content_key);

function contentKey(hex: string): Promise<ContentKey> {
  return crypto.subtle.importKey("raw", fromHex(hex), "HKDF", false, ["deriveKey", "deriveBits"]);
}

const asking = { url: new URL(BUNDLE_URL), fetch: () => Promise.reject(new TypeError("no network")), signal: new AbortController().signal };

describe("files that Python has encrypted", () => {
  it.each(vectors.files)("$name", async ({ stored, plain }) => {
    const bytes = fromHex(stored);
    const into = new Uint8Array(plain === null ? (plainSize(bytes.length, CHUNK) ?? 0) : plain.length / 2);
    const done = decrypt(bytes, into, CHUNK, key);
    if (plain === null) {
      await expect(done).rejects.toMatchObject({ code: "file-undecryptable" });
      return;
    }
    await done;
    expect(into).toEqual(fromHex(plain));
    expect(storedSize(into.length, CHUNK)).toBe(bytes.length);
  });

  it("are not opened into a room of another size", async () => {
    const [file] = vectors.files;
    await expect(decrypt(fromHex(file?.stored ?? ""), new Uint8Array(3), CHUNK, key)).rejects.toMatchObject({ code: "file-undecryptable" });
  });
});

describe("keys that Python has wrapped", () => {
  it.each(vectors.keys)("$name", async ({ passphrase, salt, iterations, wrapped, key_id }) => {
    const encryption: Encryption = {
      cipher: "aes-256-gcm-chunks", chunk_bytes: CHUNK, key_id: key_id ?? "0".repeat(16), key: { kind: "passphrase", salt, iterations, wrapped },
    };
    const opened = unlock(encryption, { text: passphrase }, asking);
    if (key_id === null) {
      await expect(opened).rejects.toMatchObject({ code: "key-wrong" });
      return;
    }
    expect((await opened).extractable).toBe(false);
    expect(await idOf(await opened)).toBe(key_id);
  });
});

describe("an encrypted bundle", () => {
  const wrapped = vectors.keys[2];
  if (wrapped?.key_id === undefined || wrapped.key_id === null) throw new Error("the third vector has a key of one's own");
  const { passphrase, salt, iterations } = wrapped;
  const encryption: Encryption = {
    cipher: "aes-256-gcm-chunks", chunk_bytes: CHUNK, key_id: wrapped.key_id, key: { kind: "passphrase", salt, iterations, wrapped: wrapped.wrapped },
  };

  function serve(bundle: TestBundle): Host {
    const host = new Host();
    host.publish(bundle);
    return host;
  }

  function unlocked(visit: Visit, text: string): Promise<void> {
    return unlockBundle({ text }, visit.options());
  }

  it.each(["none", "deflate-raw"] as const)("asks for its passphrase before it fetches anything, and opens with it (%s)", async (encoding) => {
    const plain = await makeBundle([noise(1000, 1), noise(333, 2)], "1", encoding);
    const host = serve(sealed(plain, vectors.content_key, encryption));
    const visit = new Visit(host);
    expect(await visit.failure()).toMatchObject({ kind: "bundle", code: "passphrase-needed" });
    expect(host.asked).toEqual([]);
    await unlocked(visit, passphrase);
    const opened = await visit.open();
    expect(opened.weights).toEqual(plain.weights);
    expect(opened.tokenizer).toEqual({ model: { type: "BPE" } });
    expect(opened.graph).toEqual(plain.files.get(plain.manifest.variants[0]?.graph.file ?? ""));
  });

  it("tells a wrong passphrase, and nothing that was fetched is lost", async () => {
    const host = serve(sealed(await makeBundle([noise(1000, 1)]), vectors.content_key, encryption));
    const disk = new Disk();
    const first = new Visit(host, disk);
    await unlocked(first, passphrase);
    await first.open();
    host.requests.length = 0;
    const forgetful = new Visit(host, disk);
    expect((await forgetful.failure()).code).toBe("passphrase-needed");
    await expect(unlocked(forgetful, "guess")).rejects.toMatchObject({ code: "key-wrong" });
    await unlocked(forgetful, passphrase);
    await forgetful.open();
    expect(host.requests).toEqual([]);
  });

  it("with a file of its own in the place of another is refused", async () => {
    const bundle = sealed(await makeBundle([noise(500, 1), noise(500, 2)]), vectors.content_key, encryption);
    const host = serve(bundle);
    const [one, other] = bundle.shards as [string, string];
    host.files.set(one, bundle.files.get(other) ?? new Uint8Array());
    const visit = new Visit(host);
    await unlocked(visit, passphrase);
    expect((await visit.failure()).code).toBe("shard-mismatch");
  });

  it("encrypted with another key than it says is refused by its files", async () => {
    const host = serve(sealed(await makeBundle([noise(500, 1)]), "11".repeat(32), encryption));
    const visit = new Visit(host);
    await unlocked(visit, passphrase);
    expect((await visit.failure()).code).toBe("file-undecryptable");
  });
});

describe("a key from an endpoint", () => {
  const endpoint: EndpointKey = { kind: "endpoint", path: "/keys/model" };
  const encryption = async (): Promise<Encryption> => ({ cipher: "aes-256-gcm-chunks", chunk_bytes: CHUNK, key_id: await idOf(key), key: endpoint });

  function answering(status: number, body: unknown, seen: { url?: string; authorization?: string | null } = {}): typeof asking {
    return {
      ...asking,
      fetch: (url: RequestInfo | URL, init?: RequestInit) => {
        seen.url = url instanceof Request ? url.url : String(url);
        seen.authorization = new Headers(init?.headers).get("authorization");
        return Promise.resolve(Response.json(body, { status }));
      },
    } as typeof asking;
  }

  it("is asked for at the bundle's origin, with the token", async () => {
    const seen: { url?: string; authorization?: string | null } = {};
    const opened = await unlock(await encryption(), { text: "token" }, answering(200, { key: vectors.content_key }, seen));
    expect(seen).toEqual({ url: "https://excerpt.example/keys/model", authorization: "Bearer token" });
    expect(opened.extractable).toBe(false);
  });

  it.each([
    [401, {}, "key-wrong"],
    [200, { key: "11".repeat(32) }, "key-wrong"],
    [200, { key: "short" }, "key-unreachable"],
    [200, [], "key-unreachable"],
    [500, {}, "key-unreachable"],
  ])("answered with %i %j is %s", async (status, body, code) => {
    await expect(unlock(await encryption(), { text: "token" }, answering(status, body))).rejects.toMatchObject({ code });
  });

  it("out of reach says so", async () => {
    await expect(unlock(await encryption(), { text: "token" }, asking)).rejects.toMatchObject({ code: "key-unreachable" });
  });

  it("is asked of the reader as a token", async () => {
    const host = new Host();
    host.publish(sealed(await makeBundle([noise(500, 1)]), vectors.content_key, await encryption()));
    expect((await new Visit(host).failure()).code).toBe("token-needed");
  });
});

describe("the table in the manifest", () => {
  it.each([
    ["a cost that is too low", { key: { kind: "passphrase", salt: "00".repeat(16), iterations: 599_999, wrapped: "00".repeat(40) } }],
    ["a key of another origin", { key: { kind: "endpoint", path: "//elsewhere.example/key" } }],
    ["another cipher", { cipher: "none" }],
    ["a chunk of no size", { chunk_bytes: 0 }],
  ])("is refused: %s", async (_, change) => {
    const plain = await makeBundle([noise(100, 1)]);
    const table = { cipher: "aes-256-gcm-chunks", chunk_bytes: CHUNK, key_id: "0".repeat(16), key: { kind: "endpoint", path: "/k" }, ...change };
    const host = new Host();
    host.publish({ ...plain, manifest: { ...plain.manifest, encryption: table } as unknown as Manifest });
    expect((await new Visit(host).failure()).code).toBe("manifest-value");
  });
});

describe("the store of keys", () => {
  it("knows only the keys that it was given", async () => {
    const keys = new MemoryKeyStore();
    await keys.put("a", key);
    expect(await keys.get("a")).toBe(key);
    expect(await keys.get("b")).toBeNull();
  });
});
