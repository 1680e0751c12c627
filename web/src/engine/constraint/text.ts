import { childOf, type Machine, type Road } from "./machine.js";

const DEAD = -1;
const NONE = -1;
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

  walk(state: number, { trie, node, reach, complete }: Road): void {
    let at = node;
    for (const byte of this.bytes.subarray(state)) {
      at = childOf(trie, at, byte);
      if (at === NONE) return;
      reach(at);
    }
    complete(at);
  }

  likely(state: number): Uint8Array {
    return this.bytes.subarray(state);
  }
}
