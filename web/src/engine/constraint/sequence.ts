import { likelyBytes, walk, type AnyMachine, type Machine, type Road } from "./machine.js";

interface Thread {
  readonly part: number;
  readonly inner: unknown;
}

/**
 * One part after the other. A part may be complete and still go on (a grounded string), so the state
 * is every way of having come this far: pairs of the current part and its state.
 */
export class Sequence implements Machine<readonly Thread[]> {
  /** `reachable[i]`: the parts from i on can all be begun. */
  private readonly reachable: readonly boolean[];

  constructor(private readonly parts: readonly AnyMachine[]) {
    const firstBlocked = parts.map((part) => part.viable(part.initial())).lastIndexOf(false);
    this.reachable = parts.map((_, index) => index > firstBlocked);
  }

  initial(): readonly Thread[] {
    return this.begin(0);
  }

  transition(state: readonly Thread[], byte: number): readonly Thread[] {
    return state.flatMap(({ part, inner }) => {
      const next = this.at(part).transition(inner, byte);
      return this.at(part).viable(next) ? this.withFollowers({ part, inner: next }) : [];
    });
  }

  viable(state: readonly Thread[]): boolean {
    return state.some(({ part }) => part + 1 >= this.parts.length || this.reachable[part + 1] === true);
  }

  accepting(state: readonly Thread[]): boolean {
    const last = this.parts.length - 1;
    return state.some(({ part, inner }) => part === last && this.at(part).accepting(inner));
  }

  /** What may follow a thread's part at the first node is a thread of its own in the state; below, it begins there. */
  walk(state: readonly Thread[], road: Road): void {
    for (const { part, inner } of state) {
      this.walkPart(part, inner, road, (node) => {
        if (node !== road.node) this.walkFrom(part + 1, { ...road, node });
      });
    }
  }

  private walkFrom(part: number, road: Road): void {
    this.walkPart(part, this.at(part).initial(), road, (node) => {
      this.walkFrom(part + 1, { ...road, node });
    });
  }

  private walkPart(part: number, inner: unknown, road: Road, next: (node: number) => void): void {
    const last = part === this.parts.length - 1;
    if (last || this.reachable[part + 1] === true) walk(this.at(part), inner, last ? road : { ...road, complete: next });
  }

  /** What is likely within the part furthest on, and where that is a whole part, what is likely after it. */
  likely(state: readonly Thread[]): Uint8Array {
    const first = state[0];
    if (first === undefined) return new Uint8Array(0);
    const here = likelyBytes(this.at(first.part), first.inner);
    if (here.length > 0) return here;
    const next = state[1];
    return next === undefined ? here : likelyBytes(this.at(next.part), next.inner);
  }

  private begin(part: number): readonly Thread[] {
    return this.withFollowers({ part, inner: this.at(part).initial() });
  }

  private withFollowers(thread: Thread): readonly Thread[] {
    const complete = this.at(thread.part).accepting(thread.inner);
    return complete && thread.part + 1 < this.parts.length ? [thread, ...this.begin(thread.part + 1)] : [thread];
  }

  private at(part: number): AnyMachine {
    const machine = this.parts[part];
    if (machine === undefined) throw new RangeError(`no part ${String(part)}`);
    return machine;
  }
}
