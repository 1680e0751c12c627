import type { Machine } from "./machine.js";

/** The texts from `from` to `to` (not included) begin with the `depth` bytes that were read. */
interface Live {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

const encoder = new TextEncoder();

/** One of some texts, of which there may be thousands: sorted, so that those that agree are neighbours. */
export class OneOf implements Machine<Live> {
  private readonly texts: readonly Uint8Array[];

  constructor(texts: Iterable<string>) {
    this.texts = [...new Set(texts)].map((text) => encoder.encode(text)).sort(compare);
  }

  initial(): Live {
    return { from: 0, to: this.texts.length, depth: 0 };
  }

  transition(state: Live, byte: number): Live {
    const from = this.bound(state, byte);
    return { from, to: this.bound({ ...state, from }, byte + 1), depth: state.depth + 1 };
  }

  viable(state: Live): boolean {
    return state.from < state.to;
  }

  /** The shortest of those that agree comes first. */
  accepting(state: Live): boolean {
    return state.from < state.to && this.texts[state.from]?.length === state.depth;
  }

  private bound({ from, to, depth }: Live, byte: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.texts[middle]?.[depth] ?? -1) < byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
