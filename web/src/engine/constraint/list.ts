import type { Grounded } from "./grounded.js";
import { likelyBytes, type Machine } from "./machine.js";
import type { LivePlaces } from "./places.js";

/** What a list may hold, asked anew for every item: the places that are still free. */
export interface ListRule {
  readonly minItems: number;
  readonly maxItems: number;
  /** The machine of the next item, given those before it (each as its escaped bytes). */
  item(before: readonly Uint8Array[]): Grounded;
}

type ListState =
  | { readonly at: "item"; readonly before: readonly Uint8Array[]; readonly bytes: readonly number[]; readonly machine: Grounded; readonly inner: LivePlaces }
  | { readonly at: "after"; readonly items: readonly Uint8Array[] }
  | { readonly at: "comma"; readonly items: readonly Uint8Array[] }
  | { readonly at: "end" }
  | { readonly at: "dead" };

const QUOTE = 0x22;
const COMMA = 0x2c;
const BRACKET = 0x5d;
const DEAD: ListState = { at: "dead" };
const COMMA_QUOTE = Uint8Array.of(COMMA, QUOTE);

/** The inside of a filled list of grounded strings, from the first item's first byte: `a","b"]`. */
export class ListItems implements Machine<ListState> {
  constructor(private readonly rule: ListRule) {}

  initial(): ListState {
    return this.open([]);
  }

  transition(state: ListState, byte: number): ListState {
    switch (state.at) {
      case "item":
        return this.within(state, byte);
      case "after":
        return this.after(state.items, byte);
      case "comma":
        return byte === QUOTE ? this.open(state.items) : DEAD;
      case "end":
      case "dead":
        return DEAD;
    }
  }

  viable(state: ListState): boolean {
    if (state.at === "item") return state.machine.viable(state.inner);
    if (state.at === "after") return this.mayClose(state.items) || this.mayGrow(state.items);
    return state.at !== "dead";
  }

  accepting(state: ListState): boolean {
    return state.at === "end";
  }

  likely(state: ListState): Uint8Array {
    if (state.at === "item") return likelyBytes(state.machine, state.inner);
    return state.at === "after" && this.mayGrow(state.items) ? COMMA_QUOTE : new Uint8Array(0);
  }

  private open(before: readonly Uint8Array[]): ListState {
    const machine = this.rule.item(before);
    return { at: "item", before, bytes: [], machine, inner: machine.initial() };
  }

  private within(state: Extract<ListState, { at: "item" }>, byte: number): ListState {
    if (byte === QUOTE && state.machine.accepting(state.inner)) {
      return { at: "after", items: [...state.before, Uint8Array.from(state.bytes)] };
    }
    const inner = state.machine.transition(state.inner, byte);
    return state.machine.viable(inner) ? { ...state, inner, bytes: [...state.bytes, byte] } : DEAD;
  }

  private after(items: readonly Uint8Array[], byte: number): ListState {
    if (byte === BRACKET && this.mayClose(items)) return { at: "end" };
    return byte === COMMA && this.mayGrow(items) ? { at: "comma", items } : DEAD;
  }

  private mayClose(items: readonly Uint8Array[]): boolean {
    return items.length >= this.rule.minItems;
  }

  private mayGrow(items: readonly Uint8Array[]): boolean {
    if (items.length >= this.rule.maxItems) return false;
    const next = this.rule.item(items);
    return next.viable(next.initial());
  }
}
