/**
 * From the bytes of `manifest.json` to a `Manifest` that can be relied on, without any IO.
 *
 * The rules: UTF-8, canonical JSON (sorted keys, no white space, no key twice), format 2, exactly the
 * fields of `shared/manifest.ts`, file names that are the start of the file's own hash (so no name
 * can lead elsewhere), sizes that add up and stay within reason. One broken rule refuses the whole.
 * The bounds are those of `builder/bundle/rules.py`. Who wrote it is checked before: see `signature.ts`.
 */

import { BundleError } from "../shared/errors.js";
import type { CacheTensor, Encryption, Feature, FileEntry, KnownAnswer, Manifest, PromptParts, Shard, Variant } from "../shared/manifest.js";
import { readCalibration } from "./calibration.js";
import { readScores } from "./scores.js";
import { plainSize } from "./decrypt.js";
import { readEncryption } from "./encryption.js";
import { decodeText, parseJson, requireCanonical } from "./canonical.js";
import { Place, refusing, shown } from "./place.js";

const refuse = refusing(
  "manifest",
  "Reload the page to get the newest app. If that does not help, the bundle has to be built again (`excerpt build`) and published whole.",
);

export const MAX_MANIFEST_BYTES = 1_000_000;
/** Graphs without their weights and tokenizers stay far below. */
const MAX_FILE_BYTES = 64 * 2 ** 20;
/** What one shard may expand to; encryption may add a little to what is stored. */
const MAX_RAW_BYTES = 16 * 2 ** 20;
const MAX_SHARD_BYTES = MAX_RAW_BYTES + 2 ** 16;
/** All files of a bundle together. */
const MAX_BUNDLE_BYTES = 8 * 2 ** 30;
/** One external data file above 2 GB cannot be loaded by the runtime. */
const MAX_WEIGHT_BYTES = 2 * 2 ** 30;
const MAX_COUNT = 2 ** 31 - 1;
const MAX_REACH = 64;

/** The verified manifest. Throws a BundleError whose code starts with `manifest-`. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const text = decodeText(bytes, MAX_MANIFEST_BYTES, refuse);
  const root = new Place("", parseJson(text, refuse), refuse);
  const format = root.field("format").value;
  if (format !== 2) {
    throw refuse("format", `its format is ${shown(format)}, and this app reads format 2`, shown(format));
  }
  const manifest = readManifest(root);
  requireCanonical(text, root.value, refuse);
  requireOneEntryPerFile(manifest);
  const total = filesOf(manifest).reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > MAX_BUNDLE_BYTES) throw refuse("value", `its files have ${total} bytes together; ${MAX_BUNDLE_BYTES} are allowed`, String(total));
  return manifest;
}

/** Every file the manifest names, each once. */
export function filesOf(manifest: Manifest): readonly FileEntry[] {
  const entries = manifest.variants.flatMap(({ graph, shards }) => [graph, ...shards]);
  return [...new Map([manifest.tokenizer, ...entries].map((entry) => [entry.file, entry])).values()];
}

/** The variant for the first of these backends that has one which asks for these features only, or null. */
export function variantAmong(
  manifest: Manifest,
  backends: readonly Variant["backend"][],
  features: readonly Feature[] = [],
): Variant | null {
  const fits = ({ requires }: Variant): boolean => requires.every((feature) => features.includes(feature));
  for (const backend of backends) {
    const variant = manifest.variants.find((candidate) => candidate.backend === backend && fits(candidate));
    if (variant !== undefined) return variant;
  }
  return null;
}

/** As `variantAmong`, but throws a BundleError where there is none. */
export function variantFor(
  manifest: Manifest,
  backends: readonly Variant["backend"][],
  features: readonly Feature[] = [],
): Variant {
  const variant = variantAmong(manifest, backends, features);
  if (variant !== null) return variant;
  const offered = manifest.variants.map(({ name }) => name).join(", ");
  throw new BundleError(
    ["no-variant/bundle", { name: manifest.name, backends: backends.join(", "), offered }],
    `${manifest.name} has no variant for ${backends.join(" or ")}; it offers ${offered}.`,
    "Build the bundle with a recipe that has this variant.",
  );
}

function readManifest(root: Place): Manifest {
  const { part: calibration, rest: others } = root.apart("calibration");
  const { part: scores, rest: unscored } = others.apart("scores");
  const { part: encrypted, rest } = unscored.apart("encryption");
  const encryption = encrypted === null ? undefined : readEncryption(encrypted);
  const at = rest.fields("format", "name", "version", "license", "source", "model", "cache", "prompt", "tokenizer", "variants");
  return {
    format: 2,
    name: at.name.text(),
    version: at.version.text(),
    license: at.license.text(),
    source: Object.fromEntries(at.source.entries().map(([key, place]) => [key, place.text(0)])),
    model: readModel(at.model),
    cache: readCache(at.cache),
    prompt: readPrompt(at.prompt),
    tokenizer: readFile(at.tokenizer, "json"),
    variants: readVariants(at.variants, encryption),
    ...(calibration === null ? {} : { calibration: readCalibration(calibration) }),
    ...(scores === null ? {} : { scores: readScores(scores) }),
    ...(encryption === undefined ? {} : { encryption }),
  };
}

function readModel(place: Place): Manifest["model"] {
  const at = place.fields("architecture", "vocab_size", "max_positions", "bos_token_id", "eos_token_id", "window", "reach");
  const vocabulary = at.vocab_size.integer(1, MAX_COUNT);
  return {
    architecture: at.architecture.text(),
    vocab_size: vocabulary,
    max_positions: at.max_positions.integer(1, MAX_COUNT),
    bos_token_id: at.bos_token_id.value === null ? null : at.bos_token_id.integer(0, vocabulary - 1),
    eos_token_id: at.eos_token_id.integer(0, vocabulary - 1),
    window: at.window.value === null ? null : at.window.integer(1, MAX_COUNT),
    reach: at.reach.integer(0, MAX_REACH),
  };
}

function readCache(place: Place): readonly CacheTensor[] {
  const tensors = place.list(1, 1000).map(readTensor);
  requireDistinct(place, tensors.flatMap(({ input, output }) => [input, output]));
  return tensors;
}

function readTensor(place: Place): CacheTensor {
  const at = place.fields("input", "output", "shape", "type", "grows");
  const shape = at.shape.list(1, 8).map((axis) =>
    typeof axis.value === "number" ? axis.integer(1, MAX_COUNT) : axis.oneOf("batch", "past"),
  );
  if (shape.filter((axis) => axis === "past").length !== 1) at.shape.refuse("must have the axis past exactly once");
  return {
    input: at.input.text(),
    output: at.output.text(),
    shape,
    type: at.type.oneOf("float32", "float16"),
    grows: at.grows.oneOf("columns", "before"),
  };
}

function readPrompt(place: Place): PromptParts {
  const at = place.fields("style", "before_document", "after_document", "field", "field_without_description");
  const parts = {
    style: at.style.oneOf("fields"),
    before_document: at.before_document.text(0),
    after_document: at.after_document.text(0),
    field: at.field.text(),
    field_without_description: at.field_without_description.text(),
  };
  if (!parts.field.includes("{name}") || !parts.field.includes("{description}")) {
    at.field.refuse("must hold {name} and {description}");
  }
  if (!parts.field_without_description.includes("{name}")) at.field_without_description.refuse("must hold {name}");
  return parts;
}

function readVariants(place: Place, encryption: Encryption | undefined): readonly Variant[] {
  const variants = place.list(1, 20).map((variant) => readVariant(variant, encryption));
  requireDistinct(place, variants.map(({ name }) => name));
  return variants;
}

function readVariant(place: Place, encryption: Encryption | undefined): Variant {
  const at = place.fields("name", "backend", "requires", "graph", "weights_name", "shards", "bytes", "figures", "known_answer");
  const graph = readFile(at.graph, "onnx");
  const shards = at.shards.list(1, 2000).map((shard) => readShard(shard, encryption));
  const weights = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  const expanded = shards.reduce((sum, shard) => sum + shard.raw_bytes, 0);
  if (expanded > MAX_WEIGHT_BYTES) at.shards.refuse(`expand to ${expanded} bytes; ${MAX_WEIGHT_BYTES} are allowed`);
  const bytes = at.bytes.integer(1, MAX_WEIGHT_BYTES + MAX_FILE_BYTES);
  if (bytes !== graph.bytes + weights) at.bytes.refuse(`is ${bytes}; its files add up to ${graph.bytes + weights}`);
  return {
    name: at.name.text(),
    backend: at.backend.oneOf("wasm", "webgpu", "cpu"),
    requires: at.requires.list(0, 10).map((feature) => feature.oneOf("shader-f16")),
    graph,
    weights_name: at.weights_name.matching(/^[\w-][\w.-]{0,99}$/, "a plain file name"),
    shards,
    bytes,
    figures: Object.fromEntries(at.figures.entries().map(([key, figure]) => [key, figure.number()])),
    known_answer: readKnownAnswer(at.known_answer),
  };
}

function readKnownAnswer(place: Place): KnownAnswer {
  const at = place.fields("tokens", "positions", "answers");
  const integers = (list: Place, highest: number): number[] => list.list(1, 1000).map((one) => one.integer(0, highest));
  const tokens = integers(at.tokens, MAX_COUNT);
  const positions = integers(at.positions, tokens.length - 1);
  const answers = integers(at.answers, MAX_COUNT);
  if (answers.length !== positions.length) at.answers.refuse(`are ${answers.length} for ${positions.length} positions`);
  return { tokens, positions, answers };
}

function readShard(place: Place, encryption: Encryption | undefined): Shard {
  const { encoding, raw_bytes: raw, ...rest } = place.fields("file", "bytes", "sha256", "encoding", "raw_bytes");
  const entry = readEntry(rest, "bin");
  const shard = { ...entry, encoding: encoding.oneOf("none", "deflate-raw"), raw_bytes: raw.integer(1, MAX_RAW_BYTES) };
  const plain = encryption === undefined ? shard.bytes : plainSize(shard.bytes, encryption.chunk_bytes);
  if (shard.encoding === "none" && shard.raw_bytes !== plain) {
    raw.refuse(`is ${shard.raw_bytes}; a file that is not encoded has as many bytes: ${String(plain)}`);
  }
  return shard;
}

function readFile(place: Place, ending: "onnx" | "json"): FileEntry {
  return readEntry(place.fields("file", "bytes", "sha256"), ending);
}

function readEntry(at: Readonly<Record<keyof FileEntry, Place>>, ending: "onnx" | "bin" | "json"): FileEntry {
  const sha256 = at.sha256.matching(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal");
  const file = at.file.text();
  const expected = `${sha256.slice(0, 16)}.${ending}`;
  if (file !== expected) at.file.refuse(`is ${shown(file)}; by its hash it must be ${expected}`);
  return { file, bytes: at.bytes.integer(1, ending === "bin" ? MAX_SHARD_BYTES : MAX_FILE_BYTES), sha256 };
}

function requireDistinct(place: Place, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) place.refuse(`uses the name ${shown(twice)} twice`);
}

/** Two entries may name one file (equal pieces, variants that share some); they must then agree. */
function requireOneEntryPerFile(manifest: Manifest): void {
  const known = new Map(filesOf(manifest).map((entry) => [entry.file, entry]));
  const entries = manifest.variants.flatMap(({ graph, shards }) => [graph, ...shards]);
  for (const entry of [manifest.tokenizer, ...entries]) {
    const other = known.get(entry.file);
    if (other?.bytes !== entry.bytes || other.sha256 !== entry.sha256) {
      throw refuse("value", `it describes ${entry.file} in two ways`, entry.file);
    }
  }
}
