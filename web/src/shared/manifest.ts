/**
 * The shape of `manifest.json`, format 2, as `builder/bundle/manifest.py` writes it (canonical JSON: sorted
 * keys, no white space, UTF-8). File names are relative to the manifest.
 */

export interface FileEntry {
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string;
}

/** A piece of a variant's weights. Size and hash are those of the stored file. */
export interface Shard extends FileEntry {
  /** How the file is stored; undone, it gives `raw_bytes` of the weights. */
  readonly encoding: "none" | "deflate-raw";
  readonly raw_bytes: number;
}

/** What a device may have to offer besides a backend. */
export type Feature = "shader-f16";

/** One tensor of the cache, with a column for each token fed; the graph hands the new ones back as `output`. */
export interface CacheTensor {
  readonly input: string;
  readonly output: string;
  /** Numbers are fixed; `batch` and `past` are symbolic. */
  readonly shape: readonly (number | "batch" | "past")[];
  readonly type: "float32" | "float16";
  /**
   * Which columns the graph reads: all of them, the new ones at the places in its input `columns`, or zeros
   * and those before the new tokens, by its input `previous`.
   */
  readonly grows: "columns" | "before";
}

/** Text around the document and around a field. The tokenizer reads each part by itself. */
export interface PromptParts {
  readonly style: "fields";
  readonly before_document: string;
  readonly after_document: string;
  /** `{name}` and `{description}` stand for the field's; the value follows. */
  readonly field: string;
  readonly field_without_description: string;
}

/**
 * What a runtime has to say before it is trusted: after the tokens up to `positions[i]`, fed in one run, the
 * most probable token is `answers[i]`.
 */
export interface KnownAnswer {
  readonly tokens: readonly number[];
  readonly positions: readonly number[];
  readonly answers: readonly number[];
}

/** One form of the model for one kind of runtime. Of those for one backend the first is the best. */
export interface Variant {
  readonly name: string;
  readonly backend: "wasm" | "webgpu" | "cpu";
  /** A device without one of these cannot run it. */
  readonly requires: readonly Feature[];
  /** The ONNX graph without its weights. */
  readonly graph: FileEntry;
  /** The name under which the graph refers to its weights (ONNX external data). */
  readonly weights_name: string;
  /** The weights, cut into pieces; expanded and joined in this order they are the external data file. */
  readonly shards: readonly Shard[];
  /** Graph and shards together, as they are stored. */
  readonly bytes: number;
  /** Measured: `kl_divergence` (nats per token against float32), `top1_agreement` (share), … */
  readonly figures: Readonly<Record<string, number>>;
  readonly known_answer: KnownAnswer;
}

/** The kinds of fields that answers are calibrated by. */
export type CalibratedKind = "string" | "number" | "date" | "choice" | "list";

/** A monotone map of confidence: the log-odds times `slope`, plus `offset`. */
export interface ConfidenceMap {
  readonly slope: number;
  readonly offset: number;
}

/** When a field is absent and what a confidence is worth, fitted on held-out data by `excerpt calibrate`. */
export interface Calibration {
  /** A field is absent where the probability of that reaches this, 0 to 1; above 1 it never is. */
  readonly null_threshold: Readonly<Record<CalibratedKind, number>>;
  readonly confidence: Readonly<Record<CalibratedKind, { readonly filled: ConfidenceMap; readonly absent: ConfidenceMap }>>;
  readonly fitted: {
    /** YYYY-MM-DD. */
    readonly date: string;
    /** Over the records that it was fitted on. */
    readonly data_sha256: string;
    /** Of which weights and prompt: 16 hexadecimal digits. */
    readonly weights: string;
    readonly records: number;
    readonly fields: number;
  };
}

/** How well a bundle extracts: macro averages over sets of documents, 0 to 1, by `excerpt eval --record`. */
export interface Scores {
  /** YYYY-MM-DD. */
  readonly date: string;
  /** Of which weights and prompt: 16 hexadecimal digits. */
  readonly weights: string;
  /** The variant that answered. */
  readonly variant: string;
  readonly f1: number;
  /** Share of absent fields that were filled. */
  readonly false_fill: number;
  readonly sets: Readonly<Record<string, { readonly records: number; readonly f1: number }>>;
}

/** The content key, wrapped by a key from a passphrase (PBKDF2-HMAC-SHA256). Hexadecimal. */
export interface PassphraseKey {
  readonly kind: "passphrase";
  readonly salt: string;
  readonly iterations: number;
  readonly wrapped: string;
}

/** The content key is asked for at a path of the app's own origin, with a bearer token. */
export interface EndpointKey {
  readonly kind: "endpoint";
  readonly path: string;
}

/** How the files are encrypted as they are stored, see `bundle/decrypt.ts`. */
export interface Encryption {
  readonly cipher: "aes-256-gcm-chunks";
  readonly chunk_bytes: number;
  /** Tells content keys apart: 16 hexadecimal digits. */
  readonly key_id: string;
  readonly key: PassphraseKey | EndpointKey;
}

export interface Manifest {
  readonly format: 2;
  readonly name: string;
  /** Changes whenever any byte of the bundle does. */
  readonly version: string;
  readonly license: string;
  readonly source: Readonly<Record<string, string>>;
  readonly model: {
    readonly architecture: string;
    readonly vocab_size: number;
    readonly max_positions: number;
    readonly bos_token_id: number | null;
    readonly eos_token_id: number;
    /** Some layers see so many tokens back only, a token's own included; null where none do. */
    readonly window: number | null;
    /** Some layers convolve each token with so many before it; 0 where none do. */
    readonly reach: number;
  };
  readonly cache: readonly CacheTensor[];
  readonly prompt: PromptParts;
  readonly tokenizer: FileEntry;
  readonly variants: readonly Variant[];
  /** Without one the model's own probabilities stand. */
  readonly calibration?: Calibration;
  /** Without them nobody measured these weights. */
  readonly scores?: Scores;
  /** Without one the files are stored as they are. */
  readonly encryption?: Encryption;
}
