/** The only importer of the runtime: a bundle's variant as a model that takes tokens and gives logits. */

import * as ort from "onnxruntime-web/wasm";
import runtimeModule from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import runtimeBinary from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { COLUMN_MULTIPLE, KvCache } from "./kv-cache.js";
import { Logits, type Fed, type Model } from "./model.js";
import type { OpenedBundle } from "../bundle/open.js";
import { DeviceError } from "../shared/errors.js";

/** More threads than this bring nothing: a forward of few tokens is bound by memory. */
const MAX_THREADS = 4;

/** Threads this browser can give: one where the page is not isolated, as there is no shared memory then. */
export function availableThreads(): number {
  return self.crossOriginIsolated ? Math.max(1, Math.min(MAX_THREADS, navigator.hardwareConcurrency)) : 1;
}

/**
 * Starts the runtime on the bundle's graph and weights.
 *
 * @throws DeviceError `session-failed` where the runtime cannot hold or run the model.
 */
export async function openSession(bundle: OpenedBundle, threads: number): Promise<Model> {
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmPaths = { mjs: runtimeModule, wasm: runtimeBinary };
  ort.env.logLevel = "error";
  try {
    const session = await ort.InferenceSession.create(bundle.graph, {
      executionProviders: ["wasm"],
      externalData: [{ path: bundle.variant.weights_name, data: bundle.weights }],
      graphOptimizationLevel: "all",
    });
    return new OrtModel(session, new KvCache(bundle.manifest.cache), bundle.manifest.model.vocab_size);
  } catch (thrown) {
    throw runtimeFailure("session-failed", "The model could not be started in this browser", thrown);
  }
}

class OrtModel implements Model {
  constructor(
    private readonly session: ort.InferenceSession,
    private readonly cache: KvCache,
    private readonly vocabulary: number,
  ) {}

  async forward(tokens: readonly Fed[], keep: number): Promise<Logits> {
    const outputs = await this.run(this.feeds(tokens, keep));
    this.cache.write((name) => floats(outputs, name), tokens.map(({ column }) => column));
    return new Logits(floats(outputs, "logits"), this.vocabulary);
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private feeds(tokens: readonly Fed[], keep: number): Record<string, ort.Tensor> {
    const columns = columnsFor(tokens);
    const feeds: Record<string, ort.Tensor> = {
      input_ids: integers(tokens.map(({ id }) => id), [1, tokens.length]),
      position_ids: integers(tokens.map(({ position }) => position), [1, tokens.length]),
      columns: integers(tokens.map(({ column }) => column), [tokens.length]),
      visible: new ort.Tensor("bool", visibleTo(tokens, columns), [1, tokens.length, columns]),
      num_logits_to_keep: integers([keep], []),
    };
    for (const [name, { data, dims }] of this.cache.inputs(columns)) feeds[name] = new ort.Tensor("float32", data, dims);
    return feeds;
  }

  private async run(feeds: Record<string, ort.Tensor>): Promise<ort.InferenceSession.ReturnType> {
    try {
      return await this.session.run(feeds);
    } catch (thrown) {
      throw runtimeFailure("forward-failed", "The model stopped while it was reading", thrown);
    }
  }
}

/** As many columns as the tokens see, in whole multiples. */
function columnsFor(tokens: readonly Fed[]): number {
  const last = tokens.reduce((most, { sees }) => sees.reduce((so, { to }) => Math.max(so, to), most), 0);
  return Math.ceil(last / COLUMN_MULTIPLE) * COLUMN_MULTIPLE;
}

/** One row for each token: 1 where it may see a column. */
function visibleTo(tokens: readonly Fed[], columns: number): Uint8Array {
  const visible = new Uint8Array(tokens.length * columns);
  tokens.forEach(({ sees }, row) => {
    for (const { from, to } of sees) visible.fill(1, row * columns + from, row * columns + to);
  });
  return visible;
}

function integers(values: readonly number[], dims: readonly number[]): ort.Tensor {
  return new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims);
}

function floats(outputs: ort.InferenceSession.ReturnType, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (!(data instanceof Float32Array)) {
    throw new DeviceError("missing-output", `The model returned no numbers under “${name}”.`, "Build the bundle again.");
  }
  return data;
}

/** The runtime's own words hold shapes and names, never document text. */
function runtimeFailure(code: string, what: string, thrown: unknown): DeviceError {
  const reason = thrown instanceof Error ? thrown.message.split("\n", 1)[0] : String(thrown);
  return new DeviceError(code, `${what} (${reason ?? ""}).`, "Close other tabs to free memory, then reload the page.");
}
