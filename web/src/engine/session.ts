/** The only importer of the runtime: a bundle's variant as a model that takes tokens and gives logits. */

import type * as Runtime from "onnxruntime-web";
import { before, visibleTo } from "./feeds.js";
import { COLUMN_MULTIPLE, KvCache } from "./kv-cache.js";
import { Logits, type Fed, type Model } from "./model.js";
import type { Tier } from "./tiers.js";
import type { OpenedBundle } from "../bundle/open.js";
import { DeviceError } from "../shared/errors.js";
import type { Manifest } from "../shared/manifest.js";

/** The runtime for one kind of processor, set up. Each is fetched only when it is wanted. */
async function runtimeFor({ backend, threads }: Tier): Promise<typeof Runtime> {
  const [ort, module, binary] = backend === "webgpu"
    ? await Promise.all([
      import("onnxruntime-web/webgpu"),
      import("onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url"),
      import("onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url"),
    ])
    : await Promise.all([
      import("onnxruntime-web/wasm"),
      import("onnxruntime-web/ort-wasm-simd-threaded.mjs?url"),
      import("onnxruntime-web/ort-wasm-simd-threaded.wasm?url"),
    ]);
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmPaths = { mjs: module.default, wasm: binary.default };
  ort.env.logLevel = "error";
  return ort;
}

/**
 * Starts the runtime on the bundle's graph and weights.
 *
 * @throws DeviceError `session-failed` where the runtime cannot hold or run the model.
 */
export async function openSession(bundle: OpenedBundle, tier: Tier): Promise<Model> {
  try {
    const ort = await runtimeFor(tier);
    const session = await ort.InferenceSession.create(bundle.graph, {
      executionProviders: [tier.backend],
      externalData: [{ path: bundle.variant.weights_name, data: bundle.weights }],
      graphOptimizationLevel: "all",
      logSeverityLevel: 3,
    });
    return new OrtModel(ort.Tensor, session, new KvCache(bundle.manifest.cache), bundle.manifest.model);
  } catch (thrown) {
    throw runtimeFailure("session-failed", "The model could not be started in this browser", thrown);
  }
}

class OrtModel implements Model {
  constructor(
    private readonly tensor: typeof Runtime.Tensor,
    private readonly session: Runtime.InferenceSession,
    private readonly cache: KvCache,
    private readonly shape: Manifest["model"],
  ) {}

  async forward(tokens: readonly Fed[], keep: number): Promise<Logits> {
    const outputs = await this.run(this.feeds(tokens, keep));
    this.cache.write((name) => floats(outputs, name), tokens.map(({ column }) => column));
    return new Logits(floats(outputs, "logits"), this.shape.vocab_size);
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private feeds(tokens: readonly Fed[], keep: number): Record<string, Runtime.Tensor> {
    const columns = columnsFor(tokens);
    const { window, reach } = this.shape;
    const past = before(tokens, reach);
    const feeds: Record<string, Runtime.Tensor> = {
      input_ids: this.integers(tokens.map(({ id }) => id), [1, tokens.length]),
      position_ids: this.integers(tokens.map(({ position }) => position), [1, tokens.length]),
      columns: this.integers(tokens.map(({ column }) => column), [tokens.length]),
      visible: this.flags(visibleTo(tokens, columns), tokens.length),
      num_logits_to_keep: this.integers([keep], []),
    };
    if (window !== null) feeds.near = this.flags(visibleTo(tokens, columns, window), tokens.length);
    if (reach > 0) feeds.previous = this.integers(past.rows, [tokens.length, reach]);
    for (const [name, { data, dims }] of this.cache.inputs(columns, past.columns)) feeds[name] = new this.tensor("float32", data, dims);
    return feeds;
  }

  private async run(feeds: Record<string, Runtime.Tensor>): Promise<Runtime.InferenceSession.ReturnType> {
    try {
      return await this.session.run(feeds);
    } catch (thrown) {
      throw runtimeFailure("forward-failed", "The model stopped while it was reading", thrown);
    }
  }

  private flags(values: Uint8Array, rows: number): Runtime.Tensor {
    return new this.tensor("bool", values, [1, rows, values.length / rows]);
  }

  private integers(values: readonly number[], dims: readonly number[]): Runtime.Tensor {
    return new this.tensor("int64", BigInt64Array.from(values, BigInt), dims);
  }
}

/** As many columns as the tokens see, in whole multiples. */
function columnsFor(tokens: readonly Fed[]): number {
  const last = tokens.reduce((most, { sees }) => sees.reduce((so, { to }) => Math.max(so, to), most), 0);
  return Math.ceil(last / COLUMN_MULTIPLE) * COLUMN_MULTIPLE;
}

function floats(outputs: Runtime.InferenceSession.ReturnType, name: string): Float32Array {
  const data = outputs[name]?.data;
  if (!(data instanceof Float32Array)) {
    throw new DeviceError(["missing-output", { output: name }], `The model returned no numbers under “${name}”.`, "Build the bundle again.");
  }
  return data;
}

/** The runtime's own words hold shapes and names, never document text. */
function runtimeFailure(code: "session-failed" | "forward-failed", what: string, thrown: unknown): DeviceError {
  const reason = (thrown instanceof Error ? thrown.message.split("\n", 1)[0] : String(thrown)) ?? "";
  return new DeviceError([code, { reason }], `${what} (${reason}).`, "Close other tabs to free memory, then reload the page.");
}
