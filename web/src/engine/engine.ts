/** A loaded model with everything that a request needs. */

import { UNCALIBRATED } from "./calibration.js";
import { TokenTrie } from "./constraint/token-trie.js";
import { Context } from "./context.js";
import { extract } from "./extract.js";
import type { Model } from "./model.js";
import { Reader } from "./reader.js";
import { availableThreads, openSession } from "./session.js";
import { Tokenizer } from "./tokenizer.js";
import { openBundle, type OpenedBundle, type ShardStore } from "../bundle/index.js";
import type { SourceDocument } from "../shared/document.js";
import type { Extraction } from "../shared/extraction.js";
import type { ExtractEvent, ExtractOptions, LoadedModel, LoadProgress } from "../shared/protocol.js";
import type { JsonSchema } from "../shared/schema.js";

export interface LoadOptions {
  readonly url: string;
  readonly store: ShardStore;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LoadProgress) => void;
  /** See the protocol's `load`. */
  readonly stepsDown: number;
}

export class Engine {
  private readonly context: Context;
  private readonly tokenizer: Tokenizer;
  private readonly trie: TokenTrie;
  private readonly reader: Reader;

  private constructor(
    private readonly bundle: Pick<OpenedBundle, "manifest" | "tokenizer">,
    private readonly model: Model,
    readonly loaded: LoadedModel,
  ) {
    const { manifest } = bundle;
    this.tokenizer = new Tokenizer(bundle.tokenizer);
    this.trie = new TokenTrie(this.tokenizer.tokenBytes(manifest.model.vocab_size));
    this.context = new Context(model);
    this.reader = new Reader(this.context, this.tokenizer, manifest.prompt, manifest.model.max_positions);
    this.loaded = { ...loaded, maxDocumentTokens: this.reader.maxTokens };
  }

  /** @throws BundleError, DeviceError, CancelledError */
  static async load({ url, store, signal, onProgress, stepsDown }: LoadOptions): Promise<Engine> {
    const bundle = await openBundle({ url, store, signal, onProgress, backend: "wasm", fetch: (...request) => fetch(...request) });
    onProgress({ stage: "session" });
    const threads = Math.max(1, availableThreads() >> stepsDown);
    const model = await openSession(bundle, threads);
    // Only the small parts stay: the weights now live in the runtime.
    const engine = new Engine({ manifest: bundle.manifest, tokenizer: bundle.tokenizer }, model, describe(bundle, threads, stepsDown > 0));
    await engine.reader.warm(signal);
    return engine;
  }

  async prefill(document: SourceDocument, signal: AbortSignal, onProgress: (tokensRead: number, tokens: number) => void): Promise<number> {
    // Of a long document the first window: that is where extraction begins.
    const [first] = await this.reader.windows(document, signal);
    const reading = this.reader.open({ id: document.id, text: document.text.slice(first?.start, first?.end) });
    await this.reader.fill(reading, signal, (tokensRead) => {
      onProgress(tokensRead, reading.prefix.length);
    });
    return reading.prefix.length;
  }

  extract(
    document: SourceDocument,
    schema: JsonSchema,
    { drafts = true }: ExtractOptions,
    { signal, onEvent }: { signal: AbortSignal; onEvent: (event: ExtractEvent) => void },
  ): Promise<Extraction> {
    const { context, tokenizer, trie, reader } = this;
    const { prompt, calibration = UNCALIBRATED } = this.bundle.manifest;
    return extract(document, schema, { context, tokenizer, trie, reader, drafts, signal, onEvent, prompt, calibration });
  }

  release(): Promise<void> {
    return this.model.release();
  }
}

function describe(bundle: OpenedBundle, threads: number, careful: boolean): LoadedModel {
  const { manifest, variant, kept, keptReason } = bundle;
  return {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license,
    variant: variant.name,
    bytes: variant.bytes,
    threads,
    kept,
    ...(keptReason === undefined ? {} : { keptReason }),
    maxDocumentTokens: 0,
    notices: [...(careful ? [stoppedBefore(threads)] : []), ...(availableThreads() > 1 ? [] : [oneThread()])],
  };
}

function stoppedBefore(threads: number): string {
  const all = availableThreads();
  const care = threads < all ? `it now runs on ${String(threads)} of ${String(all)} threads, which needs less memory` : "if it does again, close other tabs to free memory";
  return `The model stopped in the middle of its work not long ago: ${care}.`;
}

function oneThread(): string {
  const why = self.crossOriginIsolated ? "this device has one processor" : "the page is not isolated from other sites (its host does not send the COOP and COEP headers)";
  return `The model runs on one thread, so it is slower than it could be: ${why}.`;
}
