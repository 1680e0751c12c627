import type { SourceText } from "../source.js";
import type { CharMachine } from "./chars.js";
import type { EndRule } from "./places.js";

/** How far the characters from one beginning were read, and where they were accepted. */
interface Read {
  readonly ends: number[];
  at: number;
  readonly states: number[];
}

/**
 * Ends at which every machine accepts what was read from the beginning. Each beginning is read once, and
 * only as far as somebody asked.
 */
export class Readings implements EndRule {
  private readonly reads = new Map<number, Read>();

  constructor(private readonly source: SourceText, private readonly rule: EndRule, private readonly machines: readonly CharMachine[]) {}

  mayEnd(start: number, position: number): boolean {
    return this.nextEnd(start, position, position) === position;
  }

  nextEnd(start: number, from: number, to: number): number {
    const read = this.readFrom(start);
    const { ends } = read;
    for (;;) {
      if ((ends.at(-1) ?? -1) >= from) break;
      if (!this.goOn(start, read, to)) return -1;
    }
    const end = ends[firstAtLeast(ends, from)] ?? -1;
    return end <= to ? end : -1;
  }

  private readFrom(start: number): Read {
    let read = this.reads.get(start);
    if (read === undefined) {
      read = { ends: [], at: start, states: this.machines.map(({ initial }) => initial) };
      this.reads.set(start, read);
    }
    return read;
  }

  /** Reads on to the next end up to `to` that the rule allows; false where there is none. */
  private goOn(start: number, read: Read, to: number): boolean {
    const next = this.rule.nextEnd(start, read.at + 1, to);
    if (next < 0 || !this.viable(read)) return false;
    while (read.at < next && this.viable(read)) {
      for (const character of this.source.piece(read.at)) {
        const point = character.codePointAt(0) ?? 0;
        this.machines.forEach((machine, i) => (read.states[i] = machine.step(read.states[i] ?? -1, point)));
      }
      read.at = this.source.next(read.at);
    }
    if (read.at === next && read.states.every((state, i) => this.machines[i]?.accepting(state))) read.ends.push(next);
    return true;
  }

  private viable({ states }: Read): boolean {
    return states.every((state, i) => this.machines[i]?.viable(state));
  }
}

/** The first index of an ascending list whose entry is at least `value`. */
function firstAtLeast(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
