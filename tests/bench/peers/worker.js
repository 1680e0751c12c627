/**
 * The peer: transformers.js with its structured-output package, in a worker as its authors advise.
 * Loads from this origin only; answers every message with one of its own kind.
 */

import { AutoModelForCausalLM, AutoTokenizer, env } from "@huggingface/transformers";
import { StructuredOutputProcessor } from "@huggingface/transformers-structured-output";

const MODEL = "peer";
const MAX_NEW_TOKENS = 512;
/** The build of ONNX Runtime that transformers.js takes by default, from this origin instead of its CDN. */
const RUNTIME = "ort-wasm-simd-threaded.asyncify";

env.allowRemoteModels = false;
env.allowLocalModels = true;
env.localModelPath = "/models/";
env.useBrowserCache = false;
env.useWasmCache = false;

let tokenizer;
let model;

async function load({ threads, weightsName }) {
  const { wasm } = env.backends.onnx;
  wasm.wasmPaths = { mjs: `${location.origin}/ort/${RUNTIME}.mjs`, wasm: `${location.origin}/ort/${RUNTIME}.wasm` };
  wasm.numThreads = threads;
  tokenizer = await AutoTokenizer.from_pretrained(MODEL);
  const session_options = { externalData: [{ path: weightsName, data: weightsName }] };
  const files = { subfolder: "", dtype: "fp32" }; // The name without a suffix; the graph in it is the int8 one.
  model = await AutoModelForCausalLM.from_pretrained(MODEL, { ...files, device: "wasm", session_options });
  StructuredOutputProcessor.warmup(tokenizer);
  return { threads: wasm.numThreads, runtime: env.backends.onnx.versions.web };
}

/** One extraction: prompt in, constrained JSON out. The processor holds state, so each run has its own. */
async function extract({ instruction, text, schema }) {
  const begin = performance.now();
  const messages = [{ role: "user", content: `${instruction}\n\n${text}` }];
  const inputs = tokenizer.apply_chat_template(messages, { add_generation_prompt: true, return_dict: true });
  const logits_processor = new StructuredOutputProcessor(tokenizer, { type: "json_schema", json_schema: schema });
  const ids = await model.generate({ ...inputs, logits_processor, max_new_tokens: MAX_NEW_TOKENS, do_sample: false });
  const promptTokens = inputs.input_ids.dims[1];
  const [output] = tokenizer.batch_decode(ids.slice(null, [promptTokens, null]), { skip_special_tokens: true });
  const ms = performance.now() - begin;
  return { ms, output, promptTokens, newTokens: ids.dims[1] - promptTokens };
}

addEventListener("message", async ({ data: { kind, ...request } }) => {
  try {
    postMessage({ kind, result: await { load, extract }[kind](request) });
  } catch (error) {
    postMessage({ kind: "failed", message: `${error.name}: ${error.message}` });
  }
});
