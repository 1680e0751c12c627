import type { Machine, Road } from "./machine.js";
import type { LivePlaces, PlaceIndex } from "./places.js";

/** How many bytes of a place are offered as a draft. */
const DRAFT_BYTES = 48;

/**
 * A string that stands in the source: the text between quotes, escaped as JSON escapes it.
 *
 * The index keeps the places sorted by the bytes that follow them, so the places that agree with what
 * was read are always neighbours: the state is an interval, and a step is two searches in it.
 */
export class Grounded implements Machine<LivePlaces> {
  constructor(readonly index: PlaceIndex) {}

  initial(): LivePlaces {
    return { from: 0, to: this.index.size, depth: 0 };
  }

  transition(state: LivePlaces, byte: number): LivePlaces {
    return this.index.narrow(state, byte);
  }

  viable(state: LivePlaces): boolean {
    return this.index.alive(state);
  }

  accepting(state: LivePlaces): boolean {
    return this.index.complete(state);
  }

  walk(state: LivePlaces, road: Road): void {
    this.index.walk(state, road);
  }

  /** The bytes after the first live place in the document, once anything was read at all. */
  likely(state: LivePlaces): Uint8Array {
    if (state.depth === 0) return this.index.source.bytes.subarray(0, 0);
    const start = this.index.first(state, (at, position) => this.index.nextEnd(at, position) > at);
    if (start === null) return this.index.source.bytes.subarray(0, 0);
    const position = start + state.depth;
    return this.index.source.bytes.subarray(position, this.draftEnd(start, position));
  }
  /** As far as a draft reaches, but not beyond the last end of a value. */
  private draftEnd(start: number, position: number): number {
    const most = position + DRAFT_BYTES;
    let end = this.index.nextEnd(start, position);
    for (let next = end; next >= 0 && end < most; next = this.index.nextEnd(start, end + 1)) end = next;
    return Math.min(end, most);
  }
}
