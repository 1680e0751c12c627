/**
 * Excerpt as a library: `const extractor = await Excerpt.load("/bundle/manifest.json")`.
 *
 * One model in one worker. Documents are texts, or texts with an id of one's own.
 */

import type { BatchItem } from "../shared/batch.js";
import type { SourceDocument } from "../shared/document.js";
import { ExcerptError } from "../shared/errors.js";
import type { Extraction } from "../shared/extraction.js";
import type { BatchEvent, ExtractEvent, LoadedModel, LoadProgress, ModelVersions } from "../shared/protocol.js";
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
  /** The passphrase of an encrypted bundle, or the access token for its key; asked for where no key is kept. */
  readonly secret?: () => Promise<string>;
}

export interface UpdateModelOptions extends WorkOptions<LoadProgress> {
  /** Gives up the version in use first: there is no room for both. */
  readonly replace?: boolean;
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

  readonly #bundleUrl: string;

  private constructor(client: EngineClient, bundleUrl: string, readonly model: LoadedModel) {
    this.#client = client;
    this.#bundleUrl = bundleUrl;
  }

  /**
   * Starts the model that is on this device; where there is none, fetches what is missing of the bundle and checks
   * it first. What was fetched is kept. A newer one comes by `update`.
   *
   * @param bundleUrl the address of its `manifest.json`, of the page's own origin
   * @throws ExcerptError of kind `bundle`, `device` or `cancelled`
   */
  static async load(bundleUrl: string, { onProgress, secret, ...options }: LoadModelOptions = {}): Promise<Excerpt> {
    const client = new EngineClient();
    const load = (): Promise<LoadedModel> => client.load(bundleUrl, { ...options, ...given({ onEvent: onProgress }) });
    try {
      const model = await load().catch(async (thrown: unknown) => {
        if (secret === undefined || !isLocked(thrown)) throw thrown;
        await client.unlock(bundleUrl, { text: await secret() });
        return load();
      });
      return new Excerpt(client, bundleUrl, model);
    } catch (error) {
      client.close();
      throw error;
    }
  }

  /** Which version the server offers besides the one that runs, and which one can be gone back to. */
  versions(): Promise<ModelVersions> {
    return this.#client.look(this.#bundleUrl, this.model);
  }

  /**
   * Fetches what is missing of the version that the server offers while this one goes on working; the next
   * `Excerpt.load` starts it, and this one stays in use where it does not work.
   *
   * @throws ExcerptError: `bundle` (`update-no-room` where there is no room for both), `cancelled`; it goes on from there
   */
  update({ onProgress, replace = false, ...options }: UpdateModelOptions = {}): Promise<void> {
    return this.#client.update(this.#bundleUrl, this.model, { replace, ...options, ...given({ onEvent: onProgress }) });
  }

  /** Lets the next `Excerpt.load` start the version before. */
  goBack(): Promise<void> {
    return this.#client.goBack(this.#bundleUrl, this.model);
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

function isLocked(thrown: unknown): boolean {
  return thrown instanceof ExcerptError && (thrown.code === "passphrase-needed" || thrown.code === "token-needed");
}

function documentOf(text: Input, id = "document"): SourceDocument {
  return typeof text === "string" ? { id, text } : text;
}

/** The options without those that were not given. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
