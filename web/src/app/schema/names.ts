/** Names of fields: what a person's words become as a key. */

const FOLDED: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", å: "a" };
const LONGEST = 40;

/** Words as a key: small letters, digits and `_`; empty where nothing of that is left. */
export function asKey(words: string): string {
  const folded = words.toLowerCase().replace(/[äöüßøæœłđå]/gu, (letter) => FOLDED[letter] ?? letter);
  const plain = folded.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^a-z0-9]+/gu, "_").replace(/^_+|_+$/gu, "");
  return plain.length <= LONGEST ? plain : plain.slice(0, LONGEST).replace(/_[^_]*$/u, "");
}

/** The name, with a number where it is taken. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}_${number}`;
  return free;
}
