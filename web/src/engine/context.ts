/**
 * What the model's cache holds: the tokens of one document's prefix, the trunk, and behind it the tokens of
 * a few branches. Branches see the trunk and themselves, never each other, so they can be fed in one run
 * and say what they would say alone.
 *
 * A branch's columns lie at places that depend on its number, on the number of branches and on the trunk's
 * length only: so its results have the same bits whenever and beside whatever it is fed.
 */

import { breathe } from "./breathe.js";
import { COLUMN_MULTIPLE } from "./kv-cache.js";
import type { ColumnRange, Fed, Logits, Model } from "./model.js";

/**
 * A run of more tokens is cut, so that a cancel never waits longer than such a run takes: 0.3 s on two slow
 * cores. Each run copies the cache into the runtime, so shorter ones cost more in all.
 */
const LONGEST_RUN = 160;
/** Columns that a branch takes at a time; most branches need one such stretch. */
const STRETCH = 32;

/** A branch's text so far and how many of its last tokens logits are wanted for (at least one). */
export interface Wanted {
  readonly branch: number;
  readonly ids: readonly number[];
  readonly keep: number;
}

export interface BranchLogits {
  readonly branch: number;
  /** How many tokens had to be fed. */
  readonly fed: number;
  /** The logits after each of the last `keep` tokens. */
  readonly row: (index: number) => Float32Array;
}

export class Context {
  private trunk: number[] = [];
  private branches: number[][] = [];

  constructor(private readonly model: Model) {}

  /** How many of these tokens the trunk holds already, counted from the beginning. */
  held(prefix: readonly number[]): number {
    return common(prefix, this.trunk);
  }

  /**
   * Makes the trunk exactly this prefix: goes back to the common beginning and feeds the rest.
   *
   * @param onPiece told after each piece how many of the tokens the trunk holds
   * @throws CancelledError between pieces, once the signal is aborted; what was fed stays valid
   */
  async read(prefix: readonly number[], signal: AbortSignal, onPiece?: (held: number) => void): Promise<void> {
    const held = this.held(prefix);
    if (held < Math.max(prefix.length, this.trunk.length)) this.branches = [];
    this.trunk.length = held;
    while (this.trunk.length < prefix.length) {
      const piece = prefix.slice(this.trunk.length, this.trunk.length + LONGEST_RUN);
      await this.model.forward(piece.map((id, i) => this.trunkToken(id, this.trunk.length + i)), 1);
      this.trunk.push(...piece);
      onPiece?.(this.trunk.length);
      await breathe(signal);
    }
  }

  /** Makes room for `count` branches behind the trunk. Where there were as many, what they hold can be used again. */
  branchOut(count: number): void {
    if (this.branches.length !== count) this.branches = Array.from({ length: count }, () => []);
  }

  /**
   * Makes each named branch hold exactly its wanted tokens and gives their last logits, in one run where
   * the tokens are not too many.
   *
   * @throws CancelledError once the signal is aborted; what was fed stays valid
   */
  async feed(wanted: readonly Wanted[], signal: AbortSignal): Promise<BranchLogits[]> {
    const silent: Fed[] = [];
    const heard: Fed[] = [];
    const counts = wanted.map(({ branch, ids, keep }) => {
      const known = Math.min(common(ids, this.branch(branch)), ids.length - keep);
      for (let i = known; i < ids.length; i++) (i < ids.length - keep ? silent : heard).push(this.branchToken(branch, ids[i] ?? 0, i));
      // What lies behind is about to be written over.
      this.branches[branch] = ids.slice(0, known);
      return ids.length - known;
    });
    while (silent.length + heard.length > Math.max(LONGEST_RUN, heard.length)) {
      await this.model.forward(silent.splice(0, LONGEST_RUN), 1);
      await breathe(signal);
    }
    const logits = await this.model.forward([...silent, ...heard], heard.length);
    for (const { branch, ids } of wanted) this.branches[branch] = [...ids];
    await breathe(signal);
    return rowsOf(wanted, counts, logits);
  }

  private branch(number: number): readonly number[] {
    const ids = this.branches[number];
    if (ids === undefined) throw new RangeError(`no branch ${String(number)}`);
    return ids;
  }

  private trunkToken(id: number, at: number): Fed {
    return { id, position: at, column: at, sees: [{ from: 0, to: at + 1 }] };
  }

  private branchToken(branch: number, id: number, at: number): Fed {
    const sees: ColumnRange[] = [{ from: 0, to: this.trunk.length }];
    for (let from = 0; from <= at; from += STRETCH) {
      const first = this.columnOf(branch, from);
      sees.push({ from: first, to: first + Math.min(STRETCH, at + 1 - from) });
    }
    return { id, position: this.trunk.length + at, column: this.columnOf(branch, at), sees };
  }

  private columnOf(branch: number, at: number): number {
    const start = Math.ceil(this.trunk.length / COLUMN_MULTIPLE) * COLUMN_MULTIPLE;
    const stretch = Math.floor(at / STRETCH) * this.branches.length + branch;
    return start + stretch * STRETCH + (at % STRETCH);
  }
}

function rowsOf(wanted: readonly Wanted[], counts: readonly number[], logits: Logits): BranchLogits[] {
  let first = 0;
  return wanted.map(({ branch, keep }, index) => {
    const offset = first;
    first += keep;
    return { branch, fed: counts[index] ?? 0, row: (row) => logits.row(offset + row) };
  });
}

/** How many tokens two texts have in common, counted from the beginning. */
function common(a: readonly number[], b: readonly number[]): number {
  const limit = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < limit && a[shared] === b[shared]) shared++;
  return shared;
}
