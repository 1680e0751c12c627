// Feeds the same tokens to a bundle's graph in WebAssembly, cut into runs in several ways, and prints how far the logits
// and the cache of each way are from feeding them at once: node wasm_runs.mjs BUNDLE ORT THREADS
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inflateRawSync } from "node:zlib";

const [bundle, dist, threads] = process.argv.slice(2);
const ort = await import(pathToFileURL(join(dist, "ort.node.min.mjs")));
ort.env.wasm.numThreads = Number(threads);
ort.env.wasm.wasmBinary = readFileSync(join(dist, "ort-wasm-simd-threaded.wasm"));
ort.env.logLevel = "error";

const manifest = JSON.parse(readFileSync(join(bundle, "manifest.json"), "utf8"));
const variant = manifest.variants[0];
const read = ({ file }) => readFileSync(join(bundle, file));
const expanded = (shard) => (shard.encoding === "none" ? read(shard) : inflateRawSync(read(shard)));
const session = await ort.InferenceSession.create(new Uint8Array(read(variant.graph)), {
  executionProviders: ["wasm"],
  graphOptimizationLevel: "all",
  externalData: [{ path: variant.weights_name, data: new Uint8Array(Buffer.concat(variant.shards.map(expanded))) }],
});

const TOKENS = Array.from({ length: 61 }, (_, i) => 100 + ((i * 7919) % 40000));
const int64 = (values, dims) => new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims);

const joined = (one, two) => {
  const all = new Float32Array(one.length + two.length);
  all.set(one);
  all.set(two, one.length);
  return all;
};
const wide = (tensor) => tensor.shape.slice(2).reduce((product, size) => product * size, 1);
const COLUMNS = 192;

/** A cache of columns that is fed tokens at given places, each seeing what `sees` says of its place. */
class Columns {
  cache = new Map(manifest.cache.map((tensor) => [tensor.input, new Float32Array(COLUMNS * wide(tensor))]));

  /** @param room how many columns this run reads, a multiple of 16 */
  async feed(tokens, places, positions, sees, room) {
    const visible = new Uint8Array(tokens.length * room);
    places.forEach((place, row) => {
      for (let column = 0; column < room; column++) visible[row * room + column] = sees(place, column) ? 1 : 0;
    });
    const inputs = {
      input_ids: int64(tokens, [1, tokens.length]),
      position_ids: int64(positions, [1, tokens.length]),
      columns: int64(places, [tokens.length]),
      visible: new ort.Tensor("bool", visible, [1, tokens.length, room]),
      num_logits_to_keep: int64([0], []),
    };
    for (const tensor of manifest.cache) {
      const dims = tensor.shape.map((size) => ({ batch: 1, past: room })[size] ?? size);
      inputs[tensor.input] = new ort.Tensor("float32", this.cache.get(tensor.input).subarray(0, room * wide(tensor)), dims);
    }
    const outputs = await session.run(inputs);
    for (const tensor of manifest.cache) {
      const width = wide(tensor);
      const returned = outputs[tensor.output].data;
      places.forEach((place, row) => this.cache.get(tensor.input).set(returned.subarray(row * width, (row + 1) * width), place * width));
    }
    return outputs.logits.data;
  }
}

/** Feed every token in runs that end where `cuts` say; the logits of all tokens and the cache as one array. */
async function feed(cuts) {
  const columns = new Columns();
  let past = 0;
  let logits = new Float32Array(0);
  for (const end of [...cuts, TOKENS.length]) {
    const places = TOKENS.slice(past, end).map((_, i) => past + i);
    const room = Math.ceil(end / 16) * 16;
    logits = joined(logits, await columns.feed(TOKENS.slice(past, end), places, places, (place, column) => column <= place, room));
    past = end;
  }
  return [...columns.cache.values()].reduce(joined, logits);
}

/** The logits of a branch behind the tokens, fed in one run or one by one, beside others or alone. */
async function branch(company, step) {
  const columns = new Columns();
  const places = TOKENS.map((_, i) => i);
  await columns.feed(TOKENS, places, places, (place, column) => column <= place, 64);
  const own = [5, 6, 7, 8, 9, 10];
  const start = (number) => 64 + number * 32;
  const sees = (place, column) => column < TOKENS.length || (column >= place - (place % 32) && column <= place);
  let logits = new Float32Array(0);
  for (let at = 0; at < own.length; at += step) {
    const fed = own.slice(at, at + step).map((id, i) => ({ id, place: start(1) + at + i, position: TOKENS.length + at + i }));
    const others = company.map((id, number) => ({ id: id + at, place: start(number * 2) + at, position: TOKENS.length + at }));
    const all = [...fed, ...others];
    const found = await columns.feed(all.map(({ id }) => id), all.map(({ place }) => place), all.map(({ position }) => position), sees, COLUMNS);
    logits = joined(logits, found.subarray(0, (found.length / all.length) * fed.length));
  }
  return logits;
}

const every = (step) => TOKENS.map((_, i) => i).filter((i) => i > 0 && i % step === 0);
const ways = { "one by one": every(1), pairs: every(2), threes: every(3), fives: every(5), thirties: every(30), "61, late": [60] };
const whole = await feed([]);
const differences = {};
const furthest = (found, from) => found.reduce((worst, value, i) => Math.max(worst, Math.abs(value - from[i])), 0);
for (const [name, cuts] of Object.entries(ways)) {
  const found = await feed(cuts);
  differences[name] = furthest(found, whole);
}
const alone = await branch([], 6);
differences["a branch one by one"] = furthest(await branch([], 1), alone);
differences["a branch beside others"] = furthest(await branch([40, 50], 2), alone);
console.log(JSON.stringify({ differences, spread: whole.reduce((worst, value) => Math.max(worst, Math.abs(value)), 0) }));
process.exit(0);
