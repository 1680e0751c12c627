/** An automaton and bounds on the length together: which states, after how many characters, can still become a match. */

import type { Dfa } from "./dfa.js";

export class Lengths {
  /** `above[i]`: the hopeful states after `max - i` characters; the last entry stands for all before it. */
  private readonly above: Uint8Array[];
  /** `below[i]`: the same after `min - i` characters. */
  private readonly below: Uint8Array[];

  /** @param min in code points, as JSON Schema counts (2020-12, validation 6.3) */
  constructor(readonly dfa: Dfa, private readonly min: number, private readonly max: number) {
    const finals = dfa.finals();
    const top = max === Number.POSITIVE_INFINITY ? new Uint8Array(dfa.size).fill(1) : finals;
    this.above = settle([top], max - min, (next) => either(dfa.before(next), finals));
    const least = this.above[Math.min(max - min, this.above.length - 1)] ?? finals;
    this.below = settle([max < min ? new Uint8Array(dfa.size) : least], min, (next) => dfa.before(next));
  }

  viable(state: number, count: number): boolean {
    if (state < 0 || count > this.max) return false;
    const [table, distance] = count < this.min ? [this.below, this.min - count] : [this.above, this.max - count];
    return table[Math.min(distance, table.length - 1)]?.[state] === 1;
  }

  accepting(state: number, count: number): boolean {
    return count >= this.min && count <= this.max && this.dfa.accepting(state);
  }

  /** The number of texts, or `enough` where there are at least so many. */
  count(enough: number): number {
    let found = 0;
    let reached = new Map([[this.dfa.initial, 1]]);
    for (let length = 0; length <= this.max && reached.size > 0 && found < enough; length++) {
      const ways = [...reached].filter(([state]) => this.accepting(state, length)).reduce((sum, [, count]) => sum + count, 0);
      found = Math.min(enough, found + ways);
      const live = [...reached].filter(([state]) => this.viable(state, length));
      reached = new Map();
      for (const [state, count] of live) for (const [next, size] of this.dfa.following(state)) reached.set(next, (reached.get(next) ?? 0) + count * size);
    }
    return found;
  }

  /** The same for places from which the next `steps` characters lead to the same: far from every bound the count does not matter. */
  key(state: number, count: number, steps: number): string {
    const below = Math.min(Math.max(this.min - count, 0), this.below.length + steps);
    const above = Math.min(this.max - count, this.above.length + steps);
    return `${String(state)} ${String(below)} ${String(above)}`;
  }

  /** Is there any text at all? */
  get possible(): boolean {
    return this.viable(this.dfa.initial, 0);
  }
}

/** Goes on until nothing changes any more, `steps` times at most. */
function settle(tables: Uint8Array[], steps: number, before: (next: Uint8Array) => Uint8Array): Uint8Array[] {
  for (let i = 0; i < steps; i++) {
    const last = tables.at(-1) ?? new Uint8Array(0);
    const next = before(last);
    if (next.every((flag, state) => flag === last[state])) break;
    tables.push(next);
  }
  return tables;
}

function either(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((flag, i) => flag | (b[i] ?? 0));
}
