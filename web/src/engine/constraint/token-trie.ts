import type { Machine } from "./machine.js";

const NONE = -1;
const ROOT = 0;

/**
 * All tokens of a vocabulary by their bytes, as a trie in flat arrays. Children of a node stand in the
 * order of their bytes.
 *
 * `allowed` is the one place where a machine becomes a mask.
 */
export class TokenTrie {
  private readonly firstChild: number[] = [NONE];
  private readonly nextSibling: number[] = [NONE];
  private readonly byte: number[] = [0];
  /** The token that ends at a node; where several have the same bytes, the lowest id. */
  private readonly token: number[] = [NONE];

  /** @param tokens the bytes of each token by its id; `null` for ids that no text may hold (special tokens). */
  constructor(readonly tokens: readonly (Uint8Array | null)[]) {
    const lastChild: number[] = [NONE];
    const order = tokens.map((_, id) => id).filter((id) => (tokens[id]?.length ?? 0) > 0);
    order.sort((a, b) => compareBytes(this.bytesOf(a), this.bytesOf(b)) || a - b);
    for (const id of order) this.insert(id, lastChild);
  }

  /** The bytes of a token; none for a special one. */
  bytesOf(id: number): Uint8Array {
    return this.tokens[id] ?? EMPTY;
  }

  /**
   * The tokens that begin with `held` and whose further bytes the machine can read from `state` and stay
   * viable, in the order of the trie. `held` are bytes that the state has behind it already.
   *
   * Cost: the number of trie nodes that the machine can reach, not the size of the vocabulary.
   */
  allowed<State>(machine: Machine<State>, state: State, held: Iterable<number> = []): number[] {
    const ids: number[] = [];
    const node = this.find(held);
    if (node === NONE) return ids;
    const whole = this.token[node] ?? NONE;
    if (whole !== NONE) ids.push(whole);
    this.collect(machine, state, node, ids);
    return ids;
  }

  private find(bytes: Iterable<number>): number {
    let node = ROOT;
    for (const byte of bytes) {
      node = this.firstChild[node] ?? NONE;
      while (node !== NONE && this.byte[node] !== byte) node = this.nextSibling[node] ?? NONE;
      if (node === NONE) break;
    }
    return node;
  }

  private collect<State>(machine: Machine<State>, state: State, node: number, ids: number[]): void {
    for (let child = this.firstChild[node] ?? NONE; child !== NONE; child = this.nextSibling[child] ?? NONE) {
      const next = machine.transition(state, this.byte[child] ?? 0);
      if (!machine.viable(next)) continue;
      const id = this.token[child] ?? NONE;
      if (id !== NONE) ids.push(id);
      this.collect(machine, next, child, ids);
    }
  }

  private insert(id: number, lastChild: number[]): void {
    let node = ROOT;
    for (const byte of this.bytesOf(id)) {
      const last = lastChild[node] ?? NONE;
      node = last !== NONE && this.byte[last] === byte ? last : this.append(node, last, byte, lastChild);
    }
    if (this.token[node] === NONE) this.token[node] = id;
  }

  private append(parent: number, lastSibling: number, byte: number, lastChild: number[]): number {
    const node = this.byte.push(byte) - 1;
    this.firstChild.push(NONE);
    this.nextSibling.push(NONE);
    this.token.push(NONE);
    lastChild.push(NONE);
    if (lastSibling === NONE) this.firstChild[parent] = node;
    else this.nextSibling[lastSibling] = node;
    lastChild[parent] = node;
    return node;
  }
}

const EMPTY = new Uint8Array(0);

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
