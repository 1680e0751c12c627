/**
 * The one contract that every constraint keeps: four members, on bytes.
 *
 * A machine describes a set of byte strings. States are immutable values, so a walk may go down many
 * roads from one state. `transition` may lead to a state from which nothing is accepted any more:
 * `viable` says so, and callers drop it.
 */
export interface Machine<State> {
  initial(): State;
  transition(state: State, byte: number): State;
  /** Can some accepted text still be reached from here (this very text included)? */
  viable(state: State): boolean;
  /** Is the text so far complete? */
  accepting(state: State): boolean;
  /**
   * The bytes that probably follow: a hint for drafts and never a promise, so a machine without a hint
   * is as right as one with it, only slower to decode.
   */
  likely?(state: State): Uint8Array;
}

/** A machine whose state type the holder need not know; it only ever gets its own states back. */
export type AnyMachine = Machine<unknown>;

const NOTHING = new Uint8Array(0);

/** The machine's hint, or no bytes where it has none. */
export function likelyBytes<State>(machine: Machine<State>, state: State): Uint8Array {
  return machine.likely?.(state) ?? NOTHING;
}

/** The bytes that can come next. */
export function viableBytes<State>(machine: Machine<State>, state: State): number[] {
  return ALL_BYTES.filter((byte) => machine.viable(machine.transition(state, byte)));
}

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => byte);

/**
 * The bytes that must come next whatever anyone would choose: as long as exactly one byte is viable
 * and the text is not complete.
 */
export function forcedBytes<State>(machine: Machine<State>, state: State): number[] {
  const forced: number[] = [];
  let current = state;
  while (!machine.accepting(current)) {
    const [only, other] = viableBytes(machine, current);
    if (only === undefined || other !== undefined) break;
    forced.push(only);
    current = machine.transition(current, only);
  }
  return forced;
}
