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
  /** The same as `walk` below, faster: for machines that know which bytes follow without trying each. */
  walk?(state: State, road: Road): void;
}

/** A machine whose state type the holder need not know; it only ever gets its own states back. */
export type AnyMachine = Machine<unknown>;

const NOTHING = new Uint8Array(0);
const NONE = -1;

/** The machine's hint, or no bytes where it has none. */
export function likelyBytes<State>(machine: Machine<State>, state: State): Uint8Array {
  return machine.likely?.(state) ?? NOTHING;
}

/** A trie of bytes to walk down: nodes are numbers, children stand in the order of their bytes, -1 is none. */
export interface ByteTrie {
  /** The most bytes from the root to a node. */
  readonly depth: number;
  firstChild(node: number): number;
  nextSibling(node: number): number;
  byteOf(node: number): number;
  /** The bytes from a node to one below it. */
  between(node: number, below: number): Uint8Array;
}

/** Where a walk begins, and who is told of what it meets. */
export interface Road {
  readonly trie: ByteTrie;
  readonly node: number;
  /** Told each node below the first whose bytes the machine reads and stays viable; perhaps more than once. */
  readonly reach: (node: number) => void;
  /** Told each node at which the machine's text is complete, the first one included; nodes without a child may be left out. */
  readonly complete: (node: number) => void;
}

/** Goes down the trie from a viable state, along every road that the machine can read. */
export function walk<State>(machine: Machine<State>, state: State, road: Road): void {
  if (machine.walk !== undefined) {
    machine.walk(state, road);
    return;
  }
  const { trie, node, reach, complete } = road;
  if (machine.accepting(state)) complete(node);
  for (let child = trie.firstChild(node); child !== NONE; child = trie.nextSibling(child)) {
    const next = machine.transition(state, trie.byteOf(child));
    if (!machine.viable(next)) continue;
    reach(child);
    if (trie.firstChild(child) !== NONE) walk(machine, next, { ...road, node: child });
  }
}

/** The child that a byte leads to; -1 where there is none. */
export function childOf(trie: ByteTrie, node: number, byte: number): number {
  let child = trie.firstChild(node);
  while (child !== NONE && trie.byteOf(child) < byte) child = trie.nextSibling(child);
  return child !== NONE && trie.byteOf(child) === byte ? child : NONE;
}

/** A root with a child for each byte: node 0, and byte b at node b + 1. */
const ONE_BYTE: ByteTrie = {
  depth: 1,
  firstChild: (node) => (node === 0 ? 1 : NONE),
  nextSibling: (node) => (node < 256 ? node + 1 : NONE),
  byteOf: (node) => node - 1,
  between: (node, below) => (node === below ? NOTHING : Uint8Array.of(below - 1)),
};

/** The bytes that can come next, ascending. */
export function viableBytes<State>(machine: Machine<State>, state: State): number[] {
  const bytes = new Set<number>();
  const nothing = (): void => undefined;
  walk(machine, state, { trie: ONE_BYTE, node: 0, reach: (node) => bytes.add(node - 1), complete: nothing });
  return [...bytes].sort((a, b) => a - b);
}

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

const encoder = new TextEncoder();

/** Does the machine accept the whole text? */
export function accepts<State>(machine: Machine<State>, text: string): boolean {
  let state = machine.initial();
  for (const byte of encoder.encode(text)) {
    if (!machine.viable(state)) return false;
    state = machine.transition(state, byte);
  }
  return machine.viable(state) && machine.accepting(state);
}
