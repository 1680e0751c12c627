/**
 * Addresses and numbers of machines, found in a text by their own extent: an e-mail address is found whole,
 * never from the middle of a word. What a format allows in full is checked by its automaton.
 */

import { compileFormat, LONGEST, type Format } from "./constraint/formats.js";
import type { Span } from "../shared/document.js";

/** Formats whose values have an extent of their own. */
export type PlainFormat = "email" | "uri" | "uuid" | "ipv4" | "ipv6" | "hostname";

const HEX = "[0-9a-fA-F]";
const EXTENTS: Record<PlainFormat, RegExp> = {
  email: /(?<![\p{L}\p{N}._%+-])[a-z0-9](?:[a-z0-9.!#$%&'*+/=?^_`{|}~-]*[a-z0-9_+-])?@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?![\p{L}\p{N}_@])/giu,
  uri: /(?<![\p{L}\p{N}+.-])(?:[a-z][a-z0-9+.-]*:\/\/|(?:mailto|tel|urn|doi|data):)[^\s<>"{}|\\^`]+/giu,
  uuid: new RegExp(`(?<![\\p{L}\\p{N}-])${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}(?![\\p{L}\\p{N}-])`, "gu"),
  ipv4: /(?<![\p{L}\p{N}.])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}]|\.\d)/gu,
  ipv6: /(?<![\p{L}\p{N}:.])(?=[0-9a-f]*:[0-9a-f:]*:)[0-9a-f:]+(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:])(?![\p{L}\p{N}])/giu,
  hostname: /(?<![\p{L}\p{N}_.-])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?![\p{L}\p{N}_-])/giu,
};
const OPENINGS: Readonly<Record<string, string>> = { ")": "(", "]": "[" };

export function isPlainFormat(format: Format): format is PlainFormat {
  return Object.hasOwn(EXTENTS, format);
}

/** Every place of the text that has the format, by place. */
export function findFormat(text: string, format: PlainFormat): Span[] {
  return Array.from(text.matchAll(EXTENTS[format]), (match) => {
    const written = format === "uri" ? withoutTail(match[0]) : match[0];
    return { start: match.index, end: match.index + written.length };
  }).filter(({ start, end }) => hasFormat(text.slice(start, end), format));
}

/** Is the whole text of the format? A host name that ends in digits is more likely a number, and not allowed to be one. */
export function hasFormat(value: string, format: Format): boolean {
  const points = Array.from(value);
  if (points.length > (LONGEST[format] ?? Number.POSITIVE_INFINITY)) return false;
  if (format === "hostname" && /(?:^|\.)\d+$/u.test(value)) return false;
  const machine = compileFormat(format);
  let state = machine.initial;
  for (const character of points) {
    state = machine.step(state, character.codePointAt(0) ?? 0);
    if (!machine.viable(state)) return false;
  }
  return machine.accepting(state);
}

/** Without the marks of the sentence around it: a last point, a bracket that was opened before the address. */
function withoutTail(uri: string): string {
  let end = uri.length;
  for (;;) {
    const last = uri.charAt(end - 1);
    const opening = OPENINGS[last];
    const opened = opening !== undefined && uri.slice(0, end).split(opening).length >= uri.slice(0, end).split(last).length;
    if (!/[.,;:!?'"*)\]]/u.test(last) || opened) return uri.slice(0, end);
    end--;
  }
}
