import { describe, expect, it } from "vitest";
import { EMPTY_LEDGER, withNotes } from "../../../web/src/app/state/trust/ledger.js";
import { TrustState, type NoteChannel } from "../../../web/src/app/state/trust/trust-state.js";
import type { NetworkNote } from "../../../web/src/shared/network/notes.js";

const FILE: NetworkNote = { kind: "request", asker: "engine", address: "/bundle/a.bin", foreign: false, received: 1000, carried: 0 };
const QUERY: NetworkNote = { ...FILE, asker: "page", address: "/", received: 10, carried: 7 };
const FOREIGN: NetworkNote = { ...FILE, address: "https://other.example", foreign: true, received: 0 };
const REFUSED: NetworkNote = { kind: "refused", asker: "page", address: "/up", how: "fetch POST" };

describe("the ledger", () => {
  it("counts requests and bytes, in all and by who asked", () => {
    const ledger = withNotes(EMPTY_LEDGER, [FILE, FILE, QUERY]);
    expect(ledger).toMatchObject({ requests: 3, received: 2010, sent: 7, refused: 0, foreign: [] });
    expect(ledger.by).toMatchObject({ engine: { requests: 2, received: 2000 }, page: { requests: 1, received: 10 }, shell: { requests: 0 } });
    expect(ledger.latest).toEqual([QUERY, FILE, FILE]);
  });

  it("names another site once", () => {
    expect(withNotes(EMPTY_LEDGER, [FOREIGN, FOREIGN])).toMatchObject({ requests: 2, foreign: ["https://other.example"] });
  });

  it("tells what was refused apart from what was asked", () => {
    expect(withNotes(EMPTY_LEDGER, [REFUSED])).toMatchObject({ requests: 0, sent: 0, refused: 1, refusals: [REFUSED] });
  });

  it("goes on counting where the list of the last ones ends", () => {
    const ledger = withNotes(EMPTY_LEDGER, Array.from({ length: 250 }, () => FILE));
    expect(ledger.requests).toBe(250);
    expect(ledger.latest).toHaveLength(40);
  });
});

describe("the state", () => {
  it("counts its own notes once, tells them to others, and counts theirs", () => {
    const posted: (readonly NetworkNote[])[] = [];
    let hear: (event: { readonly data: readonly NetworkNote[] }) => void = () => undefined;
    let tell: (notes: readonly NetworkNote[]) => void = () => undefined;
    const channel: NoteChannel = {
      postMessage: (notes) => void posted.push(notes),
      addEventListener: (_, listener) => { hear = listener; },
    };
    const state = new TrustState(channel, (told) => { tell = told; });
    tell([QUERY]);
    hear({ data: [FILE, REFUSED] });
    expect(state.ledger.value).toMatchObject({ requests: 2, received: 1010, refused: 1 });
    expect(posted).toEqual([[QUERY]]);
  });
});
