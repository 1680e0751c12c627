import type { Lengths } from "./lengths.js";
import type { Keyed } from "./remembered.js";

/**
 * A JSON string with its quotes, held to a language of texts. It is written in one way only: as
 * `JSON.stringify` writes it, so only what must be escaped is, and always alike.
 */
export class JsonText implements Keyed<TextState> {
  constructor(private readonly lengths: Lengths) {}

  initial(): TextState {
    return this.lengths.possible ? OPEN : DEAD;
  }

  transition(state: TextState, byte: number): TextState {
    switch (state.at) {
      case "open":
        return byte === QUOTE ? { at: "text", text: this.lengths.dfa.initial, count: 0 } : DEAD;
      case "text":
        return this.character(state, byte);
      case "bytes":
        return (byte & 0xc0) === 0x80 ? this.further(state, state.needed - 1, (state.value << 6) | (byte & 0x3f)) : DEAD;
      case "escape":
        return this.escape(state, String.fromCharCode(byte));
      case "end":
      case "dead":
        return DEAD;
    }
  }

  viable(state: TextState): boolean {
    switch (state.at) {
      case "text":
        return this.lengths.viable(state.text, state.count);
      case "bytes":
        return this.leads(state, rangeOf(state));
      case "escape":
        return [...ESCAPES].some(([written, point]) => written.startsWith(state.written) && this.leads(state, [point, point]));
      case "open":
      case "end":
      case "dead":
        return state.at !== "dead";
    }
  }

  accepting(state: TextState): boolean {
    return state.at === "end";
  }

  key(state: TextState, bytes: number): string | null {
    return state.at === "text" ? this.lengths.key(state.text, state.count, bytes) : null;
  }

  /** What the automaton accepted the text as, once the closing quote is read. */
  label(state: TextState): number {
    return state.at === "end" ? this.lengths.dfa.label(state.text) : 0;
  }

  private character(state: Inside, byte: number): TextState {
    if (byte === QUOTE) return this.lengths.accepting(state.text, state.count) ? { at: "end", text: state.text } : DEAD;
    if (byte === BACKSLASH) return { ...state, at: "escape", written: "" };
    if (byte < 0x20) return DEAD;
    if (byte < 0x80) return this.after(state, byte);
    const needed = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    if (byte < 0xc2 || byte > 0xf4) return DEAD;
    return { ...state, at: "bytes", length: needed, needed, value: byte & (0x3f >> needed) };
  }

  private further(state: InBytes, needed: number, value: number): TextState {
    const next = { ...state, needed, value };
    if (needed > 0) return next;
    const [from, to] = rangeOf(next);
    return from <= to && (value < 0xd800 || value > 0xdfff) ? this.after(state, value) : DEAD;
  }

  private escape(state: Escaping, letter: string): TextState {
    const written = state.written + letter;
    const point = ESCAPES.get(written);
    return point === undefined ? { ...state, written } : this.after(state, point);
  }

  private after({ text, count }: Position, codePoint: number): TextState {
    return { at: "text", text: this.lengths.dfa.step(text, codePoint), count: count + 1 };
  }

  private leads({ text, count }: Position, [from, to]: readonly [number, number]): boolean {
    if (from > to) return false;
    const parts = from < 0xd800 && to > 0xdfff ? [[from, 0xd7ff], [0xe000, to]] as const : [[from, to]] as const;
    return parts.some((part) => this.lengths.dfa.leads(text, part, (next) => this.lengths.viable(next, count + 1)));
  }
}

interface Position {
  /** State of the automaton. */
  readonly text: number;
  /** Characters read. */
  readonly count: number;
}

type Inside = Position & { readonly at: "text" };
/** Within the bytes of one character: `needed` more are to come. */
type InBytes = Position & { readonly at: "bytes"; readonly length: number; readonly needed: number; readonly value: number };
type Escaping = Position & { readonly at: "escape"; readonly written: string };
type TextState = { readonly at: "open" | "dead" } | Inside | InBytes | Escaping | { readonly at: "end"; readonly text: number };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN: TextState = { at: "open" };
const DEAD: TextState = { at: "dead" };

/** The least code point by how many bytes follow the first one. */
const LEAST = [0, 0x80, 0x800, 0x10000];

/** What `JSON.stringify` escapes, by what it writes after the backslash. */
const ESCAPES: ReadonlyMap<string, number> = new Map(
  [...Array.from({ length: 0x20 }, (_, point) => point), QUOTE, BACKSLASH].map((point) => [JSON.stringify(String.fromCodePoint(point)).slice(2, -1), point]),
);

/** The characters that the bytes so far can still become. */
function rangeOf({ length, needed, value }: InBytes): [from: number, to: number] {
  const from = value << (6 * needed);
  const to = from + (1 << (6 * needed)) - 1;
  const least = from >= 0xd800 && to <= 0xdfff ? Number.POSITIVE_INFINITY : Math.max(from, LEAST[length] ?? 0);
  return [least, Math.min(to, 0x10ffff)];
}
