/** A schema that somebody has given a name. */

export interface SavedSchema {
  readonly id: string;
  readonly name: string;
  /** The JSON text as it was written last, which need not be whole. */
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/** The name, with a number where it is taken. */
export function freeTitle(name: string, taken: ReadonlySet<string>): string {
  const wanted = name.trim();
  let free = wanted;
  for (let number = 2; taken.has(free); number += 1) free = `${wanted} ${number}`;
  return free;
}
