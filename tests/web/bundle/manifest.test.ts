import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filesOf, parseManifest, variantAmong, variantFor } from "../../../web/src/bundle/manifest.js";
import { BundleError } from "../../../web/src/shared/errors.js";
import type { CalibratedKind, Calibration, Variant } from "../../../web/src/shared/manifest.js";
import { canonical, makeBundle, noise } from "./host.js";

const { manifest } = await makeBundle([noise(500, 1), noise(400, 2)]);
const text = new TextDecoder().decode(canonical(manifest));

const MAP = { slope: 0.8, offset: -0.5 };
const MAPS = { filled: MAP, absent: { ...MAP, slope: 1.5 } };
const CALIBRATION: Calibration = {
  null_threshold: { string: 0.4, number: 0.5, date: 0.55, choice: 0.6, list: 2 },
  confidence: { string: MAPS, number: MAPS, date: MAPS, choice: MAPS, list: MAPS },
  fitted: { date: "2024-02-29", data_sha256: "0".repeat(64), weights: "1".repeat(16), records: 300, fields: 2000 },
};

type Json = Record<string, unknown>;

/** The error for a manifest after a change to a copy of it. */
function refusal(change: (copy: Json) => void): BundleError {
  const copy = JSON.parse(text) as Json;
  change(copy);
  return refusalOf(canonical(copy));
}

function refusalOf(bytes: Uint8Array): BundleError {
  try {
    parseManifest(bytes);
  } catch (thrown) {
    if (thrown instanceof BundleError) return thrown;
    throw thrown;
  }
  throw new Error("the manifest was accepted");
}

function without(kind: CalibratedKind): Json {
  const left = Object.entries(CALIBRATION.null_threshold).filter(([name]) => name !== kind);
  return { ...CALIBRATION, null_threshold: Object.fromEntries(left) };
}

function at(copy: Json, ...keys: readonly (string | number)[]): Json {
  return keys.reduce<Json>((value, key) => value[key] as Json, copy);
}

describe("a manifest", () => {
  it("is read as it was written", () => {
    expect(parseManifest(canonical(manifest))).toEqual(manifest);
  });

  it("may hold a calibration", () => {
    const calibrated = { ...manifest, calibration: CALIBRATION };
    expect(parseManifest(canonical(calibrated))).toEqual(calibrated);
    expect(parseManifest(canonical(manifest))).not.toHaveProperty("calibration");
  });

  it("may spell a number as Python does", () => {
    const python = text.replace("0.00001", "1e-05");
    expect(python).not.toBe(text);
    expect(parseManifest(new TextEncoder().encode(python))).toEqual(manifest);
  });

  it("names each file once", () => {
    const twice = { ...manifest, variants: [...manifest.variants, ...manifest.variants] };
    expect(filesOf(twice).map(({ file }) => file)).toHaveLength(4);
  });

  it("offers a variant for each backend or says which it has", () => {
    expect(variantFor(manifest, ["webgpu", "wasm"]).name).toBe("wasm-int8");
    expect(() => variantFor(manifest, ["webgpu", "cpu"])).toThrow("no variant for webgpu or cpu; it offers wasm-int8");
  });

  it("offers the first variant that asks for no more than the device has", () => {
    const [plain] = manifest.variants as [Variant];
    const half: Variant = { ...plain, name: "half", requires: ["shader-f16"] };
    const both = { ...manifest, variants: [half, plain] };
    expect(variantFor(both, ["wasm"], ["shader-f16"]).name).toBe("half");
    expect(variantFor(both, ["wasm"]).name).toBe("wasm-int8");
    expect(variantAmong({ ...manifest, variants: [half] }, ["wasm"])).toBeNull();
  });
});

describe("a manifest is refused by name", () => {
  const cases: readonly (readonly [string, string, string, (copy: Json) => void])[] = [
    ["an unknown field", "manifest-unknown-field", '"colour"', (copy) => (copy.colour = "red")],
    ["an unknown field deep inside", "manifest-unknown-field", "/variants/0/shards/1", (copy) => (at(copy, "variants", 0, "shards", 1).url = "x")],
    ["a missing field", "manifest-missing-field", '"license"', (copy) => delete copy.license],
    ["a calibration of nothing", "manifest-type", "/calibration", (copy) => (copy.calibration = null)],
    ["a calibration without a kind", "manifest-missing-field", '"list"', (copy) => (copy.calibration = without("list"))],
    ["a threshold below 0", "manifest-value", "/calibration/null_threshold/date", (copy) => (copy.calibration = { ...CALIBRATION, null_threshold: { ...CALIBRATION.null_threshold, date: -1 } })],
    ["a map that falls", "manifest-value", "/slope", (copy) => (copy.calibration = { ...CALIBRATION, confidence: { ...CALIBRATION.confidence, list: { ...MAPS, filled: { slope: -1, offset: 0 } } } })],
    ["a day that is none", "manifest-value", "/calibration/fitted/date", (copy) => (copy.calibration = { ...CALIBRATION, fitted: { ...CALIBRATION.fitted, date: "today" } })],
    ["a wrong type", "manifest-type", "/model/vocab_size", (copy) => (at(copy, "model").vocab_size = "300")],
    ["a fraction for a count", "manifest-type", "/tokenizer/bytes", (copy) => (at(copy, "tokenizer").bytes = 1.5)],
    ["another format", "manifest-format", "1", (copy) => (copy.format = 1)],
    ["no format", "manifest-format", "missing", (copy) => delete copy.format],
    ["a name that leads elsewhere", "manifest-value", "/tokenizer/file", (copy) => (at(copy, "tokenizer").file = "../../secret.json")],
    ["an address for a name", "manifest-value", "/variants/0/graph/file", (copy) => (at(copy, "variants", 0, "graph").file = "https://elsewhere.example/a.onnx")],
    ["a name that is not its hash", "manifest-value", "/tokenizer/file", (copy) => (at(copy, "tokenizer").file = "0123456789abcdef.json")],
    ["a hash in capitals", "manifest-value", "/tokenizer/sha256", (copy) => (at(copy, "tokenizer").sha256 = "A".repeat(64))],
    ["a weights name with a folder", "manifest-value", "weights_name", (copy) => (at(copy, "variants", 0).weights_name = "../weights")],
    ["sizes that do not add up", "manifest-value", "/variants/0/bytes", (copy) => (at(copy, "variants", 0).bytes = 3901)],
    ["a huge size", "manifest-value", "9007199254740991", (copy) => (at(copy, "variants", 0, "shards", 0).bytes = Number.MAX_SAFE_INTEGER)],
    ["a shard that expands to too much", "manifest-value", "/variants/0/shards/0/raw_bytes", (copy) => (at(copy, "variants", 0, "shards", 0).raw_bytes = 2 ** 29)],
    ["a plain shard of two sizes", "manifest-value", "/variants/0/shards/0/raw_bytes", (copy) => (at(copy, "variants", 0, "shards", 0).raw_bytes = 501)],
    ["an unknown encoding", "manifest-value", "zip", (copy) => (at(copy, "variants", 0, "shards", 0).encoding = "zip")],
    ["an unknown need", "manifest-value", "tensor-cores", (copy) => (at(copy, "variants", 0).requires = ["tensor-cores"])],
    ["a negative size", "manifest-value", "-1", (copy) => (at(copy, "tokenizer").bytes = -1)],
    ["an empty file", "manifest-value", "is 0", (copy) => (at(copy, "tokenizer").bytes = 0)],
    ["no variants", "manifest-value", "/variants", (copy) => (copy.variants = [])],
    ["an unknown backend", "manifest-value", "cuda", (copy) => (at(copy, "variants", 0).backend = "cuda")],
    ["a cache that does not grow", "manifest-value", "/cache/0/shape", (copy) => (at(copy, "cache", 0).shape = ["batch", 3, 64])],
    ["a token that is not in the vocabulary", "manifest-value", "/model/eos_token_id", (copy) => (at(copy, "model").eos_token_id = 300)],
    ["a prompt without the field's name", "manifest-value", "/prompt/field", (copy) => (at(copy, "prompt").field = "- {description}")],
    ["a record key that is no word", "manifest-value", "__proto__", (copy) => Object.defineProperty(at(copy, "source"), "__proto__", { value: "x", enumerable: true })],
  ];

  it.each(cases)("%s", (_, code, named, change) => {
    const error = refusal(change);
    expect(error.code).toBe(code);
    expect(error.message).toContain(named);
    expect(error.advice).not.toBe("");
  });

  it("one file described in two ways", () => {
    const error = refusal((copy) => {
      const [first] = at(copy, "variants", 0).shards as Json[];
      (at(copy, "variants", 0).shards as Json[]).push({ ...first, bytes: 501, raw_bytes: 501 });
      at(copy, "variants", 0).bytes = 3900 + 501;
    });
    expect(error.message).toContain("in two ways");
  });

  it.each([
    ["keys in another order", text.replace(/^\{(.*),"version":"1"\}$/, '{"version":"1",$1}')],
    ["white space", text.replace(":", ": ")],
    ["a key twice", text.replace('"format":2', '"format":2,"format":2')],
    ["a line end", `${text}\n`],
  ])("%s", (_, changed) => {
    expect(changed).not.toBe(text);
    expect(refusalOf(new TextEncoder().encode(changed)).code).toBe("manifest-order");
  });

  it.each([
    ["a page instead of the file", new TextEncoder().encode("<!doctype html>"), "manifest-unreadable"],
    ["bytes that are no UTF-8", new Uint8Array([0x7b, 0xff]), "manifest-unreadable"],
    ["too many bytes", new Uint8Array(1_000_001), "manifest-size"],
    ["a list", canonical([1]), "manifest-type"],
  ])("%s", (_, bytes, code) => {
    expect(refusalOf(bytes).code).toBe(code);
  });
});

describe("whatever the bytes", () => {
  const paths = fieldPaths(JSON.parse(text), []);

  it("a field left out anywhere is refused", () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), (path) => {
        const error = refusal((copy) => Reflect.deleteProperty(at(copy, ...path.slice(0, -1)), path.at(-1) ?? ""));
        expect(["manifest-missing-field", "manifest-format"]).toContain(error.code);
      }),
    );
  });

  it("one changed byte gives a manifest of the same shape or a BundleError, nothing else", () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(255), (position, byte) => {
        const bytes = canonical(manifest);
        bytes[position] = byte;
        try {
          expect(filesOf(parseManifest(bytes)).every(({ file }) => /^[0-9a-f]{16}\.[a-z]+$/.test(file))).toBe(true);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(BundleError);
        }
      }),
    );
  });
});

/** Where every field of every object stands, but for the records with free keys. */
function fieldPaths(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null || ["source", "figures"].includes(path.at(-1) ?? "")) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, key];
    return [...(Array.isArray(value) ? [] : [here]), ...fieldPaths(item, here)];
  });
}
