import { childOf, likelyBytes, viableBytes, walk, type AnyMachine, type Machine, type Road } from "./machine.js";

/** What a list may hold, asked anew for every item. `Earlier` is whatever the holder must know of the items before. */
export interface ListRule<Earlier> {
  readonly minItems: number;
  readonly maxItems: number;
  readonly none: Earlier;
  /** The machine of the next item, one JSON value; the same object for the same `earlier`. */
  readonly item: (earlier: Earlier) => AnyMachine;
  /** With one more item, as it was written. */
  readonly add: (earlier: Earlier, written: Uint8Array) => Earlier;
}

interface ItemState<Earlier> {
  readonly at: "item";
  /** How many items are complete. */
  readonly count: number;
  readonly earlier: Earlier;
  readonly bytes: readonly number[];
  readonly machine: AnyMachine;
  readonly inner: unknown;
}

type ListState<Earlier> = ItemState<Earlier> | { readonly at: "end" } | { readonly at: "dead" };

const COMMA = 0x2c;
const BRACKET = 0x5d;
const NONE = -1;
const COMMA_ONLY = Uint8Array.of(COMMA);
const DEAD = { at: "dead" } as const;
const END = { at: "end" } as const;

/** The inside of a filled list, from the first item's first byte: `"a","b"]`. */
export class ListItems<Earlier> implements Machine<ListState<Earlier>> {
  constructor(private readonly rule: ListRule<Earlier>) {}

  initial(): ListState<Earlier> {
    return this.open(0, this.rule.none);
  }

  transition(state: ListState<Earlier>, byte: number): ListState<Earlier> {
    if (state.at !== "item") return DEAD;
    if (state.machine.accepting(state.inner)) {
      if (byte === BRACKET && this.mayClose(state)) return END;
      if (byte === COMMA) return this.next(state, state.bytes) ?? DEAD;
    }
    const inner = state.machine.transition(state.inner, byte);
    return state.machine.viable(inner) ? { ...state, inner, bytes: [...state.bytes, byte] } : DEAD;
  }

  viable(state: ListState<Earlier>): boolean {
    if (state.at !== "item") return state.at === "end";
    if (!state.machine.accepting(state.inner)) return state.machine.viable(state.inner);
    return this.mayClose(state) || this.next(state, state.bytes) !== null || viableBytes(state.machine, state.inner).length > 0;
  }

  accepting(state: ListState<Earlier>): boolean {
    return state.at === "end";
  }

  walk(state: ListState<Earlier>, road: Road): void {
    if (state.at === "end") road.complete(road.node);
    else if (state.at === "item") this.walkItem(state, road);
  }

  likely(state: ListState<Earlier>): Uint8Array {
    if (state.at !== "item") return new Uint8Array(0);
    const more = state.machine.accepting(state.inner) && this.next(state, state.bytes) !== null;
    return more ? COMMA_ONLY : likelyBytes(state.machine, state.inner);
  }

  private walkItem(state: ItemState<Earlier>, road: Road): void {
    const { trie, reach, complete } = road;
    const whole = (node: number): void => {
      const bracket = this.mayClose(state) ? childOf(trie, node, BRACKET) : NONE;
      const comma = childOf(trie, node, COMMA);
      const next = comma === NONE ? null : this.next(state, [...state.bytes, ...trie.between(road.node, node)]);
      if (next !== null) {
        reach(comma);
        this.walkItem(next, { ...road, node: comma });
      }
      if (bracket !== NONE) {
        reach(bracket);
        complete(bracket);
      }
    };
    walk(state.machine, state.inner, { ...road, complete: whole });
  }

  private open(count: number, earlier: Earlier): ItemState<Earlier> {
    const machine = this.rule.item(earlier);
    return { at: "item", count, earlier, bytes: [], machine, inner: machine.initial() };
  }

  private mayClose({ count }: ItemState<Earlier>): boolean {
    return count + 1 >= this.rule.minItems;
  }

  /** The state in which the item after this one begins; null where there can be none. */
  private next({ count, earlier }: ItemState<Earlier>, bytes: readonly number[]): ItemState<Earlier> | null {
    if (count + 1 >= this.rule.maxItems) return null;
    const next = this.open(count + 1, this.rule.add(earlier, Uint8Array.from(bytes)));
    return next.machine.viable(next.inner) ? next : null;
  }
}
