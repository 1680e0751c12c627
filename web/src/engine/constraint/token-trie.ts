import { walk, type ByteTrie, type Machine } from "./machine.js";

const NONE = -1;
const ROOT = 0;

/**
 * All tokens of a vocabulary by their bytes, as a trie in flat arrays. Nodes are numbered in the order of
 * the bytes that lead to them, and so are a node's children.
 *
 * `allowed` is the one place where a machine becomes a mask.
 */
export class TokenTrie implements ByteTrie {
  readonly depth: number;
  private readonly parent: Int32Array;
  private readonly child: Int32Array;
  private readonly sibling: Int32Array;
  private readonly byte: Uint8Array;
  /** The token that ends at a node; where several have the same bytes, the lowest id. */
  private readonly token: Int32Array;

  /** @param tokens the bytes of each token by its id; `null` for ids that no text may hold (special tokens). */
  constructor(readonly tokens: readonly (Uint8Array | null)[]) {
    const nodes = new Nodes();
    this.depth = tokens.reduce((most, token) => Math.max(most, token?.length ?? 0), 0);
    const order = tokens.map((_, id) => id).filter((id) => (tokens[id]?.length ?? 0) > 0);
    order.sort((a, b) => compareBytes(this.bytesOf(a), this.bytesOf(b)) || a - b);
    for (const id of order) nodes.insert(id, this.bytesOf(id));
    this.parent = Int32Array.from(nodes.parent);
    this.child = Int32Array.from(nodes.child);
    this.sibling = Int32Array.from(nodes.sibling);
    this.byte = Uint8Array.from(nodes.byte);
    this.token = Int32Array.from(nodes.token);
  }

  /** The bytes of a token; none for a special one. */
  bytesOf(id: number): Uint8Array {
    return this.tokens[id] ?? EMPTY;
  }

  firstChild(node: number): number {
    return this.child[node] ?? NONE;
  }

  nextSibling(node: number): number {
    return this.sibling[node] ?? NONE;
  }

  byteOf(node: number): number {
    return this.byte[node] ?? NONE;
  }

  between(node: number, below: number): Uint8Array {
    const bytes: number[] = [];
    for (let at = below; at !== node && at > ROOT; at = this.parent[at] ?? ROOT) bytes.push(this.byteOf(at));
    return Uint8Array.from(bytes.reverse());
  }

  /**
   * The tokens that begin with `held` and whose further bytes the machine can read from `state` and stay
   * viable, in the order of their bytes. `held` are bytes that the state has behind it already.
   *
   * Cost: the number of trie nodes that the machine can reach, not the size of the vocabulary.
   */
  allowed<State>(machine: Machine<State>, state: State, held: Iterable<number> = []): number[] {
    const node = this.find(held);
    if (node === NONE) return [];
    const reached = [node];
    const reach = (below: number): void => {
      if (this.token[below] !== NONE) reached.push(below);
    };
    walk(machine, state, { trie: this, node, reach, complete: () => undefined });
    const inOrder = ascending(reached);
    const ids: number[] = [];
    inOrder.forEach((at, i) => {
      const id = this.token[at] ?? NONE;
      if (id !== NONE && at !== inOrder[i - 1]) ids.push(id);
    });
    return ids;
  }

  private find(bytes: Iterable<number>): number {
    let node = ROOT;
    for (const byte of bytes) {
      node = this.firstChild(node);
      while (node !== NONE && this.byteOf(node) !== byte) node = this.nextSibling(node);
      if (node === NONE) break;
    }
    return node;
  }
}

/** The trie while it grows. Tokens come in the order of their bytes, so a new child is always the last. */
class Nodes {
  readonly parent = [NONE];
  readonly child = [NONE];
  readonly sibling = [NONE];
  readonly byte = [0];
  readonly token = [NONE];
  private readonly lastChild = [NONE];

  insert(id: number, bytes: Uint8Array): void {
    let node = ROOT;
    for (const byte of bytes) {
      const last = this.lastChild[node] ?? NONE;
      node = last !== NONE && this.byte[last] === byte ? last : this.append(node, last, byte);
    }
    if (this.token[node] === NONE) this.token[node] = id;
  }

  private append(parent: number, lastSibling: number, byte: number): number {
    const node = this.byte.push(byte) - 1;
    this.parent.push(parent);
    this.child.push(NONE);
    this.sibling.push(NONE);
    this.token.push(NONE);
    this.lastChild.push(NONE);
    if (lastSibling === NONE) this.child[parent] = node;
    else this.sibling[lastSibling] = node;
    this.lastChild[parent] = node;
    return node;
  }
}

const EMPTY = new Uint8Array(0);

/** In order; a walk down one road meets them so already. */
function ascending(nodes: readonly number[]): Int32Array {
  const all = Int32Array.from(nodes);
  return all.some((node, i) => node < (all[i - 1] ?? NONE)) ? all.sort() : all;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
