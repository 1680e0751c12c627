/** The sum of what was told about the network. Pure: notes in, a new sum out. */

import type { Asker, NetworkNote } from "../../../shared/network/notes.js";

export interface Count {
  readonly requests: number;
  /** Bytes of the answers. */
  readonly received: number;
}

export type RequestNote = Extract<NetworkNote, { kind: "request" }>;
export type RefusedNote = Extract<NetworkNote, { kind: "refused" }>;

export interface Ledger extends Count {
  /** Bytes that were carried out: requests have no bodies, so what stands in addresses. */
  readonly sent: number;
  readonly by: Readonly<Record<Asker, Count>>;
  /** Other sites that were asked. */
  readonly foreign: readonly string[];
  readonly refused: number;
  /** The last ones, the newest first. */
  readonly latest: readonly RequestNote[];
  readonly refusals: readonly RefusedNote[];
}

/** As many are shown; the counts count all. */
const SHOWN = 40;

const NONE: Count = { requests: 0, received: 0 };

export const EMPTY_LEDGER: Ledger = {
  ...NONE, sent: 0, by: { page: NONE, engine: NONE, readers: NONE, shell: NONE }, foreign: [], refused: 0, latest: [], refusals: [],
};

/** The ledger after these notes. */
export function withNotes(ledger: Ledger, notes: readonly NetworkNote[]): Ledger {
  return notes.reduce(withNote, ledger);
}

function withNote(ledger: Ledger, note: NetworkNote): Ledger {
  if (note.kind === "refused") {
    return { ...ledger, refused: ledger.refused + 1, refusals: [note, ...ledger.refusals].slice(0, SHOWN) };
  }
  const { asker, address, foreign, carried } = note;
  return {
    ...plus(ledger, note),
    sent: ledger.sent + carried,
    by: { ...ledger.by, [asker]: plus(ledger.by[asker], note) },
    foreign: foreign && !ledger.foreign.includes(address) ? [...ledger.foreign, address] : ledger.foreign,
    latest: [note, ...ledger.latest].slice(0, SHOWN),
  };
}

function plus<T extends Count>(count: T, { received }: RequestNote): T {
  return { ...count, requests: count.requests + 1, received: count.received + received };
}
