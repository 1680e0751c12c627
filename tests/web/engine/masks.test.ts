import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerFor } from "../../../web/src/engine/answer.js";
import { Grounded } from "../../../web/src/engine/constraint/grounded.js";
import { forcedBytes, viableBytes, type AnyMachine, type Machine } from "../../../web/src/engine/constraint/machine.js";
import { compilePattern } from "../../../web/src/engine/constraint/pattern.js";
import { within, without } from "../../../web/src/engine/constraint/rules.js";
import { Sequence } from "../../../web/src/engine/constraint/sequence.js";
import { Text } from "../../../web/src/engine/constraint/text.js";
import { TokenTrie } from "../../../web/src/engine/constraint/token-trie.js";
import { Union } from "../../../web/src/engine/constraint/union.js";
import { Words } from "../../../web/src/engine/constraint/words.js";
import { Findings } from "../../../web/src/engine/findings.js";
import type { FieldKind, LeafKind, ListKind } from "../../../web/src/engine/plan.js";
import { SourceText } from "../../../web/src/engine/source.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const ANY = { minLength: 0, maxLength: Number.POSITIVE_INFINITY };
const grounded = (text: string): Grounded => new Grounded(new Words(new SourceText(text)).within(ANY));

function reads<State>(machine: Machine<State>, text: string): "no" | "begun" | "whole" {
  let state = machine.initial();
  for (const byte of bytes(text)) state = machine.transition(state, byte);
  if (machine.accepting(state)) return "whole";
  return machine.viable(state) ? "begun" : "no";
}

describe("machines", () => {
  it("read a grounded string wherever it stands", () => {
    const machine = grounded("Acme Ltd\nAcme Inc");
    expect(reads(machine, "Acme")).toBe("whole");
    expect(reads(machine, "Acme Inc")).toBe("whole");
    expect(reads(machine, "Acme I")).toBe("begun");
    expect(reads(machine, "cme")).toBe("no");
    expect(reads(machine, "Acme Ltd Acme")).toBe("whole");
  });

  it("combine", () => {
    const machine = new Sequence([new Union([new Text(" null"), new Sequence([new Text(' "'), grounded("a b"), new Text('"')])]), new Text("\n")]);
    expect(reads(machine, " null\n")).toBe("whole");
    expect(reads(machine, ' "a b"\n')).toBe("whole");
    expect(reads(machine, ' "a b')).toBe("begun");
    expect(reads(machine, ' "b a')).toBe("no");
    expect(new TextDecoder().decode(Uint8Array.from(forcedBytes(machine, machine.initial())))).toBe(" ");
  });

  it("know when nothing can follow", () => {
    const machine = new Sequence([new Text("x"), grounded("   ")]);
    expect(machine.viable(machine.initial())).toBe(false);
  });
});

describe("the mask", () => {
  const tokens = ["A", "Ac", "Acme", "c", " Lt", " Ltd", "d", "Ltd", "x", '"'].map(bytes);
  const trie = new TokenTrie([...tokens, null]);
  const texts = (ids: number[]): string[] => ids.map((id) => new TextDecoder().decode(trie.bytesOf(id)));

  it("holds the tokens that go along the source", () => {
    const machine = grounded("Acme Ltd");
    expect(texts(trie.allowed(machine, machine.initial()))).toEqual(["A", "Ac", "Acme", "Ltd"]);
  });

  it("begins with what was held back", () => {
    const machine = grounded("Acme Ltd");
    let state = machine.initial();
    for (const byte of bytes("A")) state = machine.transition(state, byte);
    expect(texts(trie.allowed(machine, state, bytes("A")))).toEqual(["A", "Ac", "Acme"]);
  });

  it("is what trying every token gives", () => {
    const text = fc.array(fc.constantFrom("Acme", "Ltd", "x", "c d", '"'), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(text, fc.nat(), (source, steps) => {
        const machine = grounded(source);
        let state = machine.initial();
        for (let i = 0; i < steps % 6; i++) {
          const next = viableBytes(machine, state)[0];
          if (next === undefined) break;
          state = machine.transition(state, next);
        }
        const tried = tokens.flatMap((token, id) => {
          let after = state;
          for (const byte of token) after = machine.transition(after, byte);
          return machine.viable(after) ? [id] : [];
        });
        expect(trie.allowed(machine, state).sort((a, b) => a - b)).toEqual(tried);
      }),
      { seed: 5 },
    );
  });
});

describe("walking", () => {
  const string = { type: "string", minLength: 0, maxLength: Infinity, patterns: [], format: null, free: false } as const;
  const number = { type: "number", integer: false, minimum: -Infinity, maximum: Infinity, exclusiveMinimum: -Infinity, exclusiveMaximum: Infinity, multipleOf: null } as const;
  const choice = { type: "choice", values: ["Acme", "open", 1, 12, true] } as const;
  const list = (item: LeafKind, bounds: Partial<ListKind> = {}): ListKind => ({ type: "list", item, minItems: 0, maxItems: 3, uniqueItems: false, ...bounds });
  const union = { type: "union", members: [string, number, choice] } as const;
  const kinds: FieldKind[] = [
    string, { ...string, minLength: 2, maxLength: 7 }, { ...string, patterns: ["^[^ ]+$"] }, { ...string, free: true, maxLength: 4 },
    number, choice, list(string), list(string, { minItems: 2, uniqueItems: true }), list(number), list(choice, { uniqueItems: true }),
    list(string, { minItems: 3 }), list(number, { minItems: 2 }), list(number, { minItems: 2, uniqueItems: true }), list(choice, { minItems: 3 }),
    union, list(union, { minItems: 2, uniqueItems: true }), list({ type: "union", members: [number, choice] }, { minItems: 3 }),
  ];
  const tokens = [...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)), ...[' "', ' ["', " null", '","', '"]', '"]\n', '",', '"\n', "Ac", "Acme", "me Lt", " Ltd", "-\"", "12", ".5", "cut", "é", "1,", "1]", "true"].map(bytes)];
  const trie = new TokenTrie(tokens);
  const after = (machine: AnyMachine, state: unknown, token: Uint8Array): unknown => token.reduce<unknown>((at, byte) => (machine.viable(at) ? machine.transition(at, byte) : at), state);
  const texts = fc.array(fc.constantFrom("Acme Ltd", "x", "12.50", "12", "né", 'a"b', "cut-\nting", "open", "\n", "日本", "1"), { minLength: 1, maxLength: 7 }).map((parts) => parts.join(" "));

  it("down a vocabulary finds what trying every token finds, in every kind of answer", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...kinds), fc.array(fc.nat(), { maxLength: 14 }), (text, kind, choices) => {
        const field = { name: "f", path: "/f", description: "", absence: "null", kind } as const;
        const { machine } = answerFor(field, new Findings(new SourceText(text)));
        let state = machine.initial();
        for (const pick of choices) {
          const tried = tokens.flatMap((token, id) => (machine.viable(after(machine, state, token)) ? [id] : []));
          expect(trie.allowed(machine, state).sort((a, b) => a - b)).toEqual(tried);
          expect(viableBytes(machine, state)).toEqual(tried.filter((id) => id < 256));
          const next = tried[pick % tried.length];
          if (next === undefined) break;
          state = after(machine, state, tokens[next] ?? new Uint8Array(0));
        }
      }),
      { numRuns: 300, seed: 9 },
    );
  });

  it("never leads to where nothing may follow", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...kinds), fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (text, kind, choices) => {
        const field = { name: "f", path: "/f", description: "", absence: "null", kind } as const;
        const answer = answerFor(field, new Findings(new SourceText(text)));
        let state = answer.machine.initial();
        const written: number[] = [];
        for (let step = 0; !answer.machine.accepting(state) && step < 2000; step++) {
          const open = viableBytes(answer.machine, state);
          const next = open[(choices[step % 40] ?? 0) % open.length];
          if (next === undefined) throw new Error(`nothing follows ${new TextDecoder().decode(Uint8Array.from(written))}`);
          written.push(next);
          state = answer.machine.transition(state, next);
        }
        expect(answer.machine.accepting(state)).toBe(true);
        const { value, values } = answer.read(new TextDecoder().decode(Uint8Array.from(written)));
        if (kind.type !== "list" || value === null) return;
        expect(values.length).toBeGreaterThanOrEqual(kind.minItems);
        expect(values.length).toBeLessThanOrEqual(kind.maxItems);
        if (kind.uniqueItems) expect(new Set(values.map((one) => one.value)).size).toBe(values.length);
      }),
      { numRuns: 400, seed: 29 },
    );
  });

  it("from end to end meets every place where a value may end, under every rule", () => {
    fc.assert(
      fc.property(texts, fc.nat(20), fc.nat(20), (text, from, length) => {
        const words = new Words(new SourceText(text));
        const part = { start: from, end: from + length };
        const bounded = words.within({ minLength: 3, maxLength: 9 });
        const rules = [words.within(ANY), bounded, words.matching(ANY, [compilePattern("[0-9a]$")]), words.matching({ minLength: 2, maxLength: 12 }, ["e", "[^ ]$", "^.{3,8}$"].map(compilePattern)), within(bounded, part), without(words.within(ANY), [part])];
        for (const index of rules) {
          for (const start of index.starts()) {
            const positions = Array.from({ length: words.source.stop(start) - start }, (_, i) => start + 1 + i);
            const met: number[] = [];
            for (let end = index.nextEnd(start, start); end >= 0 && met.length < 99; end = index.nextEnd(start, end + 1)) met.push(end);
            expect(met).toEqual(positions.filter((position) => index.mayEnd(start, position)).slice(0, 99));
          }
        }
      }),
      { numRuns: 100, seed: 23 },
    );
  });

  it("along the document finds every run of words, and nothing else", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const source = new SourceText(text);
        const machine = new Grounded(new Words(source).within(ANY));
        const starts = source.starts().filter((start) => source.isWhole(start));
        for (const start of starts) {
          for (let end = start + 1; end <= source.stop(start); end++) {
            const read = source.bytes.slice(start, end).reduce((state, byte) => machine.transition(state, byte), machine.initial());
            const somewhere = starts.some((at) => source.mayEnd(at + end - start) && at + end - start <= source.stop(at) && source.bytes.slice(start, end).every((byte, i) => source.bytes[at + i] === byte));
            expect(machine.accepting(read)).toBe(somewhere);
          }
        }
      }),
      { numRuns: 100, seed: 13 },
    );
  });
});
