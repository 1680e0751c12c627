import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Grounded } from "../../../web/src/engine/constraint/grounded.js";
import { forcedBytes, viableBytes, type Machine } from "../../../web/src/engine/constraint/machine.js";
import { Sequence } from "../../../web/src/engine/constraint/sequence.js";
import { Text } from "../../../web/src/engine/constraint/text.js";
import { TokenTrie } from "../../../web/src/engine/constraint/token-trie.js";
import { Union } from "../../../web/src/engine/constraint/union.js";
import { Words } from "../../../web/src/engine/constraint/words.js";
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
