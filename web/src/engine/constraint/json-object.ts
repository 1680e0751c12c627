import { likelyBytes, type AnyMachine, type Machine } from "./machine.js";

/** A declared key, its value's machine, and whether it must be there. Those without any value are left out. */
export interface KeySlot {
  readonly name: string;
  /** Made when the key was read. */
  readonly value: () => AnyMachine;
  readonly required: boolean;
}

/** The keys that are not declared. */
export interface OtherKeys {
  /** The machine of the next such key with its quotes; null where there cannot be any. */
  readonly key: (used: readonly string[]) => AnyMachine | null;
  readonly value: (name: string) => AnyMachine;
  /** How many there can be at most. */
  readonly most: number;
}

export interface ObjectRule {
  /** In the order in which they are written. */
  readonly slots: readonly KeySlot[];
  readonly others: OtherKeys;
  readonly least: number;
  readonly most: number;
}

/** Where the next key or the end may come. */
interface Position {
  /** The slots from here on are still to come. */
  readonly from: number;
  /** Keys written so far, and those among them that are not declared. */
  readonly count: number;
  readonly used: readonly string[];
}

/** One way to go on from a position: a declared key with its colon, or the end. */
interface Road {
  readonly slot: number;
  readonly text: Uint8Array;
}

/** A key that is not declared, as far as it was read. */
interface OtherKey {
  readonly machine: AnyMachine;
  readonly inner: unknown;
  readonly bytes: readonly number[];
}

type ObjectState =
  | { readonly at: "open" | "end" | "dead" }
  | (Position & { readonly at: "key"; readonly read: number; readonly roads: readonly Road[]; readonly other: OtherKey | null })
  | (Position & { readonly at: "colon"; readonly value: AnyMachine })
  | (Position & { readonly at: "value"; readonly machine: AnyMachine; readonly inner: unknown });

type KeyState = Extract<ObjectState, { at: "key" }>;

const OPEN_BRACE = 0x7b;
const COMMA = 0x2c;
const COLON = 0x3a;
const CLOSE = -1;
const END = Uint8Array.of(0x7d);
const OPEN: ObjectState = { at: "open" };
const ENDED: ObjectState = { at: "end" };
const DEAD: ObjectState = { at: "dead" };
const encoder = new TextEncoder();

/** A JSON object without white space: the declared keys in their order, then any others. */
export class JsonObject implements Machine<ObjectState> {
  private readonly keys: readonly Uint8Array[];
  /** Of the slots from each index on: how many must come. */
  private readonly needed: readonly number[];

  constructor(private readonly rule: ObjectRule) {
    this.keys = rule.slots.map(({ name }) => encoder.encode(`${JSON.stringify(name)}:`));
    const needed = [0];
    for (const slot of [...rule.slots].reverse()) needed.unshift((needed[0] ?? 0) + (slot.required ? 1 : 0));
    this.needed = needed;
  }

  initial(): ObjectState {
    return this.feasible({ from: 0, count: 0, used: [] }) ? OPEN : DEAD;
  }

  transition(state: ObjectState, byte: number): ObjectState {
    switch (state.at) {
      case "open":
        return byte === OPEN_BRACE ? this.keyState({ from: 0, count: 0, used: [] }) : DEAD;
      case "key":
        return this.key(state, byte);
      case "colon":
        return byte === COLON ? { ...state, at: "value", machine: state.value, inner: state.value.initial() } : DEAD;
      case "value":
        return this.value(state, byte);
      case "end":
      case "dead":
        return DEAD;
    }
  }

  viable(state: ObjectState): boolean {
    switch (state.at) {
      case "key":
        return state.roads.length > 0 || state.other !== null;
      case "value":
        return state.machine.viable(state.inner);
      case "open":
      case "colon":
      case "end":
      case "dead":
        return state.at !== "dead";
    }
  }

  accepting(state: ObjectState): boolean {
    return state.at === "end";
  }

  likely(state: ObjectState): Uint8Array {
    return state.at === "value" ? likelyBytes(state.machine, state.inner) : new Uint8Array(0);
  }

  /** Every way to go on from here that can still end well. */
  private keyState(position: Position): ObjectState {
    const { from, count, used } = position;
    const comma = count === 0 ? [] : [COMMA];
    const roads: Road[] = [];
    for (let slot = from; slot < this.rule.slots.length; slot++) {
      if (this.feasible({ from: slot + 1, count: count + 1, used })) {
        roads.push({ slot, text: Uint8Array.from([...comma, ...(this.keys[slot] ?? [])]) });
      }
      if (this.rule.slots[slot]?.required === true) return { ...position, at: "key", read: 0, roads, other: null };
    }
    if (count >= this.rule.least && count <= this.rule.most) roads.push({ slot: CLOSE, text: END });
    return { ...position, at: "key", read: 0, roads, other: this.otherKey(position) };
  }

  private otherKey({ count, used }: Position): OtherKey | null {
    if (!this.feasible({ from: this.rule.slots.length, count: count + 1, used: [...used, ""] })) return null;
    const machine = this.rule.others.key(used);
    if (machine === null) return null;
    const inner = machine.initial();
    return machine.viable(inner) ? { machine, inner, bytes: [] } : null;
  }

  /** Can the keys still to come make the object as large as it must be, and no larger than it may? */
  private feasible({ from, count, used }: Position): boolean {
    const others = this.rule.others.most - used.length;
    const room = this.rule.slots.length - from + others;
    return others >= 0 && count + (this.needed[from] ?? 0) <= this.rule.most && count + room >= this.rule.least;
  }

  private key(state: KeyState, byte: number): ObjectState {
    const read = state.read + 1;
    const roads = state.roads.filter(({ text }) => text[state.read] === byte);
    const done = roads.find(({ text }) => text.length === read);
    if (done !== undefined) return done.slot === CLOSE ? ENDED : this.valueOf(state, done.slot);
    const other = this.nextOther(state, byte);
    return other?.machine.accepting(other.inner) === true ? this.otherDone(state, other) : { ...state, read, roads, other };
  }

  private nextOther({ other, count, read }: KeyState, byte: number): OtherKey | null {
    if (other === null) return null;
    if (count > 0 && read === 0) return byte === COMMA ? other : null;
    const inner = other.machine.transition(other.inner, byte);
    return other.machine.viable(inner) ? { ...other, inner, bytes: [...other.bytes, byte] } : null;
  }

  private otherDone({ count, used }: Position, { bytes }: OtherKey): ObjectState {
    const name = JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes))) as string;
    const position = { from: this.rule.slots.length, count: count + 1, used: [...used, name] };
    return { ...position, at: "colon", value: this.rule.others.value(name) };
  }

  private valueOf(state: Position, slot: number): ObjectState {
    const machine = this.rule.slots[slot]?.value();
    if (machine === undefined) return DEAD;
    return { at: "value", from: slot + 1, count: state.count + 1, used: state.used, machine, inner: machine.initial() };
  }

  private value(state: Extract<ObjectState, { at: "value" }>, byte: number): ObjectState {
    const inner = state.machine.transition(state.inner, byte);
    if (state.machine.viable(inner)) return { ...state, inner };
    return state.machine.accepting(state.inner) ? this.transition(this.keyState(state), byte) : DEAD;
  }
}
