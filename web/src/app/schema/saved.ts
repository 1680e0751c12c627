/** A schema that somebody has given a name. */

export interface SavedSchema {
  readonly id: string;
  readonly name: string;
  /** The JSON text as it was written last, which need not be whole. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}
