/**
 * Canonical JSON, read strictly: the bytes of a file become a value only where they are its one spelling (keys
 * sorted, each once, no white space, UTF-8). `builder/canonical.py` has the same rules and codes.
 */

import type { Refuse } from "./place.js";

/** The file's text; at most so many bytes. */
export function decodeText(bytes: Uint8Array, mostBytes: number, refuse: Refuse): string {
  if (bytes.length > mostBytes) throw refuse("size", `it has ${bytes.length} bytes; ${mostBytes} are allowed`, String(bytes.length));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refuse("unreadable", "it is not UTF-8 text");
  }
}

export function parseJson(text: string, refuse: Refuse): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse("unreadable", "it is not JSON (a page instead of the file, perhaps)");
  }
}

/**
 * Refuses white space, keys out of order and keys given twice, all of which `JSON.parse` lets pass.
 * Numbers are left out of the comparison: two languages may write one number in two ways (1e-5, 0.00001).
 */
export function requireCanonical(text: string, value: unknown, refuse: Refuse): void {
  const canonical = canonicalJson(value);
  if (HALF_A_CHARACTER.test(canonical)) throw refuse("unreadable", "it holds text that is no Unicode");
  if (withoutNumbers(text) !== withoutNumbers(canonical)) {
    throw refuse("order", "it is not canonical JSON (keys sorted, each once, no white space)");
  }
}

/** The one spelling of a value; numbers as this language writes them. The caller bounds the depth. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** Lone surrogates, which `JSON.stringify` escapes and UTF-8 cannot hold. */
const HALF_A_CHARACTER = /(?:^|[^\\])(?:\\\\)*\\ud/;

function withoutNumbers(text: string): string {
  return text.replace(/("[^"\\]*(?:\\.[^"\\]*)*")|-?\d[\d.eE+-]*/g, (_, quoted: string | undefined) => quoted ?? "0");
}

/** The value with all keys in ASCII order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
