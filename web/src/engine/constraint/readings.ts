import type { SourceText } from "../source.js";
import type { CharMachine } from "./chars.js";
import type { EndRule } from "./places.js";

/** A place in the text, and the machines' states there. */
interface Stand {
  readonly position: number;
  readonly states: readonly number[];
}

/**
 * Ends at which every machine accepts what was read from the beginning.
 *
 * What follows from a place in the same states is the same wherever the value began, so the next end is
 * found once for each; a text is read only as far as somebody asked.
 */
export class Readings implements EndRule {
  private readonly known = new Map<string, Stand | null>();
  private readonly initial: readonly number[];

  constructor(private readonly source: SourceText, private readonly rule: EndRule, private readonly machines: readonly CharMachine[]) {
    this.initial = machines.map(({ initial }) => initial);
  }

  mayEnd(start: number, position: number): boolean {
    return this.nextEnd(start, position, position) === position;
  }

  nextEnd(start: number, from: number, to: number): number {
    let stand = this.next({ position: start, states: this.initial });
    while (stand !== null && stand.position <= to) {
      if (stand.position >= from && this.rule.mayEnd(start, stand.position)) return stand.position;
      stand = this.next(stand);
    }
    return -1;
  }

  /** The next place behind this one at which values may end and every machine accepts. */
  private next(stand: Stand): Stand | null {
    const passed: string[] = [];
    let at: Stand | null = stand;
    let found: Stand | null = null;
    while (at !== null && found === null) {
      const key = `${String(at.position)} ${at.states.join()}`;
      const known = this.known.get(key);
      if (known !== undefined) {
        found = known;
        break;
      }
      passed.push(key);
      at = this.step(at);
      if (at !== null && this.accepts(at)) found = at;
    }
    for (const key of passed) this.known.set(key, found);
    return found;
  }

  /** One character further, or one run of white space; null at the end of the text and where nothing matches any more. */
  private step({ position, states }: Stand): Stand | null {
    if (position >= this.source.stop(position)) return null;
    const after = [...states];
    for (const character of this.source.piece(position)) {
      const point = character.codePointAt(0) ?? 0;
      this.machines.forEach((machine, i) => (after[i] = machine.step(after[i] ?? -1, point)));
    }
    const viable = this.machines.every((machine, i) => machine.viable(after[i] ?? -1));
    return viable ? { position: this.source.next(position), states: after } : null;
  }

  private accepts({ position, states }: Stand): boolean {
    return this.source.mayEnd(position) && this.machines.every((machine, i) => machine.accepting(states[i] ?? -1));
  }
}
