/** A loaded model with everything that a request needs. */

import type { AskTools } from "./branches.js";
import { UNCALIBRATED } from "./calibration.js";
import { TokenTrie } from "./constraint/token-trie.js";
import { Context } from "./context.js";
import { extract, prepareFor } from "./extract.js";
import type { Model } from "./model.js";
import { Reader } from "./reader.js";
import { startModel, type StartOptions } from "./start.js";
import { reasonsOf, thisDevice, threadsOf, tierName, tiersOf, type Device, type Started } from "./tiers.js";
import { Tokenizer } from "./tokenizer.js";
import type { OpenedBundle, Settled } from "../bundle/index.js";
import type { SourceDocument } from "../shared/document.js";
import type { Extraction } from "../shared/extraction.js";
import { type Notice, notice } from "../shared/notice.js";
import type { EventOf, ExtractEvent, ExtractOptions, LoadedModel } from "../shared/protocol.js";
import type { JsonSchema } from "../shared/schema.js";

export interface LoadOptions extends StartOptions {
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
  static async load({ stepsDown, ...options }: LoadOptions): Promise<Engine> {
    const device = await thisDevice();
    const { notices, ...started } = await startModel(device, tiersOf(device, stepsDown), options);
    const { bundle, model } = started.result;
    const settled = await bundle.settle();
    const told = { ...bundle, ...settled, notices: [...notices, ...bundle.notices] };
    // Only the small parts stay: the weights now live in the runtime.
    const engine = new Engine({ manifest: bundle.manifest, tokenizer: bundle.tokenizer }, model, describe(told, started, device, stepsDown));
    await engine.reader.warm(options.signal);
    return engine;
  }

  /** @returns how many tokens were read: of a long document those of its first window, where extraction begins */
  async prefill(
    document: SourceDocument,
    schema: JsonSchema | null,
    { signal, onEvent }: { signal: AbortSignal; onEvent: (event: EventOf["prefill"]) => void },
  ): Promise<number> {
    const [first] = await this.reader.windows(document, signal);
    const reading = this.reader.open(document, first);
    const tokens = reading.prefix.length;
    await this.reader.fill(reading, signal, (tokensRead) => { onEvent({ tokensRead, tokens }); });
    onEvent({ tokensRead: tokens, tokens });
    if (schema !== null) await prepareFor(schema, reading, this.askTools(true, signal));
    return tokens;
  }

  extract(
    document: SourceDocument,
    schema: JsonSchema,
    { drafts = true }: ExtractOptions,
    { signal, onEvent }: { signal: AbortSignal; onEvent: (event: ExtractEvent) => void },
  ): Promise<Extraction> {
    return extract(document, schema, { ...this.askTools(drafts, signal), reader: this.reader, onEvent });
  }

  private askTools(drafts: boolean, signal: AbortSignal): AskTools {
    const { context, tokenizer, trie } = this;
    const { prompt, calibration = UNCALIBRATED } = this.bundle.manifest;
    return { context, tokenizer, trie, drafts, signal, prompt, calibration };
  }

  release(): Promise<void> {
    return this.model.release();
  }
}

function describe(bundle: OpenedBundle & Settled, { tier, falls }: Started<unknown>, device: Device, stepsDown: number): LoadedModel {
  const { manifest, variant, kept, keptReason } = bundle;
  const { threads } = tier;
  return {
    name: manifest.name,
    version: manifest.version,
    license: manifest.license,
    variant: variant.name,
    bytes: variant.bytes,
    tier: tierName(tier),
    why: reasonsOf({ tier, falls }, device, stepsDown),
    threads,
    kept,
    ...(keptReason === undefined ? {} : { keptReason }),
    maxDocumentTokens: 0,
    notices: [
      ...bundle.notices,
      ...falls.map((error) => notice("gpu-not-used", {}, `The graphics processor was not used: ${error.message}`, error.toData())),
      ...(stepsDown > 0 ? [stoppedBefore(threads, threadsOf(device))] : []),
      ...(tier.backend === "webgpu" || threadsOf(device) > 1 ? [] : [oneThread()]),
    ],
  };
}

function stoppedBefore(threads: number, all: number): Notice {
  const stopped = "The model stopped in the middle of its work not long ago";
  return threads < all
    ? notice("stopped-before/threads", { threads, all }, `${stopped}: it now runs on ${String(threads)} of ${String(all)} threads, which needs less memory.`)
    : notice("stopped-before/memory", {}, `${stopped}: if it does again, close other tabs to free memory.`);
}

function oneThread(): Notice {
  const slower = "The model runs on one thread, so it is slower than it could be";
  return self.crossOriginIsolated
    ? notice("one-thread/processor", {}, `${slower}: this device has one processor.`)
    : notice("one-thread/host", {}, `${slower}: the page is not isolated from other sites (its host does not send the COOP and COEP headers).`);
}
