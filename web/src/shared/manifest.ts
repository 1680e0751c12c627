/**
 * The shape of `manifest.json`, format 2, as `builder/manifest.py` writes it (canonical JSON: sorted
 * keys, no white space, UTF-8). File names are relative to the manifest.
 */

export interface FileEntry {
  readonly file: string;
  readonly bytes: number;
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string;
}

/** One tensor of the cache: the graph reads it as `input` and hands it back, grown, as `output`. */
export interface CacheTensor {
  readonly input: string;
  readonly output: string;
  /** Numbers are fixed; `batch` and `past` are symbolic. */
  readonly shape: readonly (number | "batch" | "past")[];
  readonly type: "float32" | "float16";
  /** How the axis `past` takes in new columns: behind the others, or where the graph's input `columns` says. */
  readonly grows: "past" | "columns";
  /** Whether the output holds the columns of the fed tokens only, or the whole past with them. */
  readonly returns: "new" | "all";
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

export interface Variant {
  readonly name: string;
  readonly backend: "wasm" | "webgpu" | "cpu";
  /** The ONNX graph without its weights. */
  readonly graph: FileEntry;
  /** The name under which the graph refers to its weights (ONNX external data). */
  readonly weights_name: string;
  /** The weights, cut into pieces; joined in this order they are the external data file. */
  readonly shards: readonly FileEntry[];
  /** Graph and shards together. */
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
  };
  readonly cache: readonly CacheTensor[];
  readonly prompt: PromptParts;
  readonly tokenizer: FileEntry;
  readonly variants: readonly Variant[];
  /** Without one the model's own probabilities stand. */
  readonly calibration?: Calibration;
}
