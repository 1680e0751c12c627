import type { CharMachine } from "./chars.js";

const DEAD = -1;

/** Several machines that must all accept. A state stands for one of each; it is made when it is first reached. */
export class Together implements CharMachine {
  private readonly states: (readonly number[])[] = [];
  private readonly ids = new Map<string, number>();
  readonly initial: number;

  constructor(private readonly machines: readonly CharMachine[]) {
    this.initial = this.idOf(machines.map(({ initial }) => initial));
  }

  step(state: number, codePoint: number): number {
    const inner = this.states[state];
    return inner === undefined ? DEAD : this.idOf(this.machines.map((machine, i) => machine.step(inner[i] ?? DEAD, codePoint)));
  }

  accepting(state: number): boolean {
    const inner = this.states[state];
    return inner !== undefined && this.machines.every((machine, i) => machine.accepting(inner[i] ?? DEAD));
  }

  viable(state: number): boolean {
    return state !== DEAD;
  }

  private idOf(inner: readonly number[]): number {
    if (!this.machines.every((machine, i) => machine.viable(inner[i] ?? DEAD))) return DEAD;
    const key = inner.join();
    const id = this.ids.get(key) ?? this.states.push(inner) - 1;
    this.ids.set(key, id);
    return id;
  }
}
