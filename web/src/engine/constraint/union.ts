import { likelyBytes, walk, type AnyMachine, type Machine, type Road } from "./machine.js";

interface Live {
  readonly member: number;
  readonly inner: unknown;
}

/** Any of its members' texts. The state is the members that are still alive, in their order. */
export class Union implements Machine<readonly Live[]> {
  constructor(private readonly members: readonly AnyMachine[]) {}

  initial(): readonly Live[] {
    return this.alive(this.members.map((machine, member) => ({ member, inner: machine.initial() })));
  }

  transition(state: readonly Live[], byte: number): readonly Live[] {
    return this.alive(
      state.map(({ member, inner }) => ({ member, inner: this.machine(member).transition(inner, byte) })),
    );
  }

  viable(state: readonly Live[]): boolean {
    return state.length > 0;
  }

  accepting(state: readonly Live[]): boolean {
    return state.some(({ member, inner }) => this.machine(member).accepting(inner));
  }

  walk(state: readonly Live[], road: Road): void {
    for (const { member, inner } of state) walk(this.machine(member), inner, road);
  }

  /** The hint of the last live member: members are listed from the shortest answer (null) to the fullest. */
  likely(state: readonly Live[]): Uint8Array {
    const last = state.at(-1);
    return last === undefined ? new Uint8Array(0) : likelyBytes(this.machine(last.member), last.inner);
  }

  private alive(states: readonly Live[]): readonly Live[] {
    return states.filter(({ member, inner }) => this.machine(member).viable(inner));
  }

  private machine(member: number): AnyMachine {
    const machine = this.members[member];
    if (machine === undefined) throw new RangeError(`no member ${String(member)}`);
    return machine;
  }
}
