/** The only importer of the runtime: a bundle's variant as a model that takes tokens and gives logits. */

import * as ort from "onnxruntime-web/wasm";
import runtimeModule from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import runtimeBinary from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { KvCache } from "./kv-cache.js";
import { Logits, type Model } from "./model.js";
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

  get length(): number {
    return this.cache.length;
  }

  crop(length: number): void {
    this.cache.crop(length);
  }

  async forward(ids: readonly number[], keep: number): Promise<Logits> {
    const outputs = await this.run(this.feeds(ids, keep));
    this.cache.append((name) => floats(outputs, name), ids.length);
    return new Logits(floats(outputs, "logits"), this.vocabulary);
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private feeds(ids: readonly number[], keep: number): Record<string, ort.Tensor> {
    const past = this.cache.length;
    const feeds: Record<string, ort.Tensor> = {
      input_ids: integers(ids, [1, ids.length]),
      attention_mask: integers(new Array<number>(past + ids.length).fill(1), [1, past + ids.length]),
      position_ids: integers(ids.map((_, i) => past + i), [1, ids.length]),
      num_logits_to_keep: integers([keep], []),
    };
    for (const [name, { data, dims }] of this.cache.inputs()) feeds[name] = new ort.Tensor("float32", data, dims);
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
