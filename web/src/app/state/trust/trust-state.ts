/**
 * What has gone over the network since the page was loaded: asked for by the page, by its workers and by the
 * service worker, of this tab and of others that are open on the same origin.
 */

import { signal } from "@preact/signals";
import { CHANNEL, type NetworkNote } from "../../../shared/network/notes.js";
import { watchNetwork } from "../../../shared/network/watch.js";
import { EMPTY_LEDGER, type Ledger, withNotes } from "./ledger.js";

/** What is used of a BroadcastChannel. */
export interface NoteChannel {
  postMessage(notes: readonly NetworkNote[]): void;
  addEventListener(type: "message", listener: (event: { readonly data: readonly NetworkNote[] }) => void): void;
}

export type Watch = (tell: (notes: readonly NetworkNote[]) => void) => void;

export class TrustState {
  readonly ledger = signal<Ledger>(EMPTY_LEDGER);

  constructor(channel: NoteChannel = new BroadcastChannel(CHANNEL), watch: Watch = (tell) => { watchNetwork("page", tell); }) {
    channel.addEventListener("message", ({ data }) => { this.#add(data); });
    watch((notes) => {
      this.#add(notes);
      channel.postMessage(notes);
    });
  }

  #add(notes: readonly NetworkNote[]): void {
    this.ledger.value = withNotes(this.ledger.peek(), notes);
  }
}
