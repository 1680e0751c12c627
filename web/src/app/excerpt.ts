/**
 * Excerpt as a library: `const extractor = await Excerpt.load("/bundle/manifest.json")`.
 *
 * One model in one worker. Documents are texts, or texts with an id of one's own.
 */

import type { BatchItem } from "../shared/batch.js";
import type { SourceDocument } from "../shared/document.js";
import type { Extraction } from "../shared/extraction.js";
import type { BatchEvent, ExtractEvent, LoadedModel, LoadProgress } from "../shared/protocol.js";
import type { JsonSchema } from "../shared/schema.js";
import { EngineClient } from "./engine-client.js";

/** A text, or a text with an id by which its results are told apart. */
export type Input = string | SourceDocument;

export interface WorkOptions<Progress> {
  /** Stops the work, which then fails with kind `cancelled`. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface LoadModelOptions extends WorkOptions<LoadProgress> {
  /**
   * The public keys whose bundles are opened, 64 hexadecimal digits each (`excerpt keys show`). Default: those that
   * this build was made for.
   */
  readonly publicKeys?: readonly string[];
}

export interface ExtractOneOptions extends WorkOptions<ExtractEvent> {
  /** Drafts from the source; the result is the same without them. Default true. */
  readonly drafts?: boolean;
}

export interface ExtractAllOptions extends WorkOptions<BatchEvent> {
  readonly drafts?: boolean;
  /** Told of each document as soon as it is settled. */
  readonly onResult?: (item: BatchItem) => void;
  /** Ids of documents that are not to be read again. */
  readonly skip?: Iterable<string>;
}

export class Excerpt {
  readonly #client: EngineClient;

  private constructor(client: EngineClient, readonly model: LoadedModel) {
    this.#client = client;
  }

  /**
   * Fetches what is missing of a bundle, checks it and starts the model. What was fetched is kept on the device.
   *
   * @param bundleUrl the address of its `manifest.json`, of the page's own origin
   * @throws ExcerptError of kind `bundle`, `device` or `cancelled`
   */
  static async load(bundleUrl: string, { onProgress, ...options }: LoadModelOptions = {}): Promise<Excerpt> {
    const client = new EngineClient();
    try {
      return new Excerpt(client, await client.load(bundleUrl, { ...options, ...given({ onEvent: onProgress }) }));
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /**
   * The fields of a schema out of a text, each with its place.
   *
   * @throws ExcerptError: `input` for a schema or a text that cannot be used, `device`, `cancelled`
   */
  extract(text: Input, schema: JsonSchema, { onProgress, ...options }: ExtractOneOptions = {}): Promise<Extraction> {
    return this.#client.extract(documentOf(text), schema, { ...options, ...given({ onEvent: onProgress }) });
  }

  /**
   * Many texts by one schema: one item for each, in their order, also after a cancel or a crash. Texts without
   * an id of their own have their number in the list, from "0" on.
   *
   * @throws ExcerptError of kind `input` for a schema that cannot be used, or two documents with one id
   */
  extractAll(texts: readonly Input[], schema: JsonSchema, { onProgress, ...options }: ExtractAllOptions = {}): Promise<BatchItem[]> {
    const documents = texts.map((text, index) => documentOf(text, String(index)));
    return this.#client.extractAll(documents, schema, { ...options, ...given({ onEvent: onProgress }) });
  }

  /** Reads a text early, and what a schema will ask, so that `extract` finds both read. Answers with the text's number of tokens. */
  async prefill(text: Input, { signal, schema }: { readonly signal?: AbortSignal; readonly schema?: JsonSchema } = {}): Promise<number> {
    const { tokens } = await this.#client.prefill(documentOf(text), given({ signal, schema }));
    return tokens;
  }

  /** The number of fields of a schema. @throws ExcerptError of kind `input`, with the place in the schema that cannot be enforced */
  async check(schema: JsonSchema): Promise<number> {
    const { fields } = await this.#client.check(schema);
    return fields;
  }

  /** Ends the worker and cancels what is under way. */
  close(): void {
    this.#client.close();
  }
}

function documentOf(text: Input, id = "document"): SourceDocument {
  return typeof text === "string" ? { id, text } : text;
}

/** The options without those that were not given. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
