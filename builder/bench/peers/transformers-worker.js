/**
 * transformers.js with its structured-output package, in a worker as its authors advise.
 * Loads from this origin only; answers every message with one of its own.
 */

import { AutoModelForCausalLM, AutoTokenizer, BaseStreamer, env } from "@huggingface/transformers";
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
  return { threads: wasm.numThreads, runtime: `onnxruntime-web ${env.backends.onnx.versions.web}` };
}

/** Notes when the first new token is there: until then it was the prompt, from then on the answer. */
class FirstToken extends BaseStreamer {
  calls = 0;
  at = 0;

  put() {
    this.calls += 1; // The first call hands over the prompt.
    if (this.calls === 2) this.at = performance.now();
  }

  end() {}
}

/** One extraction: prompt in, constrained JSON out. The processor holds state, so each run has its own. */
async function extract({ instruction, text, schema }) {
  const begin = performance.now();
  const streamer = new FirstToken();
  const messages = [{ role: "user", content: `${instruction}\n\n${text}` }];
  const inputs = tokenizer.apply_chat_template(messages, { add_generation_prompt: true, return_dict: true });
  const logits_processor = new StructuredOutputProcessor(tokenizer, { type: "json_schema", json_schema: schema });
  const options = { logits_processor, streamer, max_new_tokens: MAX_NEW_TOKENS, do_sample: false };
  const ids = await model.generate({ ...inputs, ...options });
  const promptTokens = inputs.input_ids.dims[1];
  const [output] = tokenizer.batch_decode(ids.slice(null, [promptTokens, null]), { skip_special_tokens: true });
  const end = performance.now();
  const newTokens = ids.dims[1] - promptTokens;
  return {
    ms: end - begin,
    prefillMs: streamer.at - begin,
    decodeMs: end - streamer.at,
    promptTokens,
    reusedTokens: 0,
    newTokens,
    forwards: newTokens - 1, // The first token comes of the prompt's own forward.
    output,
    cut: newTokens === MAX_NEW_TOKENS,
  };
}

/** Nothing to do: it keeps no cache from one run to the next. */
async function forget() {}

const KINDS = { load, forget, extract };

addEventListener("message", async ({ data: { kind, ...request } }) => {
  try {
    postMessage({ result: await KINDS[kind](request) });
  } catch ({ name, message }) {
    postMessage({ failure: { name, message } });
  }
});
