/** Digits and marks of other scripts as their ASCII likes, one UTF-16 unit for one, so that places stay. */

/** The zeros of scripts whose digits are written in numbers; the nine others follow each. */
const ZEROS = [
  0x0660, // Arabic-Indic
  0x06f0, // extended Arabic-Indic
  0x0966, // Devanagari
  0x09e6, // Bengali
  0x0a66, // Gurmukhi
  0x0ae6, // Gujarati
  0x0be6, // Tamil
  0x0e50, // Thai
  0x0ed0, // Lao
  0x1040, // Myanmar
  0x17e0, // Khmer
  0xff10, // full width
];
/** The Arabic marks of decimals and of thousands. */
const MARKS = new Map([["\u066b", "."], ["\u066c", ","]]);
/** The full-width point and comma are marks of a number only between digits. */
const WIDE_MARK = /(?<=\d)[．，](?=\d)/gu;

const LATIN = new Map([...ZEROS.flatMap((zero) => Array.from({ length: 10 }, (_, digit) => [String.fromCodePoint(zero + digit), String(digit)] as const)), ...MARKS]);
const OTHERS = new RegExp(`[${[...LATIN.keys()].join("")}]`, "gu");

export function latinDigits(text: string): string {
  const digits = text.replace(OTHERS, (character) => LATIN.get(character) ?? character);
  return digits.replace(WIDE_MARK, (mark) => (mark === "．" ? "." : ","));
}
