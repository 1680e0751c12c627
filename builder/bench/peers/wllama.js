/**
 * Runs in the page of wllama's own origin: gives it `ask`, the one way in that every system's page has.
 * The processor alone, as many threads as Excerpt has, one sequence; the JSON schema goes in as its response format.
 */
async () => {
  const { LoggerWithoutDebug, Wllama } = await import("/wllama/index.js");
  const MAX_NEW_TOKENS = 512;
  const CONTEXT = 4096;
  const SCHEMA_NAME = "extraction";
  let wllama;

  async function load({ threads, model, chatTemplate }) {
    const silent = { ...LoggerWithoutDebug, log: () => {}, warn: () => {} };
    wllama = new Wllama({ default: "/wllama/wasm/wllama.wasm" }, { suppressNativeLog: true, logger: silent });
    wllama.setCompat(null); // Its fallback for other browsers would come from a CDN.
    const weights = await (await fetch(`/models/${model}`)).blob();
    await wllama.loadModel([weights], {
      n_threads: threads, n_ctx: CONTEXT, n_gpu_layers: 0, n_parallel: 1, chat_template: chatTemplate, jinja: true,
    });
    return { threads: wllama.getNumThreads(), runtime: Wllama.getLibllamaVersion() };
  }

  function complete({ instruction, text, schema }, maxTokens) {
    return wllama.createChatCompletion({
      messages: [{ role: "user", content: `${instruction}\n\n${text}` }],
      response_format: { type: "json_schema", json_schema: { name: SCHEMA_NAME, schema } },
      temperature: 0,
      max_tokens: maxTokens,
    });
  }

  /** Leaves another document in the cache. What stands before the document is the same and stays too. */
  async function forget({ other, ...request }) {
    await complete({ ...request, text: other }, 1);
  }

  async function extract(request) {
    const begin = performance.now();
    const { choices, timings } = await complete(request, MAX_NEW_TOKENS);
    const ms = performance.now() - begin;
    return {
      ms,
      prefillMs: timings.prompt_ms,
      decodeMs: timings.predicted_ms,
      promptTokens: timings.cache_n + timings.prompt_n,
      reusedTokens: timings.cache_n,
      newTokens: timings.predicted_n,
      forwards: Math.max(timings.predicted_n - 1, 0), // The first token comes of the prompt's own forward.
      output: choices[0].message.content,
      cut: choices[0].finish_reason === "length",
    };
  }

  const kinds = { load, forget, extract };
  globalThis.ask = ({ kind, ...request }) => kinds[kind](request);
}
