import { walk, type ByteTrie, type Machine, type Road } from "./machine.js";

/** A machine that knows which of its states are alike for a while. */
export interface Keyed<State> extends Machine<State> {
  /** Two states with the same key read the next `bytes` bytes in the same way; null for a state like no other. */
  key(state: State, bytes: number): string | null;
}

/** What a walk met. */
interface Met {
  readonly reached: readonly number[];
  readonly complete: readonly number[];
}

/** So many walks are kept for a vocabulary, the oldest going first; one may be as long as the vocabulary. */
const KEPT = 32;

/**
 * The same machine, whose walks are remembered: for text that the document does not bound, where most of
 * the vocabulary may follow at every step.
 */
export class Remembered<State> implements Machine<State> {
  private readonly walks = new WeakMap<ByteTrie, Map<string, Met>>();

  constructor(private readonly machine: Keyed<State>) {}

  initial(): State {
    return this.machine.initial();
  }

  transition(state: State, byte: number): State {
    return this.machine.transition(state, byte);
  }

  viable(state: State): boolean {
    return this.machine.viable(state);
  }

  accepting(state: State): boolean {
    return this.machine.accepting(state);
  }

  walk(state: State, road: Road): void {
    const key = this.machine.key(state, road.trie.depth);
    if (key === null) {
      walk(this.machine, state, road);
      return;
    }
    const { reached, complete } = this.met(`${String(road.node)} ${key}`, state, road);
    reached.forEach(road.reach);
    complete.forEach(road.complete);
  }

  private met(key: string, state: State, { trie, node }: Road): Met {
    const walks = this.walks.get(trie) ?? new Map<string, Met>();
    this.walks.set(trie, walks);
    const known = walks.get(key);
    if (known !== undefined) return known;
    const reached: number[] = [];
    const complete: number[] = [];
    walk(this.machine, state, { trie, node, reach: (below) => reached.push(below), complete: (below) => complete.push(below) });
    const [oldest] = walks.size >= KEPT ? walks.keys() : [];
    if (oldest !== undefined) walks.delete(oldest);
    walks.set(key, { reached, complete });
    return { reached, complete };
  }
}
