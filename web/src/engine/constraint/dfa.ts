/** A deterministic automaton over code points, with the few operations that schemas need of it. */

import type { CharMachine } from "./chars.js";
import { LAST_CODE_POINT, type CharSet } from "./charset.js";

/** The state from which nothing is accepted any more. */
export const DEAD = -1;

/** More states than this are too many to build at once while somebody waits. */
export const MOST_STATES = 6_000;

/** Thrown by what would need more than `MOST_STATES`. */
export class TooLargeError extends Error {}

/** All code points, cut into classes that the automaton does not tell apart. */
export class Alphabet {
  private constructor(private readonly cuts: Uint32Array, private readonly classes: Uint16Array, readonly size: number) {}

  /** The coarsest partition that respects every set. */
  static of(sets: readonly CharSet[]): Alphabet {
    const cuts = new Set([0]);
    for (const [from, to] of sets.flat()) {
      cuts.add(from);
      if (to < LAST_CODE_POINT) cuts.add(to + 1);
    }
    const at = sets.map(() => 0);
    const signature = (point: number): string =>
      sets.map((set, i) => {
        while ((set[at[i] ?? 0]?.[1] ?? LAST_CODE_POINT) < point) at[i] = (at[i] ?? 0) + 1;
        return (set[at[i] ?? 0]?.[0] ?? LAST_CODE_POINT + 1) <= point ? "1" : "0";
      }).join("");
    return Alphabet.from([...cuts].sort((a, b) => a - b), signature);
  }

  /** The coarsest partition that respects all of these. */
  static merge(alphabets: readonly Alphabet[]): Alphabet {
    const cuts = new Set(alphabets.flatMap((one) => [...one.cuts]));
    return Alphabet.from([...cuts].sort((a, b) => a - b), (point) => alphabets.map((one) => one.classOf(point)).join());
  }

  private static from(cuts: readonly number[], signature: (point: number) => string): Alphabet {
    const ids = new Map<string, number>();
    const classes = cuts.map((cut) => {
      const key = signature(cut);
      const id = ids.get(key) ?? ids.size;
      ids.set(key, id);
      return id;
    });
    return new Alphabet(Uint32Array.from(cuts), Uint16Array.from(classes), ids.size);
  }

  classOf(codePoint: number): number {
    return this.classes[this.intervalOf(codePoint)] ?? 0;
  }

  /** One code point of each class. */
  representatives(): number[] {
    const first: number[] = [];
    this.classes.forEach((id, i) => (first[id] ??= this.cuts[i] ?? 0));
    return first;
  }

  /** How many code points each class has. */
  sizes(): number[] {
    const sizes = Array.from({ length: this.size }, () => 0);
    this.classes.forEach((id, i) => (sizes[id] = (sizes[id] ?? 0) + (this.cuts[i + 1] ?? LAST_CODE_POINT + 1) - (this.cuts[i] ?? 0)));
    return sizes;
  }

  /** Does the test hold for the class of some code point in the range? */
  some(from: number, to: number, test: (id: number) => boolean): boolean {
    for (let i = this.intervalOf(from); i < this.cuts.length && (this.cuts[i] ?? 0) <= to; i++) {
      if (test(this.classes[i] ?? 0)) return true;
    }
    return false;
  }

  private intervalOf(codePoint: number): number {
    let low = 0;
    let high = this.cuts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.cuts[middle] ?? 0) <= codePoint) low = middle;
      else high = middle;
    }
    return low;
  }
}

export class Dfa implements CharMachine {
  readonly initial: number;

  /**
   * @param table the next state by state and class, `DEAD` for none
   * @param labels what each state accepts as: 0 for nothing
   */
  private constructor(readonly alphabet: Alphabet, private readonly table: Int32Array, private readonly labels: Uint16Array) {
    this.initial = this.pruned() ? 0 : DEAD;
  }

  /**
   * Explores from `start` whatever states `next` names.
   *
   * @param next the state after a class of the alphabet, given by one code point of it
   * @param keyOf the same text for states that are the same
   * @throws TooLargeError
   */
  static explore<S>(alphabet: Alphabet, start: S, rules: { next: (state: S, codePoint: number) => S; keyOf: (state: S) => string; label: (state: S) => number }): Dfa {
    const states = [start];
    const ids = new Map([[rules.keyOf(start), 0]]);
    const points = alphabet.representatives();
    const table: number[] = [];
    // The list grows while it is walked.
    for (const state of states) {
      for (const point of points) {
        const next = rules.next(state, point);
        const key = rules.keyOf(next);
        let id = ids.get(key);
        if (id === undefined) {
          id = states.push(next) - 1;
          ids.set(key, id);
          if (id >= MOST_STATES) throw new TooLargeError();
        }
        table.push(id);
      }
    }
    return new Dfa(alphabet, Int32Array.from(table), Uint16Array.from(states.map(rules.label)));
  }

  /** Every text, the empty one included. */
  static any(): Dfa {
    return Dfa.explore(Alphabet.of([]), 0, { next: () => 0, keyOf: () => "", label: () => 1 });
  }

  /**
   * Runs several side by side; `outcome` says from who accepts what the text is accepted as (0: not at all).
   *
   * @throws TooLargeError
   */
  static combine(parts: readonly Dfa[], outcome: (matches: readonly boolean[]) => number): Dfa {
    return Dfa.explore<readonly number[]>(Alphabet.merge(parts.map(({ alphabet }) => alphabet)), parts.map(({ initial }) => initial), {
      next: (states, point) => parts.map((part, i) => part.step(states[i] ?? DEAD, point)),
      keyOf: (states) => states.join(),
      label: (states) => outcome(parts.map((part, i) => part.accepting(states[i] ?? DEAD))),
    });
  }

  get size(): number {
    return this.labels.length;
  }

  step(state: number, codePoint: number): number {
    return state === DEAD ? DEAD : this.after(state, this.alphabet.classOf(codePoint));
  }

  accepting(state: number): boolean {
    return this.label(state) > 0;
  }

  viable(state: number): boolean {
    return state !== DEAD;
  }

  label(state: number): number {
    return state === DEAD ? 0 : (this.labels[state] ?? 0);
  }

  /** Does some code point of the range lead to a state for which the test holds? */
  leads(state: number, [from, to]: readonly [number, number], test: (next: number) => boolean): boolean {
    if (state === DEAD) return false;
    return this.alphabet.some(from, to, (id) => {
      const next = this.after(state, id);
      return next !== DEAD && test(next);
    });
  }

  /** The states that follow, each with the number of code points that lead there. */
  following(state: number): readonly (readonly [next: number, size: number])[] {
    if (state === DEAD) return [];
    return this.alphabet.sizes().map((size, id) => [this.after(state, id), size] as const).filter(([next]) => next !== DEAD);
  }

  /** The same states with other labels. */
  mapped(label: (before: number) => number): Dfa {
    return new Dfa(this.alphabet, this.table.slice(), this.labels.map(label));
  }

  /** Of the states those with a code point that leads into the set, as a set of flags. */
  before(set: Uint8Array): Uint8Array {
    const found = new Uint8Array(this.size);
    for (let state = 0; state < this.size; state++) {
      for (let id = 0; id < this.alphabet.size && found[state] === 0; id++) {
        const next = this.after(state, id);
        if (next !== DEAD && set[next] === 1) found[state] = 1;
      }
    }
    return found;
  }

  /** The states that accept, as a set of flags. */
  finals(): Uint8Array {
    return Uint8Array.from(this.labels, (label) => (label > 0 ? 1 : 0));
  }

  private after(state: number, id: number): number {
    return this.table[state * this.alphabet.size + id] ?? DEAD;
  }

  /** Replaces every way into a state that accepts nothing any more by `DEAD`; says whether the start is alive. */
  private pruned(): boolean {
    const live = this.finals();
    const sources = this.sources();
    const waiting = [...live.keys()].filter((state) => live[state] === 1);
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      for (const source of sources[state] ?? []) {
        if (live[source] === 1) continue;
        live[source] = 1;
        waiting.push(source);
      }
    }
    this.table.forEach((next, i) => {
      if (next !== DEAD && live[next] === 0) this.table[i] = DEAD;
    });
    return live[0] === 1;
  }

  private sources(): number[][] {
    const sources: number[][] = Array.from({ length: this.size }, () => []);
    this.table.forEach((next, i) => {
      if (next !== DEAD) sources[next]?.push(Math.floor(i / this.alphabet.size));
    });
    return sources;
  }
}
