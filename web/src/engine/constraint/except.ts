import type { Machine } from "./machine.js";
import { OneOf } from "./one-of.js";

interface Apart<State> {
  readonly inner: State;
  /** How far the text agrees with one of those left out; null once it differs from all. */
  readonly near: ReturnType<OneOf["initial"]> | null;
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

/** What a machine accepts, without some texts: names that are taken, items that were there already. */
export class Except<State> implements Machine<Apart<State>> {
  private readonly left: OneOf;

  constructor(readonly machine: Machine<State>, texts: Iterable<string>) {
    this.left = new OneOf(texts);
  }

  initial(): Apart<State> {
    return this.apart(this.machine.initial(), this.left.initial());
  }

  transition(state: Apart<State>, byte: number): Apart<State> {
    const near = state.near === null ? null : this.left.transition(state.near, byte);
    return this.apart(this.machine.transition(state.inner, byte), near);
  }

  /** Near a text that is left out, some other end must be in reach; elsewhere nothing changes. */
  viable(state: Apart<State>): boolean {
    if (!this.machine.viable(state.inner)) return false;
    if (state.near === null || this.accepting(state)) return true;
    return BYTES.some((byte) => this.viable(this.transition(state, byte)));
  }

  accepting({ inner, near }: Apart<State>): boolean {
    return this.machine.accepting(inner) && (near === null || !this.left.accepting(near));
  }

  private apart(inner: State, near: Apart<State>["near"]): Apart<State> {
    return { inner, near: near !== null && this.left.viable(near) ? near : null };
  }
}
