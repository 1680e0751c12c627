import type { SourceText } from "../source.js";
import type { CharMachine } from "./chars.js";
import type { EndRule } from "./places.js";

/** A place in the text and the machine's state there as one number: `position * STATES + state`. */
type Stand = number;

const STATES = 2 ** 20;
const NONE = -1;

/**
 * Ends at which a machine accepts what was read from the beginning.
 *
 * What follows from a place in the same state is the same wherever the value began, so the next end is
 * found once for each; a text is read only as far as somebody asked.
 */
export class Readings implements EndRule {
  private readonly known = new Map<Stand, Stand>();

  constructor(private readonly source: SourceText, private readonly rule: EndRule, private readonly machine: CharMachine) {}

  mayEnd(start: number, position: number): boolean {
    return this.rule.mayEnd(start, position) && this.nextEnd(start, position, position) === position;
  }

  nextEnd(start: number, from: number, to: number): number {
    let stand = this.next(standAt(start, this.machine.initial));
    for (; stand !== NONE; stand = this.next(stand)) {
      const position = positionOf(stand);
      if (position > to) break;
      if (position >= from && this.rule.mayEnd(start, position)) return position;
    }
    return -1;
  }

  /** The next place behind this one at which values may end and the machine accepts. */
  private next(stand: Stand): Stand {
    const soon = this.known.get(stand);
    if (soon !== undefined) return soon;
    const passed: Stand[] = [];
    let at = stand;
    let found: Stand | undefined;
    while (at !== NONE && found === undefined) {
      passed.push(at);
      at = this.step(at);
      if (at !== NONE) found = this.accepts(at) ? at : this.known.get(at);
    }
    for (const one of passed) this.known.set(one, found ?? NONE);
    return found ?? NONE;
  }

  /** One character further, or one run of white space; none at the end of the text and where nothing matches any more. */
  private step(stand: Stand): Stand {
    const position = positionOf(stand);
    if (position >= this.source.stop(position)) return NONE;
    let state = stand % STATES;
    for (const character of this.source.piece(position)) state = this.machine.step(state, character.codePointAt(0) ?? 0);
    return this.machine.viable(state) ? standAt(this.source.next(position), state) : NONE;
  }

  private accepts(stand: Stand): boolean {
    return this.source.mayEnd(positionOf(stand)) && this.machine.accepting(stand % STATES);
  }
}

function standAt(position: number, state: number): Stand {
  return state < 0 ? NONE : position * STATES + state;
}

function positionOf(stand: Stand): number {
  return Math.floor(stand / STATES);
}
