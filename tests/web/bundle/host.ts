/** A signed bundle on a server that is a map: implements the fetch interface, with faults on request. */

import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import type { Bytes } from "../../../web/src/bundle/digest.js";
import { sha256 } from "../../../web/src/bundle/digest.js";
import type { FileEntry, Manifest, Shard } from "../../../web/src/shared/manifest.js";

export const BUNDLE_URL = "https://excerpt.example/bundle/";
const PIECE = 1000;

/** What goes wrong with one request for a file; the next one is served rightly again. */
export type Fault =
  | { readonly kind: "status"; readonly status: number }
  /** Other bytes than the manifest names. */
  | { readonly kind: "altered" }
  /** The connection breaks when so many bytes of the response have come. */
  | { readonly kind: "break"; readonly after: number }
  /** Nothing more comes, and nobody says so. */
  | { readonly kind: "silence"; readonly after: number };

export interface LoggedRequest {
  readonly file: string;
  readonly cache: RequestCache | undefined;
  readonly range: string | null;
}

export class Host {
  readonly files = new Map<string, Bytes>();
  readonly requests: LoggedRequest[] = [];
  offline = false;
  ranges = true;
  /** Called for each request before it is answered. */
  onRequest: (file: string) => void = () => undefined;
  readonly #faults = new Map<string, Fault[]>();

  fail(file: string, ...faults: readonly Fault[]): void {
    this.#faults.set(file, [...(this.#faults.get(file) ?? []), ...faults]);
  }

  /** Publishes a bundle's files beside those of older ones, and its manifest and signature over the old ones. */
  publish(bundle: TestBundle, signing: Signing = {}): void {
    for (const [name, bytes] of bundle.files) this.files.set(name, bytes);
    const manifest = canonical(bundle.manifest);
    this.files.set("manifest.json", manifest);
    this.files.set("manifest.sig", signed(manifest, signing));
  }

  /** Names of the files asked for, without the manifest and its signature. */
  get asked(): readonly string[] {
    return this.requests.map(({ file }) => file).filter((file) => !file.startsWith("manifest."));
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const file = url.href.slice(BUNDLE_URL.length);
    const range = new Headers(init?.headers).get("range");
    this.requests.push({ file, cache: init?.cache, range });
    this.onRequest(file);
    // An answer never comes within the turn of the question.
    await Promise.resolve();
    init?.signal?.throwIfAborted();
    if (this.offline) throw new TypeError("Failed to fetch");
    return this.#answer(file, range, init?.signal ?? undefined);
  };

  #answer(file: string, range: string | null, signal: AbortSignal | undefined): Response {
    const fault = this.#faults.get(file)?.shift();
    if (fault?.kind === "status") return new Response("no", { status: fault.status });
    const content = this.files.get(file);
    if (content === undefined) return new Response("not found", { status: 404 });
    const start = this.ranges && range !== null ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
    if (start >= content.length) return new Response(null, { status: 416 });
    const bytes = fault?.kind === "altered" ? content.map((byte) => byte ^ 1) : content;
    const body = streamOf(bytes.slice(start), fault, signal);
    if (start === 0) return new Response(body, { status: 200 });
    const headers = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
    return new Response(body, { status: 206, headers });
  }
}

function streamOf(bytes: Bytes, fault: Fault | undefined, signal: AbortSignal | undefined): ReadableStream<Bytes> {
  let position = 0;
  return new ReadableStream<Bytes>({
    start(controller) {
      signal?.addEventListener("abort", () => {
        controller.error(new DOMException("aborted", "AbortError"));
      });
    },
    pull(controller) {
      if (fault !== undefined && "after" in fault && position >= fault.after) {
        if (fault.kind === "break") controller.error(new TypeError("network error"));
        return fault.kind === "silence" ? new Promise<void>(() => undefined) : undefined;
      }
      if (position >= bytes.length) {
        controller.close();
        return undefined;
      }
      controller.enqueue(bytes.slice(position, position + PIECE));
      position += PIECE;
      return undefined;
    },
  });
}

/** When it is, for a test. */
export const NOW = 1_800_000_000;
const DAY = 86_400;

export interface Signing {
  /** Seconds since 1970. */
  readonly issued?: number;
  readonly expires?: number;
  /** A private key's seed: 32 times this byte. */
  readonly seed?: number;
}

/** The raw public key of a seed, in hexadecimal. */
export function publicKeyOf(seed: number): string {
  return createPublicKey(privateKeyOf(seed)).export({ type: "spki", format: "der" }).subarray(-32).toString("hex");
}

/** What the tests trust. */
export const TRUSTED = [publicKeyOf(1)];

/** `manifest.sig` for these bytes of `manifest.json`. */
export function signed(manifest: Bytes, { issued = NOW - DAY, expires = NOW + 100 * DAY, seed = 1 }: Signing = {}): Bytes {
  const fields = {
    format: 1,
    key_id: hash(Buffer.from(publicKeyOf(seed), "hex")).slice(0, 16),
    issued,
    expires,
    manifest_bytes: manifest.length,
    manifest_sha256: hash(manifest),
  };
  const message = Buffer.concat([Buffer.from("excerpt manifest signature 1\n"), canonical(fields)]);
  return canonical({ ...fields, signature: sign(null, message, privateKeyOf(seed)).toString("hex") });
}

function privateKeyOf(seed: number): ReturnType<typeof createPrivateKey> {
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([head, Buffer.alloc(32, seed)]), format: "der", type: "pkcs8" });
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export interface TestBundle {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Bytes>;
  readonly weights: Bytes;
  /** The shards' names, in order. */
  readonly shards: readonly string[];
}

/** A bundle with the given weights, cut and stored as given. `version` is free text. */
export async function makeBundle(shards: readonly Bytes[], version = "1", encoding: Shard["encoding"] = "none"): Promise<TestBundle> {
  const files = new Map<string, Bytes>();
  const add = async (bytes: Bytes, ending: string): Promise<FileEntry> => {
    const digest = await sha256(bytes);
    const entry = { file: `${digest.slice(0, 16)}.${ending}`, bytes: bytes.length, sha256: digest };
    files.set(entry.file, bytes);
    return entry;
  };
  const tokenizer = await add(new TextEncoder().encode('{"model":{"type":"BPE"}}'), "json");
  const graph = await add(noise(3000, 99), "onnx");
  const entries = await Promise.all(
    shards.map(async (raw) => ({ ...(await add(encoded(raw, encoding), "bin")), encoding, raw_bytes: raw.length })),
  );
  const bytes = graph.bytes + entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const variant = { name: "wasm-int8", backend: "wasm", requires: [], graph, weights_name: "weights.bin", shards: entries, bytes } as const;
  const manifest: Manifest = {
    format: 2,
    name: "Test model",
    version,
    license: "Apache-2.0",
    source: { kind: "test" },
    model: { architecture: "llama", vocab_size: 300, max_positions: 2048, bos_token_id: null, eos_token_id: 2, window: null, reach: 0 },
    cache: [
      { input: "past_key_values.0.key", output: "present.0.key", shape: ["batch", "past", 3, 64], type: "float32", grows: "columns" },
    ],
    prompt: { style: "fields", before_document: "Text:\n", after_document: "\n", field: "- {name} ({description}):", field_without_description: "- {name}:" },
    tokenizer,
    variants: [{ ...variant, figures: { kl_divergence: 0.00001 }, known_answer: { tokens: [1, 2], positions: [1], answers: [3] } }],
  };
  return { manifest, files, weights: joined(shards), shards: entries.map(({ file }) => file) };
}

/** Bytes as they are stored. */
export function encoded(raw: Bytes, encoding: Shard["encoding"]): Bytes {
  return encoding === "none" ? raw : Uint8Array.from(deflateRawSync(raw));
}

/** Repeatable bytes, others for each seed. */
export function noise(length: number, seed: number): Bytes {
  let state = seed + 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  });
}

export function joined(parts: readonly Bytes[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** JSON as the builder writes it: keys sorted, no white space. */
export function canonical(value: unknown): Bytes {
  return new TextEncoder().encode(
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === "object" && item !== null && !Array.isArray(item)
        ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
        : item,
    ),
  );
}
