import { Except } from "./except.js";
import { likelyBytes, type AnyMachine, type Machine } from "./machine.js";

export interface ArrayRule {
  /** The machine of the item at an index; null where there cannot be any. */
  readonly item: (index: number) => AnyMachine | null;
  readonly least: number;
  readonly most: number;
  /** Where no two items may be equal. */
  readonly unique: Uniqueness | null;
}

export interface Uniqueness {
  /** All the ways to write an item that was written so, as far as the schema gives its keys an order. */
  readonly writings: (index: number, item: string) => readonly string[];
  /** Are two items equal, in whatever order their keys are written? */
  readonly same: (item: string, other: string) => boolean;
}

interface Items {
  readonly count: number;
  /** The items before, and what they may not be repeated as; nothing where they may. */
  readonly before: readonly string[];
  readonly taken: readonly string[];
}

type ArrayState =
  | { readonly at: "open" | "end" | "dead" }
  | (Items & { readonly at: "first" })
  | (Items & { readonly at: "comma" })
  | (Items & { readonly at: "item"; readonly machine: AnyMachine; readonly inner: unknown; readonly bytes: readonly number[] });

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const OPEN: ArrayState = { at: "open" };
const ENDED: ArrayState = { at: "end" };
const DEAD: ArrayState = { at: "dead" };
const NONE: Items = { count: 0, before: [], taken: [] };

/** A JSON list without white space. */
export class JsonArray implements Machine<ArrayState> {
  constructor(private readonly rule: ArrayRule) {}

  initial(): ArrayState {
    return this.mayClose(0) || this.next(NONE) !== null ? OPEN : DEAD;
  }

  transition(state: ArrayState, byte: number): ArrayState {
    switch (state.at) {
      case "open":
        return byte === OPEN_BRACKET ? { ...NONE, at: "first" } : DEAD;
      case "first":
        if (byte === CLOSE_BRACKET) return this.mayClose(0) ? ENDED : DEAD;
        return this.begin(state, byte);
      case "comma":
        return this.begin(state, byte);
      case "item":
        return this.item(state, byte);
      case "end":
      case "dead":
        return DEAD;
    }
  }

  viable(state: ArrayState): boolean {
    return state.at === "item" ? state.machine.viable(state.inner) : state.at !== "dead";
  }

  accepting(state: ArrayState): boolean {
    return state.at === "end";
  }

  likely(state: ArrayState): Uint8Array {
    return state.at === "item" ? likelyBytes(state.machine, state.inner) : new Uint8Array(0);
  }

  private begin(items: Items, byte: number): ArrayState {
    const machine = this.next(items);
    if (machine === null) return DEAD;
    const inner = machine.transition(machine.initial(), byte);
    return machine.viable(inner) ? { ...items, at: "item", machine, inner, bytes: [byte] } : DEAD;
  }

  private item(state: Extract<ArrayState, { at: "item" }>, byte: number): ArrayState {
    const inner = state.machine.transition(state.inner, byte);
    if (state.machine.viable(inner)) return { ...state, inner, bytes: this.rule.unique === null ? state.bytes : [...state.bytes, byte] };
    const items = state.machine.accepting(state.inner) ? this.with(state) : null;
    if (items === null) return DEAD;
    if (byte === CLOSE_BRACKET) return this.mayClose(items.count) ? ENDED : DEAD;
    return byte === COMMA && this.next(items) !== null ? { ...items, at: "comma" } : DEAD;
  }

  /** Null for an item that was there before. */
  private with({ count, before, taken, bytes }: Extract<ArrayState, { at: "item" }>): Items | null {
    const { unique } = this.rule;
    if (unique === null) return { count: count + 1, before, taken };
    const text = new TextDecoder().decode(Uint8Array.from(bytes));
    if (before.some((item) => unique.same(item, text))) return null;
    return { count: count + 1, before: [...before, text], taken: [...taken, ...unique.writings(count, text)] };
  }

  private next({ count, taken }: Items): AnyMachine | null {
    if (count >= this.rule.most) return null;
    const machine = this.rule.item(count);
    if (machine === null) return null;
    const item: AnyMachine = taken.length === 0 ? machine : new Except(machine, taken);
    return item.viable(item.initial()) ? item : null;
  }

  private mayClose(count: number): boolean {
    return count >= this.rule.least;
  }
}
