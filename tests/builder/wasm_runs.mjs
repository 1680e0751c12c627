// Feeds the same tokens to a bundle's graph in WebAssembly, cut into runs in several ways, and prints how far the logits
// and the cache of each way are from feeding them at once: node wasm_runs.mjs BUNDLE ORT THREADS
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [bundle, dist, threads] = process.argv.slice(2);
const ort = await import(pathToFileURL(join(dist, "ort.node.min.mjs")));
ort.env.wasm.numThreads = Number(threads);
ort.env.wasm.wasmBinary = readFileSync(join(dist, "ort-wasm-simd-threaded.wasm"));
ort.env.logLevel = "error";

const manifest = JSON.parse(readFileSync(join(bundle, "manifest.json"), "utf8"));
const variant = manifest.variants[0];
const read = ({ file }) => readFileSync(join(bundle, file));
const session = await ort.InferenceSession.create(new Uint8Array(read(variant.graph)), {
  executionProviders: ["wasm"],
  graphOptimizationLevel: "all",
  externalData: [{ path: variant.weights_name, data: new Uint8Array(Buffer.concat(variant.shards.map(read))) }],
});

const TOKENS = Array.from({ length: 61 }, (_, i) => 100 + ((i * 7919) % 40000));
const int64 = (values, dims) => new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims);

const joined = (one, two) => {
  const all = new Float32Array(one.length + two.length);
  all.set(one);
  all.set(two, one.length);
  return all;
};

/** Feed every token in runs that end where `cuts` say; the logits of all tokens and the cache as one array. */
async function feed(cuts) {
  let past = 0;
  const cache = new Map(manifest.cache.map((tensor) => [tensor.input, new Float32Array(0)]));
  let logits = new Float32Array(0);
  for (const end of [...cuts, TOKENS.length]) {
    const tokens = TOKENS.slice(past, end);
    const inputs = {
      input_ids: int64(tokens, [1, tokens.length]),
      attention_mask: int64(Array(end).fill(1), [1, end]),
      position_ids: int64(tokens.map((_, i) => past + i), [1, tokens.length]),
      num_logits_to_keep: int64([0], []),
    };
    for (const tensor of manifest.cache) {
      const dims = tensor.shape.map((size) => ({ batch: 1, past })[size] ?? size);
      inputs[tensor.input] = new ort.Tensor("float32", cache.get(tensor.input), dims);
    }
    const outputs = await session.run(inputs);
    logits = joined(logits, outputs.logits.data);
    for (const { input, output } of manifest.cache) cache.set(input, joined(cache.get(input), outputs[output].data));
    past = end;
  }
  return [...cache.values()].reduce(joined, logits);
}

const every = (step) => TOKENS.map((_, i) => i).filter((i) => i > 0 && i % step === 0);
const ways = { "one by one": every(1), pairs: every(2), threes: every(3), fives: every(5), thirties: every(30), "61, late": [60] };
const whole = await feed([]);
const differences = {};
for (const [name, cuts] of Object.entries(ways)) {
  const found = await feed(cuts);
  differences[name] = found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - whole[i])), 0);
}
console.log(JSON.stringify({ differences, spread: whole.reduce((worst, value) => Math.max(worst, Math.abs(value)), 0) }));
process.exit(0);
