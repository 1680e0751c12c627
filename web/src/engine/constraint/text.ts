import type { Machine } from "./machine.js";

const DEAD = -1;
const encoder = new TextEncoder();

/** Exactly one text. The state is the number of bytes read. */
export class Text implements Machine<number> {
  private readonly bytes: Uint8Array;

  constructor(text: string) {
    this.bytes = encoder.encode(text);
  }

  initial(): number {
    return 0;
  }

  transition(state: number, byte: number): number {
    return state !== DEAD && this.bytes[state] === byte ? state + 1 : DEAD;
  }

  viable(state: number): boolean {
    return state !== DEAD;
  }

  accepting(state: number): boolean {
    return state === this.bytes.length;
  }

  likely(state: number): Uint8Array {
    return this.bytes.subarray(state);
  }
}
